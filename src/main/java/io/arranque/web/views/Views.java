package io.arranque.web.views;

import io.arranque.address.AddressRange;
import io.arranque.dhcp.Explained;
import io.arranque.dhcp.Surroundings;
import io.arranque.inventory.Room;
import io.arranque.inventory.SwitchPort;
import io.arranque.plan.DocumentCheck;
import io.arranque.plan.Planned;
import io.arranque.site.Role;
import io.arranque.site.Rule;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What page and API show, as small records of plain text; the empty text means "not known". Secrets
 * are masked here, before anything can render them.
 */
public final class Views {
  private Views() {}

  public record StageView(
      String state,
      String stage,
      String reason,
      String sentence,
      String advice,
      String detail,
      String since,
      String heard) {
    /** Under which name the page shows it: not everybody who waits waits for a role. */
    public String word() {
      if (!state.equals("waiting")) {
        return state;
      }
      return switch (reason) {
        case "DOWNLOADS_FULL" -> "queued";
        case "NOT_ARMED" -> "unarmed";
        case "QUARANTINED" -> "quarantined";
        default -> state;
      };
    }
  }

  /** Memory in MiB and cores; 0 where it did not tell. */
  public record HardwareView(
      String uuid,
      String serial,
      String vendor,
      String model,
      String firmware,
      int memory,
      int cpus) {}

  /** Where a machine hangs: in words, and verbatim in hex. */
  public record SwitchPortView(
      String device,
      String port,
      String relay,
      String circuitId,
      String remoteId,
      String lastSeen) {}

  public record MachineView(
      String mac,
      String id,
      String name,
      String hostname,
      String room,
      String plannedRoom,
      String seat,
      String role,
      String plannedRole,
      String roleOrigin,
      SortedMap<String, String> vars,
      SortedMap<String, String> options,
      String reservation,
      String plannedReservation,
      HardwareView hardware,
      String segment,
      String address,
      SwitchPortView switchPort,
      String firstSeen,
      String lastSeen,
      StageView stage,
      String policy,
      AssignmentViews.BootView boot,
      List<String> macs,
      AssignmentViews.PendingView pending,
      SecretViews.ProvisioningView provisioning) {}

  public record EventView(
      String at,
      String mac,
      String stage,
      String reason,
      String kind,
      String sentence,
      String advice,
      String address,
      String detail,
      long bytes,
      long millis) {}

  /** A value in force, and what it overrides, the nearest first. */
  public record ValueView(
      String name, String value, String origin, List<AssignmentViews.OverriddenView> overrides) {
    ValueView(String name, String value, String origin) {
      this(name, value, origin, List.of());
    }
  }

  /**
   * @param line in the text; {@code templateLine} in the file that it was made from
   * @param severity {@code error} or {@code warning}
   */
  public record FindingView(
      int line, String file, int templateLine, String severity, String message) {}

  public record TextView(
      String name,
      String text,
      String problem,
      String file,
      String format,
      List<FindingView> findings) {}

  public record TroubleView(String reason, String detail) {}

  public record PlanView(
      String mac,
      String way,
      String reason,
      List<String> troubles,
      List<TroubleView> reasons,
      List<String> advice,
      List<ValueView> values,
      TextView script,
      List<TextView> documents,
      String kernelLine,
      List<TextView> overlay,
      List<ChoiceView> told) {}

  /** What is said over which channel, of systems that listen to several. */
  public record ChoiceView(String what, String where, String why) {}

  public record VarView(
      String name, String type, boolean required, String defaultValue, String description) {}

  public record RoleView(
      String name,
      String description,
      String boot,
      String image,
      List<Map<String, String>> match,
      List<VarView> vars,
      List<String> documents,
      long machines) {}

  public record SegmentView(
      String name,
      String subnet,
      String mode,
      List<String> pool,
      String router,
      List<String> dns,
      String domain,
      long leaseSeconds,
      String room,
      String unknownMachines,
      long leases,
      long addresses,
      boolean authoritative,
      boolean probe,
      NetworkViews.PoolView use,
      List<NetworkViews.ServerView> otherServers,
      List<String> warnings) {}

  public record RoomView(
      String name,
      String description,
      SortedMap<String, String> vars,
      SortedMap<String, String> options,
      long machines) {}

  /**
   * @param reservation the address reserved for the machine there, this one or another
   * @param said what the machine calls itself
   */
  public record LeaseRow(
      String address,
      String mac,
      String id,
      String name,
      String segment,
      String expires,
      String reservation,
      String since,
      String said,
      boolean live) {}

  /**
   * @param source {@code file} or {@code page}
   */
  public record ReservationRow(
      String address, String mac, String id, String name, String segment, String source) {}

