# Disks: what may be formatted, partitions, file systems, mounts.

# Waits a little for a device; LABEL=, UUID= and short names like vda are resolved. Prints the device.
device_of() {
  local found
  for _ in 1 2 3 4 5; do
    case $1 in
      LABEL=*) found=$(blkid -L "${1#LABEL=}") ;;
      UUID=*) found=$(blkid -U "${1#UUID=}") ;;
      /*) found=$1 ;;
      *) found=/dev/$1 ;;
    esac
    if [ -n "$found" ] && [ -b "$found" ]; then echo "$found"; return 0; fi
    sleep 0.3
  done
  return 1
}

# RancherOS's rule: a disk is blank when its first MiB is all zeros. A signature further on (a GPT's copy at the end) counts too.
blank() { # DEVICE
  [ "$(head -c 1048576 "$1" | tr -d '\000' | head -c 1 | wc -c)" -eq 0 ] && [ -z "$(signature_of "$1")" ]
}

# Not blkid's status: of a partition it knows something (its entry in the table) even when nothing is in it.
signature_of() { blkid -p -s TYPE -s PTTYPE -o value "$1" 2>/dev/null; }

label_of() { blkid -p -s LABEL -o value "$1" 2>/dev/null; }

partition() { # DEVICE NUMBER
  case $1 in *[0-9]) echo "$1p$2" ;; *) echo "$1$2" ;; esac
}

# Formats DEVICE when it is blank. The wrapper mkfs.ext4 says so on the console.
format() { # DEVICE FILESYSTEM LABEL
  if [ -n "$3" ] && [ "$(label_of "$1")" = "$3" ]; then say "format of $1 skipped: already has the label $3"; return 0; fi
  if ! blank "$1"; then say "format of $1 skipped: holds data"; return 0; fi
  case $2 in
    ext2 | ext3 | ext4) ;;
    *) say "failed format of $1: the virtual room knows ext2, ext3 and ext4, not $2"; return 1 ;;
  esac
  LAB_TYPE=$2 mkfs.ext4 -q ${3:+-L "$3"} "$1" || { say "failed format of $1"; return 1; }
}

# One line for each disk that was mounted since the last call, by whom or what ever.
report_mounts() {
  awk '$1 ~ "^/dev/" { print $1, $2, $3 }' /proc/mounts >/run/lab/mounts.now
  touch /run/lab/mounts.said
  while read -r device place type; do
    grep -qxF "$device $place $type" /run/lab/mounts.said || say "mounted $device on $place $type"
  done </run/lab/mounts.now
  cp /run/lab/mounts.now /run/lab/mounts.said
}

is_mounted() { awk -v place="$1" '$2 == place { found = 1 } END { exit !found }' /proc/mounts; }

# The state disk of RancherOS, from rancher.state.*: formatted when blank and allowed, mounted, and the parts of the
# system that outlive a boot bound from it.
mount_state() {
  local wanted device candidate part
  wanted=$(cfg rancher.state.dev) || return 0
  [ "$wanted" = none ] && return 0
  device=$(device_of "$wanted")
  if [ -z "$device" ]; then
    for candidate in $(items rancher.state.autoformat); do
      [ -b "$candidate" ] || { say "state disk: no $candidate"; continue; }
      blank "$candidate" || { say "state disk: format of $candidate skipped: holds data"; continue; }
      format "$candidate" ext4 RANCHER_STATE && break
    done
    device=$(device_of "$wanted")
  fi
  if [ -z "$device" ]; then say "state disk: no $wanted, everything stays in memory"; return 1; fi
  mkdir -p /state
  mount -t ext4 "$device" /state || { say "failed mount of $device on /state"; return 1; }
  for part in /var/lib/docker /home /opt /var/lib/rancher/conf /etc/docker; do
    mkdir -p "$part" "/state$part"
    mount -o bind "/state$part" "$part"
  done
  grep -q '^/dev/[^ ]* /state ' /proc/mounts && say "mounted $device on /state ext4"
  awk '$1 ~ "^/dev/" { print $1, $2, $3 }' /proc/mounts >/run/lab/mounts.said
}
