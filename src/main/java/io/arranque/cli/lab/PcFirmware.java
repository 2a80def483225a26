package io.arranque.cli.lab;

/** What a virtual PC starts with. */
public enum PcFirmware {
  /** SeaBIOS; the network card's own ROM is iPXE. */
  BIOS,
  /** OVMF with its own PXE stack, not iPXE's. */
  UEFI;

  public String label() {
    return switch (this) {
      case BIOS -> "bios";
      case UEFI -> "uefi";
    };
  }
}
