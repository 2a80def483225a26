package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * RFC 2131 §4.3: the server that gives addresses. Each method is named after the client's state.
 */
final class ServerMode {
  /** Long enough for a client on a slow network, short enough that a flood does no lasting harm. */
  static final Duration OFFER_HOLDS = Duration.ofMinutes(1);

  static final Duration QUARANTINE = Duration.ofHours(1);

  private ServerMode() {}

  /** §4.3.1: offer an address. */
  static Verdict discover(Exchange x) {
    Optional<Reason> refusal = Strangers.refusal(x);
    if (refusal.isPresent()) {
      return x.silence(Stage.DISCOVER, refusal.get());
    }
    Optional<Ipv4> chosen = Allocation.choose(x);
    if (chosen.isEmpty()) {
      return x.silence(Stage.DISCOVER, Reason.POOL_EXHAUSTED);
    }
    Ipv4 address = chosen.get();
    Offer.To to = Strangers.to(x);
    DhcpPacket offer = Replies.lease(x, MessageType.OFFER, address);
    return new Verdict.Reply(
        offer,
        Destination.of(offer, Ipv4.ANY),
        List.of(),
        List.of(new Offer(address, x.mac(), x.segment().name(), x.now().plus(to.holds), to)),
        x.sighting(Optional.empty()),
        List.of(x.asked(Stage.DISCOVER, Optional.empty()), x.given(Stage.OFFER, chosen)));
  }

  /** §4.3.2: which of its states the client is in shows by what it fills in (Table 4). */
  static Verdict request(Exchange x) {
    Optional<Ipv4> server = x.in().options().address(OptionCode.SERVER_IDENTIFIER);
    Optional<Ipv4> wanted = x.requestedAddress();
    if (server.isPresent()) {
      return selecting(x, server.get(), wanted.orElse(x.in().ciaddr()));
    }
    if (!x.in().ciaddr().isAny()) {
      return renewingOrRebinding(x, x.in().ciaddr());
    }
    return wanted.isPresent()
        ? initReboot(x, wanted.get())
        : Verdict.Silence.because(Reason.MALFORMED_PACKET);
  }

  /** It answers an OFFER, ours or another server's. */
  private static Verdict selecting(Exchange x, Ipv4 server, Ipv4 wanted) {
    if (!server.equals(x.at().serverAddress())) {
      return x.silence(Stage.REQUEST, Reason.NOT_OUR_SERVER_ID);
    }
    Optional<Ipv4> offered = Allocation.ownOffer(x).map(Offer::address);
    Optional<Reason> refusal = Strangers.refusal(x);
    if (refusal.isPresent()) {
      return x.silence(Stage.REQUEST, refusal.get());
    }
    boolean asOffered = offered.isEmpty() || offered.get().equals(wanted);
    return asOffered && Allocation.mayHave(x, wanted)
        ? bind(x, wanted, bootEvents(x, wanted))
        : refuse(x, wanted);
  }

  /** It restarted and wants the address it remembers. */
  private static Verdict initReboot(Exchange x, Ipv4 wanted) {
    return remembers(x, wanted, true);
  }

  /**
   * It prolongs its lease: by unicast while RENEWING, by broadcast while REBINDING. A socket does
   * not tell which it was, and the answer is the same.
   */
  private static Verdict renewingOrRebinding(Exchange x, Ipv4 wanted) {
    return remembers(x, wanted, false);
  }

  private static Verdict remembers(Exchange x, Ipv4 wanted, boolean boots) {
    if (!x.segment().subnet().contains(wanted) || Allocation.isTaken(x, wanted)) {
      return refuse(x, wanted);
    }
    boolean itsOwn = Allocation.ownLeaseAt(x, wanted).isPresent();
    if (itsOwn && Allocation.mayHave(x, wanted)) {
      // What a running system does twice a day is no news.
      return bind(x, wanted, boots ? bootEvents(x, wanted) : List.of());
    }
    boolean known = Allocation.ownLease(x).isPresent() || x.plan().reservation().isPresent();
    // "If the DHCP server has no record of this client, then it MUST remain silent".
    return known ? refuse(x, wanted) : x.silence(Stage.REQUEST, Reason.NOT_OUR_LEASE);
  }

