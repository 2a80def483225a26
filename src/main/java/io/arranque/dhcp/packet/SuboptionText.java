package io.arranque.dhcp.packet;

import io.arranque.dhcp.packet.DhcpOption.Suboption;
import java.util.Map;

/** The options inside options 43, 82 and 175, for people. */
public final class SuboptionText {
  /** PXE 2.1 §2.4, table 2-1; other vendors use the same numbers otherwise. */
  private static final Map<Integer, String> PXE =
      Map.of(
          1, "mtftp-address",
          6, "discovery-control",
          7, "discovery-multicast-address",
          8, "boot-servers",
          9, "boot-menu",
          10, "menu-prompt",
          71, "boot-item");

  /** IANA's "DHCP Relay Agent Sub-Option Codes". */
  private static final Map<Integer, String> RELAY =
      Map.of(
          1, "circuit-id",
          2, "remote-id",
          5, "link-selection",
          6, "subscriber-id",
          9, "vendor-specific",
          11, "server-id-override",
          12, "relay-id",
          151, "virtual-subnet",
          152, "virtual-subnet-control");

  /** iPXE's settings of the scope that option 175 encapsulates. */
  private static final Map<Integer, String> IPXE =
      Map.of(
          1, "priority",
          8, "keep-san",
          9, "skip-san-boot",
          85, "syslogs",
          176, "no-pxedhcp",
          177, "bus-id",
          188, "san-filename",
          189, "bios-drive",
          190, "username",
          235, "version");

  private SuboptionText() {}

  /** Its registered name, or {@code suboption-N}. */
  public static String name(int option, Suboption suboption) {
    Map<Integer, String> names =
        switch (option) {
          case OptionCode.VENDOR_SPECIFIC -> PXE;
          case OptionCode.RELAY_AGENT_INFORMATION -> RELAY;
          case OptionCode.IPXE_ENCAPSULATED -> IPXE;
          default -> Map.of();
        };
    return names.getOrDefault(suboption.code(), "suboption-" + suboption.code());
  }

  /** Hex digits, and the text that they are, if they are. */
  public static String value(Suboption suboption) {
    Octets value = suboption.value();
    return value.size() < 2
        ? value.toString()
        : value.text().map(text -> value + " \"" + text + '"').orElse(value.toString());
  }
}
