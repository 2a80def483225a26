package io.arranque.cli.lab;

/** What a virtual PC starts with. */
public enum PcFirmware {
  /** SeaBIOS; the network card's own ROM is iPXE. */
  BIOS("bios"),
  /** OVMF with its own PXE stack, not iPXE's. */
  UEFI("uefi"),
  /** OVMF without PXE: UEFI HTTP Boot. */
  UEFI_HTTP("uefi-http"),
  /** OVMF with Microsoft's keys, which starts what these have signed and nothing else. */
  UEFI_SECURE("uefi-secure");

  private final String label;

  PcFirmware(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  boolean isUefi() {
    return this != BIOS;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