  /** §4.3.3: it found the address in use by somebody else. */
  static Verdict decline(Exchange x) {
    Optional<Ipv4> declined = x.requestedAddress();
    if (!isToUs(x)) {
      return Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
    }
    // Only its own: otherwise one machine could decline the whole pool.
    if (declined.isEmpty() || !isIts(x, declined.get())) {
      return Verdict.Silence.because(Reason.NOT_OUR_LEASE);
    }
    return new Verdict.Silence(
        Reason.ADDRESS_DECLINED,
        List.of(new LeaseChange.Quarantined(declined.get(), x.now().plus(QUARANTINE))),
        x.sighting(Optional.empty()),
        List.of(x.asked(Stage.REQUEST, Reason.ADDRESS_DECLINED, declined)));
  }

  /** §4.3.4: it gives its address back; it is still the first choice when it returns. */
  static Verdict release(Exchange x) {
    Ipv4 address = x.in().ciaddr();
    if (!isToUs(x)) {
      return Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
    }
    boolean its =
        x.leases()
            .at(address)
            .filter(lease -> lease.mac().equals(x.mac()) && lease.isLive(x.now()))
            .isPresent();
    return its
        ? new Verdict.Silence(
            Reason.ADDRESS_RELEASED,
            List.of(new LeaseChange.Released(address, x.now())),
            x.sighting(Optional.empty()),
            List.of())
        : Verdict.Silence.because(Reason.NOT_OUR_LEASE);
  }

  /** §4.3.5: it has an address and wants to know the rest. */
  static Verdict inform(Exchange x) {
    // A spoofed ciaddr elsewhere would make us send to strangers.
    if (!x.segment().subnet().contains(x.in().ciaddr())) {
      return Verdict.Silence.because(Reason.NOT_OUR_LEASE);
    }
    DhcpPacket reply = Replies.information(x);
    return new Verdict.Reply(
        reply,
        Destination.informed(x.in()),
        List.of(),
        List.of(),
        x.sighting(Optional.of(x.in().ciaddr())),
        List.of());
  }

  private static Verdict bind(Exchange x, Ipv4 address, List<BootEvent> events) {
    Optional<Lease> before = Allocation.ownLease(x);
    List<LeaseChange> changes = new ArrayList<>();
    before
        .filter(old -> !old.address().equals(address) && old.isLive(x.now()))
        .ifPresent(old -> changes.add(new LeaseChange.Released(old.address(), x.now())));
    Optional<Lease> same = Allocation.ownLeaseAt(x, address);
    Instant since = same.map(Lease::since).orElse(x.now());
    Optional<String> hostname =
        x.in()
            .options()
            .text(OptionCode.HOST_NAME)
            .or(() -> same.or(() -> before).flatMap(Lease::hostname));
    changes.add(
        new LeaseChange.Bound(
            new Lease(
                address,
                x.mac(),
                x.segment().name(),
                since,
                x.now().plus(Replies.leaseTime(x)),
                hostname)));
    DhcpPacket ack = Replies.lease(x, MessageType.ACK, address);
    return new Verdict.Reply(
        ack,
        Destination.of(ack, x.in().ciaddr()),
        changes,
        List.of(),
        x.sighting(Optional.of(address)),
        events);
  }

  private static Verdict refuse(Exchange x, Ipv4 wanted) {
    DhcpPacket nak = Replies.refusal(x);
    return new Verdict.Reply(
        nak,
        Destination.of(nak, x.in().ciaddr()),
        List.of(),
        List.of(),
        x.sighting(Optional.empty()),
        List.of(x.asked(Stage.REQUEST, Reason.WRONG_ADDRESS, Optional.of(wanted))));
  }

  private static List<BootEvent> bootEvents(Exchange x, Ipv4 address) {
    return List.of(
        x.asked(Stage.REQUEST, Optional.of(address)), x.given(Stage.ACK, Optional.of(address)));
  }

  /** DECLINE and RELEASE must name a server (Table 5); clients that forget to mean us. */
  private static boolean isToUs(Exchange x) {
    return x.in()
        .options()
        .address(OptionCode.SERVER_IDENTIFIER)
        .map(x.at().serverAddress()::equals)
        .orElse(true);
  }

  private static boolean isIts(Exchange x, Ipv4 address) {
    return x.leases().at(address).filter(lease -> lease.mac().equals(x.mac())).isPresent()
        || x.leases().offerAt(address).filter(o -> o.mac().equals(x.mac())).isPresent();
  }
}
