# Speaking, the kernel's command line, and the flat form of a config (see yaml.awk).

CONFIG=/run/lab/config
: "${CMDLINE:=/proc/cmdline}"

say() { echo "LAB: $*" >/dev/console; }

uptime_seconds() { cut -d' ' -f1 /proc/uptime; }

load_modules() {
  local module
  while read -r module; do insmod "/lib/modules/$module" 2>/dev/null || say "failed module $module"; done </lib/modules/order
}

read_command_line() { awk -f /lib/lab/cmdline.awk "$CMDLINE" >/run/lab/words; }

# Value of the last word NAME=VALUE; a word without = counts as true.
argument() {
  awk -v name="$1" '
    $0 == name { value = "true"; found = 1 }
    index($0, name "=") == 1 { value = substr($0, length(name) + 2); found = 1 }
    END { if (found) print value; exit !found }' /run/lab/words
}

convention() {
  if [ -e /var/lib/rancher/conf/cloud-config.d/boot.yml ] || grep -qE '^(rancher|cc)\.' /run/lab/words; then echo rancheros
  elif grep -qE '^ds=nocloud(-net)?(;|$)' /run/lab/words; then echo nocloud
  else echo none
  fi
}

# cfg KEY: the value, or nothing and status 1. Trailing newlines are lost; cfg_to keeps them.
cfg() {
  local raw
  raw=$(awk -v key="$1=" 'index($0, key) == 1 { print substr($0, length(key) + 1); found = 1; exit } END { exit !found }' "$CONFIG") || return 1
  printf '%b' "$raw"
}

cfg_to() { cfg "$1" >"$2"; }

has() { awk -v key="$1" 'index($0, key "=") == 1 || index($0, key ".") == 1 { found = 1; exit } END { exit !found }' "$CONFIG"; }

# The names directly below PREFIX, in order: 0 1 2 for a list, keys for a map.
children() {
  awk -v prefix="$1." 'index($0, prefix) == 1 {
    name = substr($0, length(prefix) + 1); sub(/[.=].*/, "", name); if (!seen[name]++) print name }' "$CONFIG"
}

# The items of a list, one per line, or the single value.
items() {
  local child
  if cfg "$1" >/dev/null; then cfg "$1"; echo; return; fi
  for child in $(children "$1"); do cfg "$1.$child"; echo; done
}

plain_key() { printf '%s' "$1" | sed 's/%2E/./g; s/%3D/=/g'; }

true_word() { case $1 in true | True | TRUE | yes | Yes | on | On | 1) return 0 ;; *) return 1 ;; esac; }

show_config() { # FILE NAME
  say "config begin $2"
  awk -f /lib/lab/mask.awk "$1" >/dev/console
  say "config end $2"
}

# Replaces the config by the flat form of FILE; false, with the reason on the console, if it cannot be read.
parse_into() { # FILE FLAT
  if ! awk -f /lib/lab/yaml.awk "$1" >"$2" 2>/run/lab/yaml-error; then
    say "failed config: $(cat /run/lab/yaml-error)"
    : >"$2"
    return 1
  fi
}

finish() {
  local limit
  say "ready after $(uptime_seconds) s"
  if limit=$(argument lab.poweroff); then
    case $limit in '' | *[!0-9]*) limit=120 ;; esac
    wait_for_local "$limit"
    power_off poweroff
  fi
  while :; do setsid cttyhack /bin/bash; done
}

# rc.local may leave work in the background (a container to start, a stage to report): it is done when the session that it
# was started in is empty.
wait_for_local() {
  local session left=$1
  [ -e /run/lab/local-session ] || return 0
  session=$(cat /run/lab/local-session)
  while session_alive "$session"; do
    if [ "$left" -le 0 ]; then say "failed rc.local: still at work after $1 s"; return 0; fi
    left=$((left - 1))
    sleep 1
  done
}

# By cat, which passes over a process that is gone by the time it is read; awk would stop there.
session_alive() { # SESSION
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v session="$1" '
    { sub(/\(.*\)/, "name") }
    $6 == session && $3 != "Z" { found = 1 }
    END { exit !found }'
}

power_off() { # poweroff | reboot
  containers_down
  sync
  awk '$1 ~ "^/dev/" { print $2 }' /proc/mounts | sort -r | while read -r place; do umount "$place" 2>/dev/null; done
  case $1 in reboot) say "reboot" ;; *) say "power off" ;; esac
  # The serial port loses the end of a line that is printed just before the machine goes.
  sleep 1
  "$1" -f
}
