package io.arranque.cli.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a PC; pure. */
final class QemuCommand {
  private static final String TIANOCORE = "name=opt/org.tianocore/";

  private QemuCommand() {}

  /** The cable to a socket of the room's switch. */
  static String cableTo(String tap) {
    return "tap,ifname=" + tap + ",script=no,downscript=no";
  }

  /**
   * @param cable what the card hangs on, in QEMU's words for a netdev
   * @param vars the PC's own copy of UEFI's variables; not used by BIOS
   */
  static List<String> of(
      PcSpec spec, Accelerator accelerator, String cable, List<Path> disks, Path vars) {
    String memory = Integer.toString(spec.memory());
    List<String> command =
        new ArrayList<>(List.of("qemu-system-x86_64", "-accel", accelerator.label(), "-m", memory));
    command.addAll(List.of("-nodefaults", "-vga", "std", "-display", "none"));
    if (!spec.reboots()) {
      command.add("-no-reboot");
    }
    command.addAll(List.of("-serial", "stdio", "-device", "virtio-rng-pci"));
    command.addAll(List.of("-netdev", cable + ",id=n0"));
    // A disk needs a boot index of its own: OVMF drops every device without one.
    for (int disk = 0; disk < disks.size(); disk++) {
      String id = "d" + disk;
      command.addAll(List.of("-drive", "file=" + disks.get(disk) + ",format=raw,if=none,id=" + id));
      command.addAll(List.of("-device", "virtio-blk-pci,drive=" + id + ",bootindex=" + (disk + 2)));
    }
    String card = "virtio-net-pci,netdev=n0,mac=" + spec.mac() + ",bootindex=1";
    switch (spec.firmware()) {
      // graphics=off puts SeaBIOS and iPXE on the serial line.
      case BIOS -> command.addAll(List.of("-M", "pc,graphics=off", "-device", card));
      case UEFI -> command.addAll(uefi("q35", "OVMF_CODE_4M.fd", card, vars));
      case UEFI_SECURE -> {
        // Its keys are kept by code in System Management Mode, which has to be there.
        command.addAll(uefi("q35,smm=on", "OVMF_CODE_4M.ms.fd", card, vars));
        command.addAll(List.of("-global", "driver=cfi.pflash01,property=secure,value=on"));
      }
      case UEFI_HTTP -> {
        command.addAll(uefi("q35", "OVMF_CODE_4M.fd", card, vars));
        command.addAll(List.of("-fw_cfg", TIANOCORE + "IPv4PXESupport,string=n"));
      }
    }
    return List.copyOf(command);
  }

  /** An empty romfile leaves OVMF its own network stack; with the card's ROM it would run iPXE. */
  private static List<String> uefi(String machine, String code, String card, Path vars) {
    return List.of(
        "-M",
        machine,
        "-drive",
        "if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/" + code,
        "-drive",
        "if=pflash,format=raw,unit=1,file=" + vars,
        "-fw_cfg",
        TIANOCORE + "IPv6PXESupport,string=n",
        "-device",
        card + ",romfile=");
  }
}
