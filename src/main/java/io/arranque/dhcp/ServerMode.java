package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * RFC 2131 §4.3: the server that gives addresses. Each method is named after the client's state.
 */
final class ServerMode {
  /** Long enough for a client on a slow network, short enough that a flood does no lasting harm. */
  static final Duration OFFER_HOLDS = Duration.ofMinutes(1);

  private ServerMode() {}

  /** §4.3.1: offer an address. */
  static Verdict discover(Exchange x) {
    Optional<Reason> refusal = Strangers.refusal(x);
    if (refusal.isPresent()) {
      return x.silence(Stage.DISCOVER, refusal.get());
    }
    Optional<Ipv4> chosen = Allocation.choose(x);
    if (chosen.isEmpty()) {
      return none(x);
    }
    Ipv4 address = chosen.get();
    DhcpPacket offer = Replies.lease(x, MessageType.OFFER, address);
    return x.reply(
        offer,
        Destination.of(offer, Ipv4.ANY),
        List.of(),
        held(x, address),
        Optional.empty(),
        List.of(x.asked(Stage.DISCOVER, Optional.empty()), x.given(Stage.OFFER, chosen)));
  }

  /** A larger pool would not help whose only address another device uses. */
  private static Verdict none(Exchange x) {
    Optional<Ipv4> used = Allocation.onlyOneIsUsed(x);
    return used.isPresent()
        ? x.silence(Stage.DISCOVER, Reason.ADDRESS_IN_USE, used, "")
        : x.silence(Stage.DISCOVER, Reason.POOL_EXHAUSTED);
  }

  /** An address that is its own anyway need not be held for it. */
  private static List<Offer> held(Exchange x, Ipv4 address) {
    if (LeaseTime.kept(x, address).isPresent()) {
      return List.of();
    }
    Offer.To to = Strangers.to(x);
    return List.of(new Offer(address, x.mac(), x.segment().name(), x.now().plus(to.holds), to));
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
    if (!x.isUs(server)) {
      return x.silence(Stage.REQUEST, Reason.NOT_OUR_SERVER_ID, "chose " + server)
          .withdrawing(Allocation.ownOffer(x));
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
    boolean itsOwn = Allocation.ownLeaseAt(x, wanted).isPresent();
    boolean here = x.segment().subnet().contains(wanted);
    if (here && itsOwn && Allocation.mayHave(x, wanted)) {
      // What a running system does twice a day is no news.
      return bind(x, wanted, boots ? bootEvents(x, wanted) : List.of());
    }
    boolean known =
        itsOwn || Allocation.ownLease(x).isPresent() || x.plan().reservation().isPresent();
    boolean anothers = here && Allocation.isTaken(x, wanted);
    // "If the DHCP server has no record of this client, then it MUST remain silent": on a wire with
    // a second server its lease may be that one's. Who says that there is none answers it, which
    // spares a PC that was carried in from elsewhere a minute of waiting.
    return known || anothers || x.segment().authoritative()
        ? refuse(x, wanted)
        : x.silence(Stage.REQUEST, Reason.NOT_OUR_LEASE);
  }

  /** §4.3.5: it has an address and wants to know the rest. */
  static Verdict inform(Exchange x) {
    Optional<Ipv4> address = x.informer();
    if (address.isEmpty()) {
      return Verdict.Silence.because(Reason.NOT_OUR_LEASE);
    }
    return x.reply(
        Replies.information(x),
        Destination.informed(x.in(), x.at()),
        address.filter(a -> !a.isAny()),
        List.of());
  }

  private static Verdict bind(Exchange x, Ipv4 address, List<BootEvent> events) {
    Optional<Lease> same = Allocation.ownLeaseAt(x, address);
    Optional<Lease> before = same.isPresent() ? same : Allocation.ownLease(x);
    Optional<String> said = x.in().options().text(OptionCode.HOST_NAME);
    Optional<String> hostname = said.isPresent() ? said : before.flatMap(Lease::hostname);
    List<LeaseChange> changes = new ArrayList<>(endOfOthers(x, address));
    Optional<Lease> kept = LeaseTime.kept(x, address);
    if (kept.isEmpty() || !kept.get().hostname().equals(hostname)) {
      Lease lease =
          new Lease(
              address,
              x.mac(),
              x.segment().name(),
              same.map(Lease::since).orElse(x.now()),
              x.now().plus(LeaseTime.told(x, address)),
              hostname);
      changes.add(new LeaseChange.Bound(lease));
    }
    DhcpPacket ack = Replies.lease(x, MessageType.ACK, address);
    return x.reply(
        ack,
        Destination.of(ack, x.in().ciaddr()),
        changes,
        List.of(),
        Optional.of(address),
        events);
  }

  /** A machine has one address on a wire, also where several segments share it. */
  private static List<LeaseChange> endOfOthers(Exchange x, Ipv4 address) {
    List<LeaseChange> changes = new ArrayList<>();
    for (String segment : x.wire()) {
      Optional<Lease> old = x.leases().of(x.mac(), segment);
      if (old.isPresent() && !old.get().address().equals(address) && old.get().isLive(x.now())) {
        changes.add(new LeaseChange.Released(old.get().address(), x.now()));
      }
    }
    return changes;
  }

  private static Verdict refuse(Exchange x, Ipv4 wanted) {
    DhcpPacket nak = Replies.refusal(x);
    return x.reply(
        nak,
        Destination.of(nak, x.in().ciaddr()),
        Optional.empty(),
        List.of(x.asked(Stage.REQUEST, Reason.WRONG_ADDRESS, Optional.of(wanted))));
  }

  private static List<BootEvent> bootEvents(Exchange x, Ipv4 address) {
    return List.of(
        x.asked(Stage.REQUEST, Optional.of(address)), x.given(Stage.ACK, Optional.of(address)));
  }
}
