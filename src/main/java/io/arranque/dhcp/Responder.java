package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.plan.BootPlan;
import io.arranque.plan.NetworkMemo;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides what is done about a packet. Pure: the same input gives the same verdict. */
public final class Responder {
  private final Function<PlanRequest, BootPlan> planner;
  private final NetworkMemo networks = new NetworkMemo();

  public Responder(Planner planner) {
    this(planner::plan);
  }

  /** For who wants to see the very plan that a verdict was made from. */
  Responder(Function<PlanRequest, BootPlan> planner) {
    this.planner = planner;
  }

  public Verdict respond(DhcpPacket in, Arrival at, Snapshot state, Instant now) {
    if (in.op() != DhcpPacket.Op.REQUEST) {
      return Verdict.Silence.because(Reason.NOT_A_REQUEST);
    }
    Optional<MessageType> type = in.messageType();
    if (type.isEmpty() && !in.isBootp()) {
      return Verdict.Silence.because(Reason.MALFORMED_PACKET);
    }
    Optional<Mac> mac = in.mac().filter(m -> !m.isMulticast() && m.bits() != 0);
    if (mac.isEmpty()) {
      return Verdict.Silence.because(Reason.NOT_ETHERNET);
    }
    Whereabouts where = Whereabouts.of(in, at, state.site());
    if (where.segments().isEmpty()) {
      return Verdict.Silence.because(where.otherwise());
    }
    List<Exchange> all = new ArrayList<>(where.segments().size());
    for (Segment segment : where.segments()) {
      all.add(exchange(in, mac.get(), at.on(segment.name()), segment, state, now));
    }
    Exchange x = SharedWire.choose(all);
    Optional<Verdict> shut = Gate.shuts(x, type, state.others());
    Verdict verdict = shut.isPresent() ? shut.get() : dispatch(x, type);
    return LookPacket.isOne(in) ? LookPacket.unnoticed(verdict) : verdict;
  }

  private static Verdict dispatch(Exchange x, Optional<MessageType> type) {
    return type.isPresent() ? dispatch(x, type.get()) : BootpMode.request(x);
  }

  private Exchange exchange(
      DhcpPacket in, Mac mac, Arrival at, Segment segment, Snapshot state, Instant now) {
    return new Exchange(
        in,
        mac,
        at,
        segment,
        state.leases(),
        now,
        plan(in, mac, at, segment, state),
        state.inventory(),
        state.site().quirks(),
        networks);
  }

  private static Verdict dispatch(Exchange x, MessageType type) {
    if (x.at().port() == Arrival.PROXY_DHCP) {
      return BootServerMode.port4011(x, type);
    }
    return switch (x.segment().mode()) {
      case SERVER -> server(x, type);
      case PROXY -> BootServerMode.proxy(x, type);
      case OFF -> Verdict.Silence.because(Reason.SEGMENT_OFF);
    };
  }

  private static Verdict server(Exchange x, MessageType type) {
    boolean ignored = x.plan().isIgnored();
    return switch (type) {
      case DISCOVER ->
          ignored ? x.silence(Stage.DISCOVER, Reason.MACHINE_IGNORED) : ServerMode.discover(x);
      case REQUEST ->
          ignored ? Verdict.Silence.because(Reason.MACHINE_IGNORED) : ServerMode.request(x);
      case INFORM ->
          ignored ? Verdict.Silence.because(Reason.MACHINE_IGNORED) : ServerMode.inform(x);
      case DECLINE -> HandBack.decline(x);
      case RELEASE -> HandBack.release(x);
      case OFFER, ACK, NAK -> Verdict.Silence.because(Reason.NOT_A_REQUEST);
    };
  }

  private BootPlan plan(DhcpPacket in, Mac mac, Arrival at, Segment segment, Snapshot state) {
    Optional<Ipv4> address = Optional.of(in.ciaddr()).filter(a -> !a.isAny());
    Reach reach = new Reach(Optional.of(segment), at.serverAddress(), address, Optional.empty());
    return planner.apply(
        new PlanRequest(state.site(), state.inventory(), Clients.of(in, mac), reach));
  }
}
