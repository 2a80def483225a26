# RancherOS's order: command line, state disk, then the URL; the console stage (keys, files, mounts, runcmd), and only
# after that Docker and rc.local.

boot_rancheros() {
  local early=/var/lib/rancher/conf/cloud-config.d/boot.yml name
  : >/run/lab/file
  if [ -e "$early" ] && parse_into "$early" /run/lab/file; then
    say "config found in the initrd"
    show_config "$early" boot.yml
  fi
  merge_command_line
  mount_state
  report_mounts
  if has rancher.cloud_init.datasources; then
    network_up "$(argument cc.hostname)"
    fetch_config && merge_command_line
  else
    network_up "$(cfg hostname)"
  fi
  name=$(cfg hostname) || name=${LEASE_HOSTNAME:-rancher}
  set_hostname "${name:-rancher}"
  keep_lease "${name:-rancher}"
  mount -t tmpfs mnt /mnt
  mount -t tmpfs media /media
  console_stage || return 0
  containers_up "$(data_root)"
  run_services
  run_local
  power_state
}

# The command line beats every file. A wrong type there ends the real PID 1, and the kernel panics: so does this one.
merge_command_line() {
  local word key
  : >/run/lab/arguments
  grep -E '^(rancher|cc)\.' /run/lab/words | while read -r word; do
    case $word in *=*) ;; *) word=$word=true ;; esac
    key=${word%%=*}
    printf 'value: %s\n' "${word#*=}" >/run/lab/word.yml
    parse_into /run/lab/word.yml /run/lab/word || { say "EXITING: Failed to parse configuration: $key"; touch /run/lab/panic; break; }
    case $key in
      rancher.cloud_init.datasources | rancher.state.autoformat)
        grep -q '^value=' /run/lab/word && { say "EXITING: Failed to parse configuration: $key needs a list in brackets"; touch /run/lab/panic; break; }
        ;;
    esac
    key=${key#cc.}
    awk -v key="$key" 'index($0, key "=") != 1 && index($0, key ".") != 1' /run/lab/arguments >/run/lab/arguments.new
    sed "s|^value|$key|" /run/lab/word >>/run/lab/arguments.new
    mv /run/lab/arguments.new /run/lab/arguments
  done
  if [ -e /run/lab/panic ]; then sleep 1; exit 255; fi
  # A key from the command line replaces the file's value or whole list.
  awk 'FILENAME ~ /arguments$/ { key = $0; sub(/=.*/, "", key); sub(/\.[0-9]+$/, "", key); taken[key] = 1; next }
    { for (key in taken) if (index($0, key "=") == 1 || index($0, key ".") == 1) next; print }' /run/lab/arguments /run/lab/file >/run/lab/config.new
  cat /run/lab/arguments >>/run/lab/config.new
  mv /run/lab/config.new "$CONFIG"
}

# The real one fetches twice: once to see whether the datasource answers, once for its content.
fetch_config() {
  local source url body=/run/lab/user-data
  for source in $(items rancher.cloud_init.datasources); do
    case $source in url:*) url=${source#url:} ;; *) say "datasource $source: the virtual room knows url: only"; continue ;; esac
    if ! fetch_patiently "$url" /dev/null || ! fetch_patiently "$url" "$body"; then
      say "failed config: $url: $(head -n 1 /run/lab/fetch-error); Datasource unavailable, skipping"
      continue
    fi
    say "config fetched from $url"
    show_config "$body" cloud-config
    accept_config "$body"
    return
  done
  return 1
}

accept_config() { # FILE
  case $(head -n 1 "$1" | sed 's/[[:space:]]*$//') in
    '#cloud-config') ;;
    '#!'*)
      say "config is a script, nothing else is applied"
      cp "$1" /run/lab/script
      chmod 755 /run/lab/script
      return 1
      ;;
    *)
      say "failed config: Unrecognized user-data, the first line is not #cloud-config; it is dropped"
      return 1
      ;;
  esac
  # With url: there is no metadata, and the real one puts this very text there.
  # shellcheck disable=SC2016 # the dollar is the file's, not the shell's
  sed -i -E 's/\$(private|public)_ipv[46]/<nil>/g' "$1"
  if LC_ALL=C grep -v '^[ ]*#' "$1" | LC_ALL=C grep -q "[^ -~	]"; then
    say "warning: a value has letters outside ASCII; the real RancherOS corrupts it or drops the whole file"
  fi
  parse_into "$1" /run/lab/file
}

