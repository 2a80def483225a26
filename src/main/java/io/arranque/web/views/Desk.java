package io.arranque.web.views;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Explained;
import io.arranque.dhcp.Question;
import io.arranque.dhcp.Surroundings;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Identity;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.plan.Arming;
import io.arranque.plan.BootPlan;
import io.arranque.plan.PlanText;
import io.arranque.plan.Planned;
import io.arranque.plan.Preview;
import io.arranque.plan.Rendered;
import io.arranque.plan.Supposition;
import io.arranque.plan.WhatIf;
import io.arranque.site.BootPolicy;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Fault;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.views.Views.EventView;
import io.arranque.web.views.Views.HardwareView;
import io.arranque.web.views.Views.MachineView;
import io.arranque.web.views.Views.PlanView;
import io.arranque.web.views.Views.ReplyView;
import io.arranque.web.views.Views.RoleView;
import io.arranque.web.views.Views.RoomView;
import io.arranque.web.views.Views.SegmentView;
import io.arranque.web.views.Views.TextView;
import io.arranque.web.views.Views.ValueView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that can be looked up. Page and API ask the same methods. */
public final class Desk {
  private static final int TEXT_EVENTS = 20;

  /** Half a year of renewing a lease of twelve hours. */
  private static final int LONG_HISTORY = 500;

  private static final java.util.regex.Pattern DIGITS =
      java.util.regex.Pattern.compile("[0-9]{1,12}");

  private final Parts parts;

  public Desk(Parts parts) {
    this.parts = parts;
  }

  /** All machines: named ones first, by room, seat and name. */
  public List<MachineView> machines() {
    Site site = parts.site().get();
    Set<String> secrets = Views.secretNames(site);
    return parts.book().view().machines().stream()
        .map(machine -> view(site, secrets, machine))
        .sorted(
            Comparator.comparing((MachineView m) -> m.plannedRoom().isEmpty())
                .thenComparing(MachineView::plannedRoom)
                .thenComparing(m -> m.seat().isEmpty())
                .thenComparing(m -> natural(m.seat()))
                .thenComparing(m -> natural(m.name())))
        .toList();
  }

  /** For sorting: pc2 before pc10. */
  public static String natural(String text) {
    return DIGITS
        .matcher(text)
        .replaceAll(digits -> "0".repeat(12 - digits.group().length()) + digits.group());
  }

  public Optional<MachineView> machine(Mac mac) {
    Site site = parts.site().get();
    return parts.book().view().machine(mac).map(m -> view(site, Views.secretNames(site), m));
  }

  /** For programs. */
  public MachineView found(Mac mac) {
    return machine(mac).orElseThrow(() -> Fault.notFound("There is no machine " + mac + "."));
  }

  /** Machines to which something happened at that time or later. */
  public List<Mac> movedSince(Instant since) {
    return parts.book().view().machines().stream()
        .map(Machine::mac)
        .filter(mac -> parts.timeline().last(mac).filter(e -> !e.at().isBefore(since)).isPresent())
        .toList();
  }

  private BootStatus status(Machine machine) {
    Mac mac = machine.mac();
    Optional<BootEvent> last = parts.timeline().last(mac);
    List<BootEvent> events = last.map(List::of).orElse(List.of());
    if (last.filter(BootStatus::needsHistory).isPresent()) {
      events = parts.timeline().of(mac, BootStatus.EVENTS);
      if (events.size() == BootStatus.EVENTS && BootStatus.isAllDhcp(events)) {
        events = parts.timeline().of(mac, LONG_HISTORY);
      }
    }
    return BootStatus.of(events, machine.lastSeen(), parts.clock().instant());
  }

  /** Newest first. */
  public List<EventView> timeline(Mac mac, int limit) {
    return parts.timeline().of(mac, limit).stream().map(Views::event).toList();
  }

  /** The plan, DHCP's answer and the last events as lines for a terminal. */
  public List<String> planText(Question question, Supposition supposition) {
    List<String> reply =
        parts
            .explain()
            .apply(question)
            .map(Explained::lines)
            .orElseGet(() -> List.of("  DHCP cannot tell now."));
    return new PlanText(parts.planner(), ZoneId.systemDefault())
        .lines(
            supposed(question, supposition),
            reply,
            parts.timeline().of(question.mac(), TEXT_EVENTS));
  }

  /** What DHCP would answer; empty when it cannot tell now. */
  public Optional<ReplyView> reply(Question question) {
    return parts.explain().apply(question).map(Views::reply);
  }

  public PlanView plan(Question question) {
    return plan(question, Supposition.NOTHING);
  }

