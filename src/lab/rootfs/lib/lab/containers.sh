# The stand-in for Docker's daemon: a data root, and the containers that lie in it.

containers_up() { # DATA_ROOT
  local box
  mkdir -p "$1/containers"
  echo "$1" >/run/lab/docker
  say "docker up, data-root $1 on $(device_below "$1")"
  # Whoever has a restart policy comes back, as with the real one, when the data root outlived the last boot.
  for box in "$1"/containers/*; do
    [ -e "$box/image" ] || continue
    rm -f "$box/pid"
    case $(cat "$box/restart") in always | unless-stopped) [ -e "$box/stopped" ] || docker start "${box##*/}" >/dev/null ;; esac
  done
}

device_below() { # FOLDER
  local device
  device=$(df -P "$1" 2>/dev/null | awk 'NR == 2 { print $1 }')
  case $device in /dev/*) echo "$device" ;; *) echo memory ;; esac
}

containers_down() {
  local root box
  [ -e /run/lab/docker ] || return 0
  root=$(cat /run/lab/docker)
  for box in "$root"/containers/*; do
    [ -e "$box/pid" ] && kill -9 "$(cat "$box/keeper")" "$(cat "$box/pid")" 2>/dev/null
    rm -f "$box/pid"
  done
}
