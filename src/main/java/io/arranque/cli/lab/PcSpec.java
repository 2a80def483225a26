package io.arranque.cli.lab;

import io.arranque.address.Mac;
import java.util.List;

/**
 * A PC to be made.
 *
 * @param number from 1, unique in the room
 * @param hostname what it is called on the page and in tables
 * @param bootSector the octets its disk begins with; empty for a blank disk
 * @param memory MiB
 * @param disks how many; the first has the boot sector
 * @param reboots whether it starts over when its system says so; else it goes off then
 */
public record PcSpec(
    int number,
    String hostname,
    PcFirmware firmware,
    List<Integer> bootSector,
    int memory,
    int disks,
    boolean reboots) {
  private static final int USUAL_MEMORY = 256;

  public PcSpec {
    bootSector = List.copyOf(bootSector);
  }

  public PcSpec(int number, String hostname, PcFirmware firmware, List<Integer> bootSector) {
    this(number, hostname, firmware, bootSector, USUAL_MEMORY, 1, false);
  }

  /** The same with more memory, in MiB. */
  public PcSpec withMemory(int more) {
    return new PcSpec(number, hostname, firmware, bootSector, more, disks, reboots);
  }

  /** The same with a second disk. */
  public PcSpec withSecondDisk() {
    return new PcSpec(number, hostname, firmware, bootSector, memory, 2, reboots);
  }

  /** The same, starting over when its system reboots. */
  public PcSpec rebooting() {
    return new PcSpec(number, hostname, firmware, bootSector, memory, disks, true);
  }

  /** The file, in the room's folder, that is its disk {@code disk}, from 1. */
  public String disk(int disk) {
    return "pc-" + number + (disk == 1 ? ".disk" : ".disk" + disk);
  }

  /** A PC with a blank disk. */
  public static PcSpec blank(int number, PcFirmware firmware) {
    return new PcSpec(number, "lab-%02d".formatted(number), firmware, List.of());
  }

  /** In QEMU's own range of addresses. */
  public Mac mac() {
    return new Mac(0x52_54_00_33_00_00L + number);
  }
}