  public PlanView plan(Question question, Supposition supposition) {
    Preview preview = preview(question, supposition);
    BootPlan plan = preview.plan();
    return new PlanView(
        question.mac().toString(),
        plan.way().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        plan.reason().name(),
        plan.troubles().stream().map(Object::toString).toList(),
        plan.troubles().stream()
            .map(t -> new Views.TroubleView(t.reason().name(), t.detail()))
            .toList(),
        plan.troubles().stream()
            .map(t -> t.reason().advice())
            .filter(a -> !a.isEmpty())
            .distinct()
            .toList(),
        values(plan, Views.secretNames(parts.site().get())),
        text(preview.script()),
        preview.documents().stream().map(Desk::text).toList(),
        preview.kernelLine(),
        preview.overlay().stream().map(Desk::text).toList(),
        parts.planner().choices(plan).stream()
            .map(choice -> new Views.ChoiceView(choice.what(), choice.where(), choice.why()))
            .toList());
  }

  /** All that the machine would be handed now, if it were as supposed. */
  public Preview preview(Question question, Supposition supposition) {
    return Preview.of(parts.planner(), supposed(question, supposition));
  }

  private BootPlan supposed(Question question, Supposition supposition) {
    Mac mac = question.mac();
    Inventory inventory = supposition.about(mac, parts.book().view());
    Machine machine = inventory.machine(mac).orElseGet(() -> Machine.unknown(mac));
    return parts
        .planner()
        .plan(
            question
                .whatIf(machine)
                .about(mac, parts.site().get(), inventory, parts.serverAddress())
                .at(parts.clock().instant()));
  }

  public List<RoleView> roles() {
    Map<String, Long> machines =
        count(m -> plannedRole(parts.site().get(), m).map(r -> r.value().name()));
    return parts.site().get().roles().values().stream()
        .map(role -> Views.role(role, machines.getOrDefault(role.name(), 0L)))
        .toList();
  }

  public Optional<Role> role(String name) {
    return Optional.ofNullable(parts.site().get().roles().get(name));
  }

  public List<RoomView> rooms() {
    Set<String> secrets = Views.secretNames(parts.site().get());
    Map<String, Long> machines = count(m -> m.assignment().room());
    return parts.book().view().rooms().stream()
        .map(room -> Views.room(room, secrets, machines.getOrDefault(room.name(), 0L)))
        .toList();
  }

  public List<SegmentView> segments() {
    Map<String, Long> leases =
        parts.leases().get().stream()
            .collect(Collectors.groupingBy(LeaseView::segment, Collectors.counting()));
    Surroundings surroundings = parts.surroundings().get();
    List<String> problems = parts.problems().get();
    return parts.site().get().segments().values().stream()
        .map(
            segment ->
                Views.segment(
                    segment,
                    leases.getOrDefault(segment.name(), 0L),
                    surroundings,
                    warnings(segment, problems)))
        .toList();
  }

  private static List<String> warnings(Segment segment, List<String> problems) {
    String prefix = "segment " + segment.name() + ": ";
    return problems.stream()
        .filter(problem -> problem.startsWith(prefix))
        .map(problem -> problem.substring(prefix.length()))
        .toList();
  }

  public List<NetworkViews.ConflictView> conflicts() {
    return NetworkViews.conflicts(parts.surroundings().get(), parts.book().view());
  }

  private Map<String, Long> count(Function<Machine, Optional<String>> property) {
    return parts.book().view().machines().stream()
        .map(property)
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }

