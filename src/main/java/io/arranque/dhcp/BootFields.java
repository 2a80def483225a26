package io.arranque.dhcp;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpOption.Suboption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.plan.BootFile;
import io.arranque.plan.Client;
import io.arranque.plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the boot file into a reply, in every place where some firmware looks for it. */
final class BootFields {
  private static final int PXE_DISCOVERY_CONTROL = 6;
  private static final int PXE_BOOT_ITEM = 71;

  /** "Use the boot file of this reply": without it OVMF asks on, at port 4011. */
  private static final Suboption USE_BOOT_FILE =
      new Suboption(PXE_DISCOVERY_CONTROL, Octets.of((byte) 8));

  /** iPXE: do not wait three seconds for a proxyDHCP offer. */
  private static final Suboption NO_PROXY_DHCP = new Suboption(176, Octets.of((byte) 1));

  private BootFields() {}

  /** The reply with the plan's boot file; unchanged when the plan has none. */
  static DhcpPacket add(Exchange x, DhcpPacket reply) {
    Optional<BootFile> file = x.plan().bootFile().map(Planned::value);
    if (file.isEmpty()) {
      return reply;
    }
    DhcpPacket named = named(x, reply, file.get().name());
    return switch (x.client().kind()) {
      case PXE -> identified(x, named, "PXEClient");
      // Without it the firmware ignores the OFFER.
      case HTTP_BOOT -> named.with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, "HTTPClient"));
      case IPXE ->
          // An offer without address is only taken from who says PXEClient.
          reply.yiaddr().isAny()
              ? identified(x, named, "PXEClient")
              : named.with(
                  new DhcpOption.Nested(
                      OptionCode.IPXE_ENCAPSULATED, List.of(NO_PROXY_DHCP), false));
      case OTHER -> reply;
    };
  }

  /**
   * Option 67 and the {@code file} field both: old ROMs read only the field, UEFI takes either. A
   * name that does not fit the field with its NUL stands in the option alone.
   */
  private static DhcpPacket named(Exchange x, DhcpPacket reply, String name) {
    DhcpPacket named =
        reply
            .withSiaddr(x.at().serverAddress())
            .with(new DhcpOption.Text(OptionCode.BOOTFILE_NAME, name));
    boolean fits =
        name.length() < DhcpPacket.FILE_WIDTH && name.chars().allMatch(c -> c > 0 && c < 0x80);
    named = fits ? named.withFile(name) : named;
    return x.client().kind() == Client.Kind.PXE
        ? named.with(
            new DhcpOption.Text(OptionCode.TFTP_SERVER_NAME, x.at().serverAddress().toString()))
        : named;
  }

  private static DhcpPacket identified(Exchange x, DhcpPacket reply, String vendorClass) {
    List<Suboption> pxe = new ArrayList<>();
    pxe.add(USE_BOOT_FILE);
    // A client that came from another server's boot menu wants its choice confirmed.
    x.in()
        .options()
        .as(OptionCode.VENDOR_SPECIFIC, DhcpOption.Nested.class)
        .flatMap(asked -> asked.suboption(PXE_BOOT_ITEM))
        .ifPresent(item -> pxe.add(new Suboption(PXE_BOOT_ITEM, item)));
    return reply
        .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, vendorClass))
        .with(new DhcpOption.Nested(OptionCode.VENDOR_SPECIFIC, pxe, false));
  }
}
