package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.plan.BootPlan;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Decides what is done about a packet. Pure: the same input gives the same verdict. */
public final class Responder {
  private final Function<PlanRequest, BootPlan> planner;

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
    Optional<Mac> mac = in.mac().filter(m -> !m.isMulticast() && m.bits() != 0);
    if (type.isEmpty() || mac.isEmpty()) {
      return Verdict.Silence.because(Reason.MALFORMED_PACKET);
    }
    Optional<Segment> segment = segment(in, at, state);
    if (segment.isEmpty()) {
      return Verdict.Silence.because(
          in.giaddr().isAny() ? Reason.SEGMENT_OFF : Reason.UNKNOWN_SEGMENT);
    }
    if (segment.get().mode() == Segment.Mode.OFF) {
      return Verdict.Silence.because(Reason.SEGMENT_OFF);
    }
    BootPlan plan = plan(in, mac.get(), at, segment.get(), state);
    Exchange x =
        new Exchange(
            in, mac.get(), at, segment.get(), state.leases(), now, plan, state.inventory());
    Verdict verdict =
        Gate.shuts(x, type.get(), state.others()).orElseGet(() -> dispatch(x, type.get()));
    return LookPacket.isOne(in) ? LookPacket.unnoticed(verdict) : verdict;
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
      case DECLINE -> ServerMode.decline(x);
      case RELEASE -> ServerMode.release(x);
      case OFFER, ACK, NAK -> Verdict.Silence.because(Reason.NOT_A_REQUEST);
    };
  }

  /**
   * The relay's, else that of the card it came through. A machine behind a relay renews by unicast,
   * without the relay: there its address tells.
   */
  private static Optional<Segment> segment(DhcpPacket in, Arrival at, Snapshot state) {
    if (!in.giaddr().isAny()) {
      return state.site().segmentOf(in.giaddr());
    }
    Optional<Segment> here = Optional.ofNullable(state.site().segments().get(at.segment()));
    boolean routed =
        !in.ciaddr().isAny()
            && in.ciaddr().equals(at.source())
            && here.filter(s -> s.subnet().contains(in.ciaddr())).isEmpty();
    return routed
        ? state.site().segmentOf(in.ciaddr()).filter(Segment::relayOnly).or(() -> here)
        : here;
  }

  private BootPlan plan(DhcpPacket in, Mac mac, Arrival at, Segment segment, Snapshot state) {
    Optional<Ipv4> address = Optional.of(in.ciaddr()).filter(a -> !a.isAny());
    Reach reach = new Reach(Optional.of(segment), at.serverAddress(), address, Optional.empty());
    return planner.apply(
        new PlanRequest(state.site(), state.inventory(), Clients.of(in, mac), reach));
  }
}
