package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.SwitchPort;
import io.arranque.site.BootPolicy;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A boot plan as text for people: every value with its origin, secrets masked. What {@code arranque
 * explain} prints and the API answers to those who ask for plain text.
 */
public final class PlanText {
  private static final String LINE = "  %-22s %-44s %s";
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Planner planner;
  private final ZoneId zone;

  /** Times of events are shown in {@code zone}. */
  public PlanText(Planner planner, ZoneId zone) {
    this.planner = planner;
    this.zone = zone;
  }

  /**
   * The plan, and after it what the machine last did, newest first.
   *
   * @param reply what DHCP would answer now, in lines; empty: nobody asked
   */
  public List<String> lines(BootPlan asked, List<String> reply, List<BootEvent> events) {
    Preview preview = Preview.of(planner, asked);
    BootPlan plan = preview.plan();
    List<String> lines = new ArrayList<>();
    lines.add(plan.machine().mac() + "  " + plan.hostname().value());
    summary(plan, lines);
    section("DHCP", dhcp(plan), lines);
    section("What DHCP would answer now", reply, lines);
    section("Values for templates", values(plan), lines);
    section("What is said where", choices(plan), lines);
    section("Script " + preview.script().file(), part(preview.script()), lines);
    preview.documents().forEach(d -> section("Document " + d.name(), part(d), lines));
    preview.overlay().forEach(f -> section("File of the overlay " + f.name(), part(f), lines));
    section("What it last did", events.stream().map(this::event).toList(), lines);
    return lines;
  }

  private void summary(BootPlan plan, List<String> lines) {
    lines.add(line("outcome", plan.way().name().toLowerCase(Locale.ROOT).replace('_', ' '), ""));
    if (plan.troubles().isEmpty() && !plan.reason().advice().isEmpty()) {
      lines.add("    " + plan.reason().sentence() + " " + plan.reason().advice());
    }
    Arming.of(plan)
        .text(when -> WHEN.format(when.atZone(zone)))
        .map(t -> line("secrets", t, ""))
        .ifPresent(lines::add);
    plan.troubles().forEach(t -> lines.add("    " + t + " " + t.reason().advice()));
    lines.add(line("hostname", plan.hostname()));
    plan.role().ifPresent(r -> lines.add(line("role", r.value().name(), r.origin())));
    Planned<BootPolicy> policy = plan.policy().boot();
    if (!policy.origin().equals(Origin.DEFAULT)) {
      lines.add(line("boot policy", policy.value().label(), policy.origin()));
    }
    plan.room().map(r -> line("room", nameOf(r.value()), r.origin())).ifPresent(lines::add);
    plan.lock().map(this::locked).ifPresent(lines::add);
    plan.reach().segment().map(s -> line("segment", describe(s), "")).ifPresent(lines::add);
    plan.machine()
        .switchPort()
        .map(p -> line("hangs on", describe(p), "on " + WHEN.format(p.lastSeen().atZone(zone))))
        .ifPresent(lines::add);
    plan.image().ifPresent(i -> lines.add(line("image", i.value().name(), i.origin())));
  }

  private String locked(RoomLock lock) {
    String until = lock.until().map(end -> WHEN.format(end.atZone(zone))).orElse("unlocked");
    String why = lock.why().isEmpty() ? "" : ": " + lock.why();
    return line("locked", "by " + lock.by() + " until " + until + why, lock.room().orElse("site"));
  }

  private static List<String> dhcp(BootPlan plan) {
    List<String> lines = new ArrayList<>();
    Optional<Planned<Ipv4>> reservation = plan.reservation();
    lines.add(
        reservation
            .map(r -> line("address", r))
            .orElseGet(
                () ->
                    line(
                        "address",
                        plan.machine().address().map(Ipv4::toString).orElse("from the pool"),
                        plan.machine().address().isPresent() ? "last used" : "")));
    lines.add(
        plan.bootFile()
            .map(f -> line("boot file", f.value().name(), f.origin()))
            .orElseGet(() -> line("boot file", "none: " + plan.bootFileReason().sentence(), "")));
    SortedMap<Integer, List<Planned<OptionSetting>>> overridden = plan.overriddenOptions();
    plan.options()
        .forEach(
            o -> {
              lines.add(line(optionName(o.value().code()), o.value().describe(), o.origin()));
              overridden
                  .getOrDefault(o.value().code(), List.of())
                  .forEach(v -> lines.add(line("", "over " + described(v), v.origin())));
            });
    plan.network()
        .switchedOff()
        .forEach(code -> lines.add(line(optionName(code.value()), "not sent", code.origin())));
    return lines;
  }

  private static List<String> values(BootPlan plan) {
    List<String> lines = new ArrayList<>();
    SortedMap<String, List<Planned<Object>>> overridden = plan.overriddenVars();
    plan.vars()
        .forEach(
            (name, value) -> {
              lines.add(line(name, value.shown(), value.origin()));
              overridden
                  .getOrDefault(name, List.of())
                  .forEach(v -> lines.add(line("", "over " + v.shown(), v.origin())));
            });
    return lines;
  }

  /** An option for people; the empty words where a place takes it away. */
  static String described(Planned<OptionSetting> setting) {
    return setting.value().option().map(DhcpOption::describe).orElse("not sent");
  }

  /** What a document's reader would say comes before it: below it nobody looks. */
  private static List<String> part(Preview.Part part) {
    List<String> lines = new ArrayList<>();
    PreviewText.findings(part).forEach(finding -> lines.add("    " + finding));
    lines.addAll(rendered(part.text()));
    return lines;
  }

  private List<String> choices(BootPlan plan) {
    return planner.choices(plan).stream()
        .map(choice -> line(choice.what(), choice.where(), choice.why()))
        .toList();
  }

  private static List<String> rendered(Rendered rendered) {
    return rendered
        .ifText()
        .map(text -> text.lines().map(l -> "  " + l).toList())
        .orElseGet(() -> List.of("  broken: " + rendered));
  }

  private String event(BootEvent event) {
    String text =
        "  %s %-12s %s"
            .formatted(WHEN.format(event.at().atZone(zone)), event.stage().label(), event.detail());
    return event.reason().advice().isEmpty()
        ? text
        : text + "  " + event.reason().sentence() + " " + event.reason().advice();
  }

  private static void section(String title, List<String> content, List<String> lines) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(content);
    }
  }

  private static String optionName(int code) {
    return code + " " + OptionCode.of(code).name();
  }

  private String describe(SwitchPort place) {
    return Stream.of(
            place.device().isEmpty() ? "" : "switch " + place.device(),
            place.port().isEmpty() ? "" : "port " + place.port(),
            place.relay().map(relay -> "through relay " + relay).orElse(""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String nameOf(Room room) {
    return room.description().isEmpty() ? room.name() : room.name() + " " + room.description();
  }

  private static String describe(Segment segment) {
    return segment.name()
        + " "
        + segment.subnet()
        + " mode "
        + segment.mode().name().toLowerCase(Locale.ROOT);
  }

  private static String line(String name, Planned<?> planned) {
    return line(name, planned.shown(), planned.origin());
  }

  private static String line(String name, String value, Object origin) {
    return LINE.formatted(name, value, origin).stripTrailing();
  }
}
