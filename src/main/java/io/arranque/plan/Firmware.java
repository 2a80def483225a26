package io.arranque.plan;

import java.util.List;
import java.util.Optional;

/**
 * How a machine's firmware boots, by the client system architecture of DHCP option 93 (RFC 4578
 * §2.1 and IANA's "Processor Architecture Types"), and the loader that fits it.
 *
 * <p>For UEFI it is {@code snponly.efi}, which drives the card through the firmware: one binary for
 * every card, also those that iPXE has no driver for. Debian packages no iPXE for ARM and 32-bit
 * UEFI; an operator who has one puts it into {@code tftp/} under the name given here.
 */
public enum Firmware {
  BIOS("bios", "undionly.kpxe", 0, 20),
  UEFI_IA32("uefi-ia32", "ipxe-ia32.efi", 6, 15),
  // 9 is "EBC" in the RFC's text, but x86-64 UEFI firmware has sent it for x64 ever since; the
  // RFC's errata 4625 says so too.
  UEFI_X64("uefi-x64", "snponly.efi", 7, 9, 16),
  UEFI_ARM32("uefi-arm32", "ipxe-arm32.efi", 10, 18),
  UEFI_ARM64("uefi-arm64", "ipxe-arm64.efi", 11, 19);

  private final String label;
  private final String loader;

  @SuppressWarnings("ImmutableEnumChecker") // List.of, never changed
  private final List<Integer> architectures;

  Firmware(String label, String loader, Integer... architectures) {
    this.label = label;
    this.loader = loader;
    this.architectures = List.of(architectures);
  }

  /** The word used on the page, in rules and in {@code --firmware}. */
  public String label() {
    return label;
  }

  /** The loader's file name in {@code tftp/}. */
  public String loader() {
    return loader;
  }

  /** The architecture it names when it boots by PXE. */
  public int architecture() {
    return architectures.get(0);
  }

  /** The firmware that names this architecture (option 93), if we know a loader for it. */
  public static Optional<Firmware> ofArchitecture(int architecture) {
    for (Firmware firmware : values()) {
      if (firmware.architectures.contains(architecture)) {
        return Optional.of(firmware);
      }
    }
    return Optional.empty();
  }

  /** What iPXE calls its platform and build architecture, e.g. {@code efi} and {@code x86_64}. */
  public static Optional<Firmware> ofIpxe(String platform, String buildArchitecture) {
    if (platform.equals("pcbios")) {
      return Optional.of(BIOS);
    }
    return switch (buildArchitecture) {
      case "x86_64" -> Optional.of(UEFI_X64);
      case "i386" -> Optional.of(UEFI_IA32);
      case "arm32" -> Optional.of(UEFI_ARM32);
      case "arm64" -> Optional.of(UEFI_ARM64);
      default -> Optional.empty();
    };
  }
}
