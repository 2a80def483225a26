package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Hardware;
import io.arranque.plan.Client;
import io.arranque.plan.Firmware;
import java.util.List;
import java.util.Optional;

/** Recognises what program sent a packet. */
final class Clients {
  private static final Octets IPXE = Octets.ofAscii("iPXE");

  private Clients() {}

  static Client of(DhcpPacket in, Mac mac) {
    // Of option 93 and not of option 60's text: iPXE's bare "PXEClient" has no arch in it.
    Optional<Integer> architecture = architecture(in.architectures());
    Hardware hardware =
        new Hardware(
            in.uuid(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            architecture.flatMap(Firmware::ofArchitecture).map(Firmware::label));
    return new Client(mac, kind(in), architecture, hardware);
  }

  /** Of several the first that can be served: RFC 4578 §2.1 puts them in order of preference. */
  private static Optional<Integer> architecture(List<Integer> said) {
    for (int each : said) {
      if (Firmware.ofArchitecture(each).isPresent()) {
        return Optional.of(each);
      }
    }
    return said.isEmpty() ? Optional.empty() : Optional.of(said.get(0));
  }

  /** iPXE first, because it says PXEClient too: given the loader again it would loop. */
  private static Client.Kind kind(DhcpPacket in) {
    boolean ipxe =
        in.options().contains(OptionCode.IPXE_ENCAPSULATED)
            || in.userClass().filter(Clients::namesIpxe).isPresent();
    if (ipxe) {
      return Client.Kind.IPXE;
    }
    String vendorClass = in.vendorClass().orElse("");
    if (vendorClass.startsWith("PXEClient")) {
      return Client.Kind.PXE;
    }
    return vendorClass.startsWith("HTTPClient") ? Client.Kind.HTTP_BOOT : Client.Kind.OTHER;
  }

  /** The bare text that iPXE sends, or one of RFC 3004's length-prefixed classes. */
  private static boolean namesIpxe(Octets userClass) {
    if (userClass.equals(IPXE)) {
      return true;
    }
    int at = 0;
    while (at < userClass.size()) {
      int end = at + 1 + userClass.at(at);
      if (end > userClass.size()) {
        return false;
      }
      if (userClass.slice(at + 1, end).equals(IPXE)) {
        return true;
      }
      at = end;
    }
    return false;
  }
}
