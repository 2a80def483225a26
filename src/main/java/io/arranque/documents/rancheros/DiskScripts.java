package io.arranque.documents.rancheros;

/** What runs on the machine to find its disks, and to tell how that went. */
final class DiskScripts {
  static final String REPORT_FILE = "/etc/arranque/report";
  static final String DATA_DISK_FILE = "/etc/arranque/data-disk";
  static final String STATE_DISK_FILE = "/etc/arranque/state-disk";

  private DiskScripts() {}

  /** {@code report STAGE MESSAGE}: whatever the message holds, it arrives as well-formed JSON. */
  static String report(String documentsUrl) {
    return """
        #!/bin/sh
        # report STAGE MESSAGE: tells the appliance how far this machine has come.
        url=@URL@
        # JSON takes neither control characters nor what is not UTF-8: printable ASCII stays.
        clean() { printf '%s' "$1" | LC_ALL=C tr -c ' -~' ' ' | cut -c 1-400 | sed 's/[\\\\"]/\\\\&/g'; }
        body="{\\"stage\\":\\"$(clean "$1")\\",\\"message\\":\\"$(clean "$2")\\"}"
        if command -v curl >/dev/null 2>&1; then
          curl -fsS -m 10 -o /dev/null -H 'Content-Type: application/json' -d "$body" "$url"
        else
          wget -q -T 10 -O /dev/null --header 'Content-Type: application/json' --post-data "$body" "$url"
        fi
        """
        .replace("@URL@", Shell.word(documentsUrl + "/phone-home"));
  }

  /** Formats, if the disk is blank, and mounts. */
  static String dataDisk(String disk, String label, String point) {
    String script = disk.startsWith("/dev/") ? FORMAT : MOUNT_ONLY;
    return script
        .replace("@DISK@", Shell.word(disk))
        .replace("@LABEL@", Shell.word(label))
        .replace("@POINT@", Shell.word(point));
  }

  private static final String MOUNT_ONLY =
      """
      #!/bin/sh
      # Mounts the data disk, and tells the appliance when it cannot. Formats nothing.
      disk=@DISK@
      point=@POINT@
      mkdir -p "$point"
      if grep -q " $point " /proc/mounts; then exit 0; fi
      if ! error=$(mount -t ext4 -o noatime "$disk" "$point" 2>&1); then
        /etc/arranque/report disk-skipped "cannot mount $disk: $error; $point is in RAM"
      fi
      exit 0
      """;

  private static final String FORMAT =
      """
      #!/bin/sh
      # Mounts the data disk. Formats it only when it is blank in every way that can be asked: a disk
      # that holds anything is left alone, and the appliance is told which and why. Never fails, for
      # nothing that follows in runcmd would run then.
      disk=@DISK@
      label=@LABEL@
      point=@POINT@

      leave() { # WHY
        /etc/arranque/report disk-skipped "left $disk alone: $1; $point is in RAM"
        exit 0
      }
      # Whether the MiB from that sector on can be read, and holds zeros only.
      blank() {
        [ "$(dd if="$disk" bs=512 skip="$1" count=2048 2>/dev/null | wc -c)" -eq 1048576 ] \\
          && [ "$(dd if="$disk" bs=512 skip="$1" count=2048 2>/dev/null | tr -d '\\000' | wc -c)" -eq 0 ]
      }

      mkdir -p "$point"
      if grep -q " $point " /proc/mounts; then exit 0; fi
      if mount -t ext4 -o noatime "LABEL=$label" "$point" 2>/dev/null; then exit 0; fi
      if [ ! -b "$disk" ]; then leave "there is no such disk"; fi
      disk=$(readlink -f "$disk")
      name=${disk##*/}
      if grep -q "^$disk" /proc/mounts; then leave "it is mounted already"; fi
      found=$(blkid "$disk" 2>/dev/null)
      case $found in
        *"LABEL=\\"$label\\""*)
          if mount -t ext4 -o noatime "$disk" "$point"; then exit 0; fi
          leave "it has the label $label, but cannot be mounted"
          ;;
      esac
      if [ -n "$found" ]; then leave "it holds data, ${found#*: }"; fi
      if grep -qE " ${name}p?[0-9]+\\$" /proc/partitions; then leave "it has partitions"; fi
      sectors=$(cat "/sys/class/block/$name/size" 2>/dev/null)
      case $sectors in
        '' | *[!0-9]*) leave "its size is not known" ;;
      esac
      if [ "$sectors" -lt 131072 ]; then leave "it is smaller than 64 MiB"; fi
      if ! blank 0; then leave "its first MiB is not empty"; fi
      # Copies of partition tables and the marks of RAID are at the end.
      if ! blank $((sectors - 2048)); then leave "its last MiB is not empty"; fi
      if error=$(mkfs.ext4 -q -F -L "$label" "$disk" 2>&1) \\
        && error=$(mount -t ext4 -o noatime "$disk" "$point" 2>&1); then
        /etc/arranque/report disk "formatted $disk, which was blank, and mounted it on $point"
      else
        /etc/arranque/report disk-skipped "cannot format or mount $disk: $error; $point is in RAM"
      fi
      exit 0
      """;

  /** RancherOS formats by itself, and tells nobody when it does not. */
  static String stateDisk(String disk) {
    return """
        #!/bin/sh
        # Tells the appliance whether the state disk is mounted, and if not, why.
        disk=@DISK@
        for point in /var/lib/rancher /var/lib/docker /home; do
          kind=$(awk -v point="$point" '$2 == point { kind = $3 } END { print kind }' /proc/mounts)
          case $kind in
            ext4 | ext3 | btrfs | xfs)
              /etc/arranque/report disk "the state disk is mounted ($kind on $point)"
              exit 0
              ;;
          esac
        done
        if findfs LABEL=RANCHER_STATE >/dev/null 2>&1; then
          why="a disk with the label RANCHER_STATE is there, but was not mounted"
        elif [ "${disk#*=}" != "$disk" ]; then
          why="there is no $disk"
        elif [ ! -b "$disk" ]; then
          why="there is no disk $disk"
        elif [ "$(dd if="$disk" bs=512 count=2048 2>/dev/null | tr -d '\\000' | wc -c)" -ne 0 ]; then
          why="left $disk alone: it holds data, and only a disk whose first MiB is empty is formatted"
        else
          why="$disk is blank but was not formatted: $(tail -n 1 /var/log/boot/autoformat.log 2>/dev/null)"
        fi
        /etc/arranque/report disk-skipped "$why; the state is in RAM"
        exit 0
        """
        .replace("@DISK@", Shell.word(disk));
  }
}