  private MachineView view(Site site, Set<String> secrets, Machine machine) {
    Optional<BootPlan> plan = Optional.of(bootPlan(site, machine, WhatIf.AS_IT_IS));
    Optional<Planned<Role>> role = plan.flatMap(BootPlan::role);
    Machine.Assignment assignment = machine.assignment();
    return new MachineView(
        machine.mac().toString(),
        machine.mac().hyphenated(),
        machine.hostname(),
        assignment.hostname().orElse(""),
        assignment.room().orElse(""),
        plan.flatMap(p -> p.room()).map(r -> r.value().name()).orElse(""),
        assignment.seat().orElse(""),
        assignment.role().orElse(""),
        role.map(r -> r.value().name()).or(assignment::role).orElse(""),
        role.map(r -> r.origin().toString()).orElse(""),
        Views.masked(assignment.vars(), secrets),
        assignment.options().texts(),
        Views.text(assignment.reservation()),
        Views.text(plan.flatMap(BootPlan::reservation).map(Planned::value)),
        new HardwareView(
            Views.text(machine.hardware().uuid()),
            machine.hardware().serial().orElse(""),
            machine.hardware().vendor().orElse(""),
            machine.hardware().model().orElse(""),
            machine.hardware().firmware().orElse(""),
            machine.hardware().memory().orElse(0),
            machine.hardware().cpus().orElse(0)),
        machine.segment().orElse(""),
        Views.text(machine.address()),
        Views.switchPort(machine.switchPort()),
        machine.firstSeen().map(Views::text).orElse(""),
        machine.lastSeen().map(Views::text).orElse(""),
        Views.stage(status(machine)),
        assignment.policy().map(BootPolicy::label).orElse(""),
        AssignmentViews.boot(plan.orElseThrow().policy()),
        parts.book().view().macs(machine.mac()).stream().sorted().map(Mac::toString).toList(),
        Identity.pending(parts.book().view(), machine)
            .map(pending -> AssignmentViews.pending(machine, pending))
            .orElse(AssignmentViews.PendingView.NONE),
        SecretViews.provisioning(machine, Arming.of(plan.orElseThrow()), parts.clock().instant()));
  }

  private Optional<Planned<Role>> plannedRole(Site site, Machine machine) {
    return bootPlan(site, machine, WhatIf.AS_IT_IS).role();
  }

  /** The plan itself. */
  public BootPlan bootPlan(Question question) {
    Mac mac = question.mac();
    Machine machine = parts.book().view().machine(mac).orElseGet(() -> Machine.unknown(mac));
    return bootPlan(parts.site().get(), machine, question.whatIf(machine));
  }

  private BootPlan bootPlan(Site site, Machine machine, WhatIf whatIf) {
    return parts
        .planner()
        .plan(
            whatIf
                .about(machine.mac(), site, parts.book().view(), parts.serverAddress())
                .at(parts.clock().instant()));
  }

  private static List<ValueView> values(BootPlan plan, Set<String> secrets) {
    List<ValueView> values = new ArrayList<>();
    add(values, "role", plan.role(), Role::name);
    add(values, "room", plan.room(), r -> r.name());
    Arming.of(plan)
        .text(Views::text)
        .ifPresent(text -> values.add(new ValueView("secrets", text, "")));
    add(values, "hostname", Optional.of(plan.hostname()), h -> h);
    plan.lock().ifPresent(lock -> values.add(LockViews.value(lock)));
    add(values, "policy", Optional.of(plan.policy().boot()), BootPolicy::label);
    plan.reach()
        .segment()
        .ifPresent(s -> values.add(new ValueView("segment", s.name() + " " + s.subnet(), "")));
    add(values, "reservation", plan.reservation(), Ipv4::toString);
    if (plan.bootFile().isPresent()) {
      add(values, "boot-file", plan.bootFile(), f -> f.name());
    } else {
      Reason reason = plan.bootFileReason();
      values.add(new ValueView("boot-file", "", reason.sentence()));
    }
    add(values, "script", Optional.of(plan.script()), s -> s.file());
    add(values, "image", plan.image(), Image::name);
    plan.options()
        .forEach(
            o ->
                values.add(
                    new ValueView(
                        optionName(o.value().code()),
                        o.value().describe(),
                        o.origin().toString(),
                        Overridden.option(plan, o.value().code()))));
    plan.network()
        .switchedOff()
        .forEach(
            code ->
                values.add(new ValueView(optionName(code.value()), "", code.origin().toString())));
    plan.vars()
        .forEach(
            (name, v) ->
                values.add(
                    new ValueView(
                        "var." + name,
                        v.value().equals("") || !(v.secret() || secrets.contains(name))
                            ? String.valueOf(v.value())
                            : Planned.MASK,
                        v.origin().toString(),
                        Overridden.var(plan, name, secrets))));
    return List.copyOf(values);
  }

  private static String optionName(int code) {
    return "option " + code + " " + OptionCode.of(code).name();
  }

  private static <T> void add(
      List<ValueView> values,
      String name,
      Optional<Planned<T>> planned,
      Function<T, String> asText) {
    planned.ifPresent(
        p ->
            values.add(
                new ValueView(
                    name,
                    p.secret() ? Planned.MASK : asText.apply(p.value()),
                    p.origin().toString())));
  }

  public static TextView text(Preview.Part part) {
    String problem = part.text() instanceof Rendered.Broken broken ? broken.toString() : "";
    return new TextView(
        part.name(),
        part.text().ifText().orElse(""),
        problem,
        part.file(),
        part.format(),
        part.findings().stream().map(found -> Views.finding(part.file(), found)).toList());
  }
}
