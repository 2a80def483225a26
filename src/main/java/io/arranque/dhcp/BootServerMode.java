package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Optional;

/**
 * PXE 2.1 §2.2: boot files without addresses. Port 67 in proxy mode, beside the server that gives
 * the addresses; port 4011 in both modes, for firmware that comes back to ask.
 */
final class BootServerMode {
  private BootServerMode() {}

  /** What comes to port 67 of a segment in proxy mode. */
  static Verdict proxy(Exchange x, MessageType type) {
    if (!x.isBootClient()) {
      return type == MessageType.REQUEST && x.isKnown()
          ? overheard(x, Reason.NOT_A_BOOT_CLIENT)
          : Verdict.Silence.because(Reason.NOT_A_BOOT_CLIENT);
    }
    return switch (type) {
      case DISCOVER -> discover(x);
      case REQUEST -> addressed(x);
      case INFORM -> inform(x);
      case DECLINE, RELEASE -> Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
      case OFFER, ACK, NAK -> Verdict.Silence.because(Reason.NOT_A_REQUEST);
    };
  }

  /** What comes to port 4011: a REQUEST from a machine that has its address already. */
  static Verdict port4011(Exchange x, MessageType type) {
    if (type != MessageType.REQUEST && type != MessageType.INFORM) {
      return Verdict.Silence.because(Reason.MALFORMED_PACKET);
    }
    if (!x.isBootClient()) {
      return Verdict.Silence.because(Reason.NOT_A_BOOT_CLIENT);
    }
    if (x.plan().bootFile().isEmpty()) {
      return x.silence(Stage.REQUEST, x.bootReason());
    }
    Optional<Ipv4> address = Optional.of(x.in().ciaddr()).filter(a -> !a.isAny());
    return x.reply(
        Replies.bootFile(x, MessageType.ACK),
        Destination.senderOf(x.in(), x.at()),
        address,
        List.of(x.asked(Stage.REQUEST, address), x.given(Stage.ACK, address)));
  }

  private static Verdict discover(Exchange x) {
    if (x.plan().bootFile().isEmpty()) {
      return x.silence(Stage.DISCOVER, x.bootReason());
    }
    DhcpPacket reply = Replies.bootFile(x, MessageType.OFFER);
    return x.reply(
        reply,
        Destination.of(reply, Ipv4.ANY),
        Optional.empty(),
        List.of(x.asked(Stage.DISCOVER, Optional.empty()), x.given(Stage.OFFER, Optional.empty())));
  }

  /**
   * Meant for the server that gives the addresses; tells us which one the machine will use. Also
   * its operating system's: that identifies itself otherwise than the firmware did, gets another
   * address, and fetches its documents from there.
   */
  private static Verdict overheard(Exchange x, Reason reason) {
    return new Verdict.Silence(reason, List.of(), x.sighting(said(x)), List.of());
  }

  /** Firmware says which address it takes; that it came so far is worth an event. */
  private static Verdict addressed(Exchange x) {
    Optional<Ipv4> address = said(x);
    return new Verdict.Silence(
        Reason.NOT_OUR_SERVER_ID,
        List.of(),
        x.sighting(address),
        List.of(x.asked(Stage.REQUEST, address)));
  }

  private static Optional<Ipv4> said(Exchange x) {
    return x.requestedAddress().or(() -> Optional.of(x.in().ciaddr()).filter(a -> !a.isAny()));
  }

  private static Verdict inform(Exchange x) {
    Optional<Ipv4> address = x.informer();
    if (address.isEmpty() || x.plan().bootFile().isEmpty()) {
      return Verdict.Silence.because(address.isEmpty() ? Reason.NOT_OUR_LEASE : x.bootReason());
    }
    return x.reply(
        Replies.bootFile(x, MessageType.ACK),
        Destination.informed(x.in(), x.at()),
        address,
        List.of());
  }
}