console_stage() {
  authorize rancher
  write_files
  mount_rows || return 1
  run_commands stop
  if [ -e /run/lab/script ]; then /run/lab/script; say "script done, status $?"; fi
  return 0
}

# Exactly four strings: with three, the real console dies of a Go panic, and with it Docker, ssh and the login.
mount_rows() {
  local row device place
  for row in $(children mounts); do
    if [ "$(children "mounts.$row" | wc -l)" -lt 4 ]; then
      say "failed mounts: row $((row + 1)) has less than four strings; the real console dies of this: no Docker, no login"
      return 1
    fi
    place=$(cfg "mounts.$row.1")
    if is_mounted "$place" || taken_by_console "$place"; then
      say "mount on $place skipped: it already is a mount point (use runcmd)"
      continue
    fi
    if ! device=$(device_of "$(cfg "mounts.$row.0")"); then say "failed mount on $place: no $(cfg "mounts.$row.0")"; continue; fi
    mount_raw "$device" "$place" "$(cfg "mounts.$row.2")" "$(cfg "mounts.$row.3")"
  done
  report_mounts
}

taken_by_console() {
  case $1 in
    /var/lib/docker | /home | /opt | /var/lib/rancher | /var/log | /var/lib/kubelet | /run | /etc/docker) return 0 ;;
    *) return 1 ;;
  esac
}

# A raw mount(2): words that mean something to mount(8) only go to the file system, which refuses them.
mount_raw() { # DEVICE PLACE TYPE OPTIONS
  local word
  for word in $(echo "$4" | tr ',' ' '); do
    case $word in
      defaults | nofail | auto | noauto | user | nouser | _netdev | x-* | comment=*)
        say "failed mount on $2: option $word: invalid argument"
        return 1
        ;;
    esac
  done
  mkdir -p "$2"
  mount -t "${3:-auto}" ${4:+-o "$4"} "$1" "$2" || say "failed mount of $1 on $2"
}

data_root() {
  local root
  root=$(items rancher.docker.extra_args | awk '
    previous == "--data-root" || previous == "--graph" || previous == "-g" { print; exit }
    /^--(data-root|graph)=/ { sub(/^[^=]*=/, ""); print; exit }
    { previous = $0 }')
  [ -n "$root" ] || root=$(cfg rancher.docker.data_root) || root=$(cfg rancher.docker.graph)
  echo "${root:-/var/lib/docker}"
}

# rancher.services: one attempt, and what already exists on a disk stays as it is, as in the real one.
run_services() {
  local service key item
  for service in $(children rancher.services); do
    key=rancher.services.$service
    docker inspect "$(plain_key "$service")" >/dev/null 2>&1 && continue
    set -- run -d --name "$(plain_key "$service")"
    has "$key.restart" && set -- "$@" --restart "$(cfg "$key.restart")"
    true_word "$(cfg "$key.privileged")" && set -- "$@" --privileged
    has "$key.net" && set -- "$@" --net "$(cfg "$key.net")"
    for item in $(children "$key.volumes"); do set -- "$@" -v "$(cfg "$key.volumes.$item")"; done
    for item in $(children "$key.environment"); do
      case $item in
        *[!0-9]*) set -- "$@" -e "$(plain_key "$item")=$(cfg "$key.environment.$item")" ;;
        *) set -- "$@" -e "$(cfg "$key.environment.$item")" ;;
      esac
    done
    set -- "$@" "$(cfg "$key.image")"
    if cfg "$key.command" >/dev/null; then
      # Compose splits a command string into words.
      # shellcheck disable=SC2046
      set -- "$@" $(cfg "$key.command")
    else
      for item in $(children "$key.command"); do set -- "$@" "$(cfg "$key.command.$item")"; done
    fi
    docker "$@" >/dev/null || say "failed service $service"
  done
}
