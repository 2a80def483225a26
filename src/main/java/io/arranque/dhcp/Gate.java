package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a server that nobody called authoritative from answering where another one gives addresses:
 * two pools on one network give one address to two machines, and our router to those whose network
 * it is not.
 *
 * <p>Renewals are let through. Whoever renews runs and uses the address that we gave it; RFC 2131
 * §4.4.5 has it go on asking us alone until its lease is nearly over, and then lose its address in
 * the middle of its work. Whoever starts (DISCOVER, INIT-REBOOT) loses nothing by taking the other
 * server's address, and so the segment goes over to one server by itself. DECLINE and RELEASE are
 * taken in: nothing is sent for them.
 */
final class Gate {
  private Gate() {}

  /** Why the packet is not answered; empty when it may be. BOOTP, without type, starts too. */
  static Optional<Verdict> shuts(Exchange x, Optional<MessageType> said, OtherServers others) {
    MessageType type = said.orElse(MessageType.DISCOVER);
    if (x.segment().mode() != Segment.Mode.SERVER
        || x.segment().authoritative()
        || !isAnswered(type)
        || renewsOurLease(x, type)) {
      return Optional.empty();
    }
    List<String> wire = x.wire();
    Optional<OtherServer> rival = wire.stream().flatMap(s -> others.rival(s).stream()).findFirst();
    if (rival.isPresent()) {
      String detail = rival.get().name() + " gives addresses here";
      return Optional.of(silence(x, type, Reason.OTHER_DHCP_SERVER, detail));
    }
    return wire.stream().anyMatch(others::isLooking)
        ? Optional.of(Verdict.Silence.because(Reason.LOOKING_FOR_SERVERS))
        : Optional.empty();
  }

  private static boolean isAnswered(MessageType type) {
    return switch (type) {
      case DISCOVER, REQUEST, INFORM -> true;
      case DECLINE, RELEASE, OFFER, ACK, NAK -> false;
    };
  }

  private static boolean renewsOurLease(Exchange x, MessageType type) {
    Ipv4 address = x.in().ciaddr();
    return type == MessageType.REQUEST
        && x.at().port() == Arrival.DHCP
        && !address.isAny()
        && x.in().options().address(OptionCode.SERVER_IDENTIFIER).isEmpty()
        && Allocation.ownLeaseAt(x, address).filter(lease -> lease.isLive(x.now())).isPresent();
  }

  /** Devices that will never boot from us leave no trace: on a campus there are thousands. */
  private static Verdict silence(Exchange x, MessageType type, Reason reason, String detail) {
    if (!x.isBootClient() && !x.isKnown()) {
      return Verdict.Silence.because(reason);
    }
    Stage stage = type == MessageType.DISCOVER ? Stage.DISCOVER : Stage.REQUEST;
    return new Verdict.Silence(
        reason,
        List.of(),
        x.sighting(Optional.empty()),
        List.of(BootEvent.of(x.now(), x.mac(), stage, reason, Optional.empty(), detail)));
  }
}
