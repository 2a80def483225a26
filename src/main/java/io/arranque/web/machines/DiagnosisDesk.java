package io.arranque.web.machines;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.OtherServer;
import io.arranque.dhcp.Question;
import io.arranque.diagnosis.Circumstances;
import io.arranque.diagnosis.Circumstances.Dhcp;
import io.arranque.diagnosis.Diagnosis;
import io.arranque.inventory.Machine;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Rendered;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.Pace;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Parts;
import io.arranque.web.views.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what is known around one machine, and asks what is the matter with it. */
public final class DiagnosisDesk {
  /** A dozen boots, or one of which much was asked in vain. */
  private static final int EVENTS = 300;

  /** A download that broke off is reported; one that is a second old is not worth a word. */
  private static final Duration NOTICEABLE = Duration.ofSeconds(2);

  private final Parts parts;
  private final Desk desk;
  private final RoomPaces paces;

  public DiagnosisDesk(Parts parts, Desk desk) {
    this.parts = parts;
    this.desk = desk;
    this.paces = new RoomPaces(parts);
  }

  /**
   * All that is known of a machine's boots.
   *
   * @param boots the newest first
   * @param pace of the other machines of its room
   */
  public record Health(Diagnosis diagnosis, List<BootRun> boots, Pace pace, int othersUp) {}

  public Health health(Mac mac) {
    Machine machine = parts.book().view().machine(mac).orElseGet(() -> Machine.unknown(mac));
    Instant now = parts.clock().instant();
    List<BootEvent> events = parts.timeline().of(mac, EVENTS);
    List<BootRun> boots = BootRun.of(events, machine.lastSeen(), now);
    RoomPaces.Others others = paces.around(machine);
    Circumstances around = circumstances(machine, boots, others, now);
    return new Health(Diagnosis.of(events, around), boots, others.pace(), others.othersUp());
  }

  private Circumstances circumstances(
      Machine machine, List<BootRun> boots, RoomPaces.Others others, Instant now) {
    Optional<Segment> segment =
        machine
            .segment()
            .flatMap(name -> Optional.ofNullable(parts.site().get().segments().get(name)))
            .or(() -> ofItsRoom(machine));
    BootPlan plan = desk.bootPlan(Question.of(machine.mac()));
    boolean failed =
        !boots.isEmpty() && boots.get(0).decisive().filter(BootEvent::isFailure).isPresent();
    return new Circumstances(
        now,
        machine.lastSeen(),
        segment.map(DiagnosisDesk::dhcp).orElse(Dhcp.UNKNOWN),
        segment.map(this::rivals).orElse(List.of()),
        machine.hardware().memory(),
        machine.hardware().firmware().map(f -> f.startsWith("uefi")),
        failed ? Optional.of(troubles(plan)) : Optional.empty(),
        plan.role().filter(role -> !role.value().documents().isEmpty()).isPresent(),
        plan.image().map(image -> image.value().initrds().size()).orElse(0),
        parts.site().get().settings().httpPort(),
        download(machine, now),
        others.pace(),
        others.othersUp(),
        holders());
  }

  /** As found last. */
  private Map<Ipv4, String> holders() {
    Map<Ipv4, String> holders = new HashMap<>();
    for (Conflict conflict : parts.surroundings().get().conflicts()) {
      conflict.holder().ifPresent(mac -> holders.putIfAbsent(conflict.address(), mac.toString()));
    }
    return holders;
  }

  /** Where a machine that was never heard of stands, by what people say. */
  private Optional<Segment> ofItsRoom(Machine machine) {
    Optional<String> room = machine.assignment().room();
    List<Segment> there =
        parts.site().get().segments().values().stream()
            .filter(segment -> room.isPresent() && segment.room().equals(room))
            .toList();
    // Of several one that serves may be its own.
    return there.stream()
        .filter(segment -> segment.mode() != Segment.Mode.OFF)
        .findFirst()
        .or(() -> there.stream().findFirst());
  }

  private static Dhcp dhcp(Segment segment) {
    return switch (segment.mode()) {
      case SERVER -> Dhcp.SERVER;
      case PROXY -> Dhcp.PROXY;
      case OFF -> Dhcp.OFF;
    };
  }

  /** Those that answered us first. */
  private List<Circumstances.Rival> rivals(Segment segment) {
    return parts.surroundings().get().servers().stream()
        .filter(server -> server.segment().equals(segment.name()) && server.present())
        .sorted(Comparator.comparing(OtherServer::givesAddresses).reversed())
        .map(
            server ->
                new Circumstances.Rival(
                    server.address().toString(), server.name(), server.givesAddresses()))
        .toList();
  }

  /** Costs a rendering of all that the machine is handed; only for one that failed. */
  private Set<Reason> troubles(BootPlan plan) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    BootPlan judged = parts.planner().judged(plan);
    judged.troubles().forEach(trouble -> reasons.add(trouble.reason()));
    if (parts.planner().script(judged) instanceof Rendered.Broken) {
      reasons.add(Reason.TEMPLATE_BROKEN);
    }
    return reasons;
  }

  private Optional<Circumstances.Running> download(Machine machine, Instant now) {
    return parts.downloads().get().downloads().stream()
        .filter(d -> machine.address().filter(d.address()::equals).isPresent())
        .filter(d -> d.began().isBefore(now.minus(NOTICEABLE)))
        .findFirst()
        .map(
            d ->
                new Circumstances.Running(
                    d.file(), d.done(), d.total(), d.bitsPerSecond() / 8, d.began(), d.stalled()));
  }
}
