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
 */
public record PcSpec(
    int number, String hostname, PcFirmware firmware, List<Integer> bootSector, int memory) {
  private static final int USUAL_MEMORY = 256;

  public PcSpec {
    bootSector = List.copyOf(bootSector);
  }

  public PcSpec(int number, String hostname, PcFirmware firmware, List<Integer> bootSector) {
    this(number, hostname, firmware, bootSector, USUAL_MEMORY);
  }

  /** The same with more memory, in MiB. */
  public PcSpec withMemory(int more) {
    return new PcSpec(number, hostname, firmware, bootSector, more);
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
