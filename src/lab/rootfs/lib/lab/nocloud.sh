# cloud-init's NoCloud from the network: three documents, then its modules in their order.

boot_nocloud() {
  local seed name
  seed=$(tr ' ' '\n' </run/lab/words | sed -n -E 's/^ds=nocloud(-net)?;(.*;)?s=([^;]*).*/\3/p' | tail -n 1)
  network_up
  case $seed in
    http://*/) ;;
    http://*) say "warning: s= should end in /" ;;
    *) say "failed config: ds=nocloud needs s=http://…/ on the kernel's command line"; return 0 ;;
  esac
  : >"$CONFIG"
  : >/run/lab/meta
  : >/run/lab/user
  : >/run/lab/vendor
  fetch_document "$seed" meta-data meta && fetch_document "$seed" user-data user || return 0
  fetch_document "$seed" vendor-data vendor optional
  # A key of the user replaces the vendor's whole value.
  awk 'FILENAME ~ /user$/ { key = $0; sub(/[.=].*/, "", key); taken[key] = 1; print; next }
    { key = $0; sub(/[.=].*/, "", key); if (!(key in taken)) print }' /run/lab/user /run/lab/vendor >"$CONFIG"

  INSTANCE=$(meta instance-id)
  LOCAL_HOSTNAME=$(meta local-hostname)
  write_files
  setup_disks
  setup_filesystems
  mount_table
  name=$(cfg hostname) || name=$(cfg fqdn) || name=${LOCAL_HOSTNAME:-$LEASE_HOSTNAME}
  set_hostname "${name%%.*}"
  [ -z "$name" ] || keep_lease "${name%%.*}"
  authorize debian
  containers_up "$(daemon_data_root)"
  run_commands continue
  run_local
  phone_home
  power_state
}

fetch_document() { # SEED NAME FLAT [optional]
  local body=/run/lab/$2
  if ! fetch_patiently "$1$2" "$body"; then
    [ -n "${4:-}" ] || say "failed config: $1$2: $(head -n 1 /run/lab/fetch-error)"
    return 1
  fi
  say "config fetched from $1$2"
  [ -s "$body" ] || return 0
  show_config "$body" "$2"
  case $2:$(head -n 1 "$body") in
    meta-data:* | *:'#cloud-config'*) parse_into "$body" "/run/lab/$3" ;;
    user-data:'#!'*) cp "$body" /run/lab/script; chmod 755 /run/lab/script; /run/lab/script; say "script done, status $?" ;;
    *) say "failed config: $2 does not begin with #cloud-config; it is dropped" ;;
  esac
}

meta() { CONFIG=/run/lab/meta cfg "$1"; }

setup_disks() {
  local entry device table
  for entry in $(children disk_setup); do
    if ! device=$(device_of "$(plain_key "$entry")"); then say "failed disk_setup: no $(plain_key "$entry")"; continue; fi
    if ! blank "$device"; then say "disk_setup of $device skipped: holds data"; continue; fi
    case $(cfg "disk_setup.$entry.layout") in
      False | false | no) continue ;;
    esac
    case $(cfg "disk_setup.$entry.table_type") in gpt) table=gpt ;; *) table=dos ;; esac
    # layout true is one partition; a list gives percentages, or [percentage, type].
    if sizes "$entry" | { echo "label: $table"; cat; } | sfdisk -q "$device" >/run/lab/sfdisk.log 2>&1; then
      say "partitioned $device $table"
    else
      say "failed disk_setup of $device: $(tail -n 1 /run/lab/sfdisk.log)"
    fi
  done
}

sizes() { # ENTRY
  local key=disk_setup.$1.layout item size total
  if cfg "$key" >/dev/null; then echo ','; return; fi
  total=$(($(cat "/sys/class/block/${device##*/}/size") / 2048 - 2))
  for item in $(children "$key"); do
    size=$(cfg "$key.$item") || size=$(cfg "$key.$item.0")
    if [ "$item" = "$(children "$key" | tail -n 1)" ]; then echo ','; else echo ",$((total * size / 100))MiB"; fi
  done
}

