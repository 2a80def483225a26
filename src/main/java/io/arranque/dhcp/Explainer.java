package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.PacketText;
import io.arranque.inventory.Machine;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Planner;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a {@link Question} to the real {@link Responder}, and reads its answer as the client would:
 * encoded for the wire and decoded again. Nothing of the verdict is done, so nothing changes.
 */
public final class Explainer {
  private final Planner planner;
  private final Function<Optional<Segment>, Ipv4> serverAddress;

  /**
   * @param serverAddress our own address as machines of a segment see it
   */
  public Explainer(Planner planner, Function<Optional<Segment>, Ipv4> serverAddress) {
    this.planner = planner;
    this.serverAddress = serverAddress;
  }

  /** A snapshot of what is on disk, for asking while no server runs. */
  public static LeaseView leases(Site site, LeaseBook.LoadedLeases loaded) {
    LeaseTable table = new LeaseTable();
    table.load(loaded);
    table.segments(site);
    return table;
  }

  public Explained explain(Question question, Snapshot state, Instant now) {
    Machine machine =
        state.inventory().machine(question.mac()).orElseGet(() -> Machine.unknown(question.mac()));
    Optional<Segment> segment = question.whatIf(machine).segment(machine, state.site());
    Optional<Ipv4> relay =
        question.relay().or(() -> segment.filter(Segment::relayOnly).map(Explainer::itsRelay));
    Optional<Segment> whose = relay.map(state.site()::segmentOf).orElse(segment);
    DhcpPacket discover = relayed(question.discover(machine), relay);
    Answer answer = put(discover, arrival(whose, relay), state, now);
    if (question.type() == MessageType.REQUEST && answer.verdict() instanceof Verdict.Reply offer) {
      DhcpPacket request = follows(discover, offer.packet(), machine);
      answer = put(request, port(answer.at(), offer.packet(), request), state, now);
    }
    return explained(answer);
  }

  private Answer put(DhcpPacket asked, Arrival at, Snapshot state, Instant now) {
    Deque<BootPlan> plans = new ArrayDeque<>();
    Responder responder =
        new Responder(
            request -> {
              plans.add(planner.plan(request));
              return plans.getLast();
            });
    Verdict verdict = responder.respond(asked, at, state, now);
    Optional<BootPlan> plan = Optional.ofNullable(plans.peekLast());
    return new Answer(asked, at, verdict, plan, quirks(asked, verdict, plan, state.site()));
  }

  /** By option code, which row of the table wanted it. */
  private static Map<Integer, String> quirks(
      DhcpPacket asked, Verdict verdict, Optional<BootPlan> plan, Site site) {
    if (plan.isEmpty()
        || asked.mac().isEmpty()
        || !(verdict instanceof Verdict.Reply reply)
        || reply.packet().messageType().filter(MessageType.NAK::equals).isPresent()) {
      return Map.of();
    }
    boolean address = !reply.packet().yiaddr().isAny();
    return Exchange.treatment(site.quirks(), asked, asked.mac().get(), plan.get(), address)
        .origins();
  }

  private static Explained explained(Answer answer) {
    String asked =
        PacketText.summary(answer.asked())
            + answer.asked().vendorClass().map(text -> " (" + text + ")").orElse("")
            + (answer.at().segment().isEmpty() ? "" : " on " + answer.at().segment())
            + (answer.at().port() == Arrival.DHCP ? "" : ", port " + answer.at().port());
    if (answer.verdict() instanceof Verdict.Silence silence) {
      return new Explained(asked, silence.reason(), Optional.empty(), List.of(), List.of());
    }
    Verdict.Reply reply = (Verdict.Reply) answer.verdict();
    byte[] payload = DhcpCodec.encode(reply.packet(), reply.layout());
    ReplyText text = new ReplyText(answer.asked(), reply.packet(), answer.plan(), answer.quirks());
    DhcpPacket read = read(payload);
    return new Explained(
        asked,
        reason(answer),
        Optional.of(
            "%s, %d octets, to %s port %d"
                .formatted(
                    PacketText.summary(read),
                    payload.length,
                    reply.destination().address(),
                    reply.destination().port())),
        text.parts(read),
        text.leftOut(read));
  }

  /** Why a reply has no boot file, if it has none. */
  private static Reason reason(Answer answer) {
    Optional<Reason> missing = answer.plan().map(BootPlan::bootFileReason);
    boolean system = missing.filter(Reason.NOT_A_BOOT_CLIENT::equals).isPresent();
    return system ? Reason.ADDRESS_ONLY : missing.orElse(Reason.OK);
  }

  private static DhcpPacket read(byte[] payload) {
    try {
      return DhcpCodec.decode(payload);
    } catch (MalformedPacket e) {
      throw new IllegalStateException("we wrote what we cannot read", e);
    }
  }

  /** Nobody told which; the router is where relays are. */
  private static Ipv4 itsRelay(Segment segment) {
    return segment.router().orElseGet(() -> segment.subnet().network().plus(1));
  }

  private Arrival arrival(Optional<Segment> segment, Optional<Ipv4> relay) {
    return new Arrival(
        segment.map(Segment::name).orElse(""),
        serverAddress.apply(segment),
        Arrival.DHCP,
        relay.orElse(Ipv4.ANY),
        relay.isPresent() ? Arrival.DHCP : Arrival.CLIENT);
  }

  private static DhcpPacket relayed(DhcpPacket packet, Optional<Ipv4> relay) {
    return relay.map(address -> packet.withHops(1).withGiaddr(address)).orElse(packet);
  }

  /**
   * The REQUEST that takes the offer; beside another server the one that asks for the boot file.
   */
  private static DhcpPacket follows(DhcpPacket discover, DhcpPacket offer, Machine machine) {
    DhcpPacket request = discover.with(MessageType.REQUEST.option());
    if (offer.yiaddr().isAny()) {
      // Straight to us and by no relay: it has its address by then (PXE 2.1 §2.2.3).
      return request
          .withGiaddr(Ipv4.ANY)
          .withHops(0)
          .withCiaddr(machine.address().orElse(Ipv4.ANY));
    }
    Optional<DhcpOption> server = offer.options().option(OptionCode.SERVER_IDENTIFIER);
    request = request.with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, offer.yiaddr()));
    return server.map(request::with).orElse(request);
  }

  private static Arrival port(Arrival at, DhcpPacket offer, DhcpPacket request) {
    return offer.yiaddr().isAny()
        ? new Arrival(
            at.segment(), at.serverAddress(), Arrival.PROXY_DHCP, request.ciaddr(), Arrival.CLIENT)
        : at;
  }

  private record Answer(
      DhcpPacket asked,
      Arrival at,
      Verdict verdict,
      Optional<BootPlan> plan,
      Map<Integer, String> quirks) {}
}