  /** {@code answer} is {@code reply} or {@code silence}; {@code summary} is empty for silence. */
  public record ReplyView(
      String asked,
      String answer,
      String reason,
      String sentence,
      String advice,
      String summary,
      List<Explained.Part> parts,
      List<Explained.Part> leftOut) {}

  static ReplyView reply(Explained explained) {
    return new ReplyView(
        explained.asked(),
        explained.summary().isPresent() ? "reply" : "silence",
        explained.reason().name(),
        explained.reason().sentence(),
        explained.reason().advice(),
        explained.summary().orElse(""),
        explained.parts(),
        explained.leftOut());
  }

  static FindingView finding(String file, DocumentCheck.Found found) {
    return new FindingView(
        found.line(),
        file,
        found.templateLine(),
        found.severity().name().toLowerCase(java.util.Locale.ROOT),
        found.message());
  }

  static StageView stage(BootStatus status) {
    Optional<BootEvent> event = status.decisive();
    return new StageView(
        status.state().label(),
        event.map(e -> e.stage().label()).orElse(""),
        event.map(e -> e.reason().name()).orElse(""),
        event.map(e -> e.reason().sentence()).orElse(""),
        event.map(e -> e.reason().advice()).orElse(""),
        event.map(BootEvent::detail).orElse(""),
        event.map(e -> text(e.at())).orElse(""),
        status.lastHeard().map(Views::text).orElse(""));
  }

  static SwitchPortView switchPort(Optional<SwitchPort> place) {
    return new SwitchPortView(
        place.map(SwitchPort::device).orElse(""),
        place.map(SwitchPort::port).orElse(""),
        text(place.flatMap(SwitchPort::relay)),
        text(place.flatMap(SwitchPort::circuitId)),
        text(place.flatMap(SwitchPort::remoteId)),
        place.map(p -> text(p.lastSeen())).orElse(""));
  }

  public static EventView event(BootEvent event) {
    return new EventView(
        text(event.at()),
        event.mac().toString(),
        event.stage().label(),
        event.reason().name(),
        event.reason().kind().name(),
        event.reason().sentence(),
        event.reason().advice(),
        text(event.address()),
        event.detail(),
        event.bytes(),
        event.took().toMillis());
  }

  public static VarView var(String name, Role.Var var) {
    String shown =
        var.type() == VarType.SECRET && var.defaultValue().isPresent()
            ? Planned.MASK
            : text(var.defaultValue());
    return new VarView(name, var.type().label(), var.required(), shown, var.description());
  }

  static RoleView role(Role role, long machines) {
    return new RoleView(
        role.name(),
        role.description(),
        role.boot(),
        role.image().orElse(""),
        role.match().stream().<Map<String, String>>map(Rule::texts).toList(),
        role.vars().entrySet().stream().map(e -> var(e.getKey(), e.getValue())).toList(),
        List.copyOf(role.documents().keySet()),
        machines);
  }

  static SegmentView segment(
      Segment segment, long leases, Surroundings surroundings, List<String> warnings) {
    return new SegmentView(
        segment.name(),
        segment.subnet().toString(),
        switch (segment.mode()) {
          case SERVER -> "server";
          case PROXY -> "proxy";
          case OFF -> "off";
        },
        segment.pool().stream().map(Object::toString).toList(),
        text(segment.router()),
        segment.dns().stream().map(Object::toString).toList(),
        segment.domain().orElse(""),
        segment.leaseTime().toSeconds(),
        segment.room().orElse(""),
        unknownMachines(segment.unknownMachines()),
        leases,
        segment.pool().stream().mapToLong(AddressRange::size).sum(),
        segment.authoritative(),
        segment.probe(),
        NetworkViews.pool(segment, surroundings),
        NetworkViews.servers(segment, surroundings),
        warnings);
  }

  private static String unknownMachines(Segment.UnknownMachines unknown) {
    if (unknown instanceof Segment.UnknownMachines.Use use) {
      return use.role();
    }
    return unknown instanceof Segment.UnknownMachines.Ignore ? "ignore" : "discover";
  }

  static RoomView room(Room room, Set<String> secrets, long machines) {
    return new RoomView(
        room.name(),
        room.description(),
        masked(room.vars(), secrets),
        room.options().texts(),
        machines);
  }

  /** The names of secrets as files and as templates write them. */
  public static Set<String> secretNames(Site site) {
    Set<String> names = new TreeSet<>();
    for (String name : site.secretNames()) {
      names.add(name);
      names.add(name.replace('-', '_'));
    }
    return names;
  }

  public static SortedMap<String, String> masked(Map<String, String> vars, Set<String> secrets) {
    SortedMap<String, String> shown = new TreeMap<>();
    vars.forEach((name, value) -> shown.put(name, secrets.contains(name) ? Planned.MASK : value));
    return shown;
  }

  public static String text(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
  }

  public static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