setup_filesystems() {
  local row device label type number
  for row in $(children fs_setup); do
    label=$(cfg "fs_setup.$row.label")
    type=$(cfg "fs_setup.$row.filesystem")
    if ! device=$(device_of "$(cfg "fs_setup.$row.device")"); then say "failed fs_setup: no $(cfg "fs_setup.$row.device")"; continue; fi
    case $(cfg "fs_setup.$row.partition") in
      [0-9]*) number=$(cfg "fs_setup.$row.partition"); device=$(device_of "$(partition "$device" "$number")") ;;
      auto | any) device=$(fitting_partition "$device" "$label") ;;
    esac
    if [ -z "$device" ]; then say "failed fs_setup $label: no such partition"; continue; fi
    format "$device" "${type:-ext4}" "$label"
  done
}

# The partition with this label, else the first blank one, else the disk itself.
fitting_partition() { # DISK LABEL
  local part name=${1##*/}
  for part in "/sys/class/block/$name/$name"*; do
    [ -e "$part" ] && [ -n "$2" ] && [ "$(label_of "/dev/${part##*/}")" = "$2" ] && { echo "/dev/${part##*/}"; return; }
  done
  for part in "/sys/class/block/$name/$name"*; do
    [ -e "$part" ] && blank "/dev/${part##*/}" && { echo "/dev/${part##*/}"; return; }
  done
  echo "$1"
}

mount_table() {
  local row device place options
  for row in $(children mounts); do
    place=$(cfg "mounts.$row.1") || continue
    case $place in /*) ;; *) continue ;; esac
    if ! device=$(device_of "$(cfg "mounts.$row.0")"); then say "failed mount on $place: no $(cfg "mounts.$row.0")"; continue; fi
    options=$(cfg "mounts.$row.3" | tr ',' '\n' | grep -vE '^(defaults|nofail|auto|nouser|_netdev|x-.*|comment=.*)$' | tr '\n' ',' | sed 's/,$//')
    mkdir -p "$place"
    mount -t "$(cfg "mounts.$row.2" || echo auto)" ${options:+-o "$options"} "$device" "$place" || say "failed mount of $device on $place"
  done
  report_mounts
}

daemon_data_root() {
  local root=''
  [ -e /etc/docker/daemon.json ] && root=$(sed -n 's/.*"data-root"[ ]*:[ ]*"\([^"]*\)".*/\1/p' /etc/docker/daemon.json)
  echo "${root:-/var/lib/docker}"
}

# The form that cloud-init posts; its hostname is the meta-data's, not the user-data's.
phone_home() {
  local url tries form='' field value
  url=$(cfg phone_home.url) || return 0
  url=$(printf '%s' "$url" | sed "s|\$INSTANCE_ID|$INSTANCE|g")
  tries=$(cfg phone_home.tries) || tries=10
  [ "$(cfg phone_home.post)" = all ] || has phone_home.post.0 || { say "failed phone_home: post is neither all nor a list"; return 1; }
  for field in pub_key_rsa pub_key_ed25519 instance_id hostname fqdn; do
    [ "$(cfg phone_home.post)" = all ] || items phone_home.post | grep -qx "$field" || continue
    case $field in
      instance_id) value=$INSTANCE ;;
      hostname | fqdn) value=$LOCAL_HOSTNAME ;;
      *) value=none ;;
    esac
    form="$form${form:+&}$field=$value"
  done
  while [ "$tries" -gt 0 ]; do
    if timeout 10 busybox wget -q -O /dev/null --post-data "$form" "$url" 2>/run/lab/fetch-error; then say "phoned home up"; return 0; fi
    tries=$((tries - 1))
    sleep 1
  done
  say "failed phone_home: $url: $(head -n 1 /run/lab/fetch-error)"
}
