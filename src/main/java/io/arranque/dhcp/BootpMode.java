package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Optional;

/**
 * RFC 951 and 1534: one question, one answer, and the address is for ever. So only a reservation is
 * given: an address of the pool would never come back, and one packet of an old print server would
 * cost one each time its card is changed. Nothing is written down, for the site's file is the
 * record.
 */
final class BootpMode {
  private BootpMode() {}

  static Verdict request(Exchange x) {
    if (x.segment().mode() != Segment.Mode.SERVER || x.at().port() != Arrival.DHCP) {
      return Verdict.Silence.because(Reason.NOT_A_BOOT_CLIENT);
    }
    if (x.plan().isIgnored()) {
      return Verdict.Silence.because(Reason.MACHINE_IGNORED);
    }
    String server = x.in().sname();
    if (!server.isEmpty() && !server.equals(x.at().serverAddress().toString())) {
      // RFC 951 §7.3: it wants that one and no other.
      return Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
    }
    Optional<Ipv4> address = Allocation.reservation(x);
    if (address.isEmpty()) {
      return x.silence(Stage.REQUEST, Reason.BOOTP_WITHOUT_RESERVATION);
    }
    DhcpPacket reply = Replies.bootp(x, address.get());
    return x.reply(
        reply,
        Destination.of(reply, x.in().ciaddr()),
        address,
        List.of(x.asked(Stage.REQUEST, address), x.given(Stage.ACK, address)));
  }
}
