package io.arranque.plan;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.inventory.Room;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What DHCP tells a machine of its network, beside the lease and what firmware needs to boot: site
 * ◀ segment ◀ role ◀ room ◀ machine, the right-most wins.
 *
 * @param options in the order of the wire: the subnet mask must come before the router (RFC 2132
 *     §3.3)
 * @param switchedOff codes that a nearer place takes away from a farther one
 */
public record NetworkOptions(
    List<Planned<DhcpOption>> options, List<Planned<Integer>> switchedOff) {
  private static final NetworkOptions NOTHING = new NetworkOptions(List.of(), List.of());

  /** Stands for a machine's own name in what all machines of a place share. */
  private static final Planned<OptionSetting> ANY_NAME =
      Planned.of(
          OptionSetting.of(new DhcpOption.Text(OptionCode.HOST_NAME, "any")), Origin.DEFAULT);

  static NetworkOptions of(BootPlan plan) {
    if (plan.reach().segment().isEmpty()) {
      return NOTHING;
    }
    Segment segment = plan.reach().segment().get();
    Map<Integer, Planned<OptionSetting>> merged =
        shared(plan.site(), segment, plan.role(), plan.room(), named(plan.hostname()));
    put(merged, plan.machine().assignment().options().settings(), Origin.MACHINE);
    return split(merged);
  }

  /** What is overridden of that, by code, the nearest first: for people, not for packets. */
  static SortedMap<Integer, List<Planned<OptionSetting>>> overridden(BootPlan plan) {
    if (plan.reach().segment().isEmpty()) {
      return new TreeMap<>();
    }
    Segment segment = plan.reach().segment().get();
    Inheritance<Integer, OptionSetting> said = new Inheritance<>();
    say(said, plan.site().settings().options(), Origin.SITE);
    Map<Integer, Planned<OptionSetting>> keys = new LinkedHashMap<>();
    putKeys(keys, segment, Planner.segmentOrigin(segment), named(plan.hostname()));
    keys.forEach((code, planned) -> said.put(code, planned.value(), planned.origin()));
    say(said, segment.options(), Planner.segmentOrigin(segment));
    plan.role().ifPresent(r -> say(said, r.value().options(), Planner.roleOrigin(r.value())));
    plan.room()
        .ifPresent(r -> say(said, r.value().options().settings(), Planner.roomOrigin(r.value())));
    say(said, plan.machine().assignment().options().settings(), Origin.MACHINE);
    return said.overridden();
  }

  private static void say(
      Inheritance<Integer, OptionSetting> said, List<OptionSetting> settings, Origin origin) {
    settings.forEach(setting -> said.put(setting.code(), setting, origin));
  }

  private static Map<Integer, Planned<OptionSetting>> shared(
      Site site,
      Segment segment,
      Optional<Planned<Role>> role,
      Optional<Planned<Room>> room,
      Planned<OptionSetting> hostname) {
    Map<Integer, Planned<OptionSetting>> merged = new LinkedHashMap<>();
    Origin ofSegment = Planner.segmentOrigin(segment);
    put(merged, new DhcpOption.Address(OptionCode.SUBNET_MASK, segment.subnet().mask()), ofSegment);
    put(merged, site.settings().options(), Origin.SITE);
    putKeys(merged, segment, ofSegment, hostname);
    put(merged, segment.options(), ofSegment);
    role.ifPresent(r -> put(merged, r.value().options(), Planner.roleOrigin(r.value())));
    room.ifPresent(r -> put(merged, r.value().options().settings(), Planner.roomOrigin(r.value())));
    return merged;
  }

  /**
   * What all machines of a place that have no options of their own are told alike.
   *
   * @param options of all of them
   * @param nameAt where the machine's name belongs in the list; -1 when a place says another
   */
  record Shared(NetworkOptions options, int nameAt) {
    static Shared of(
        Site site, Segment segment, Optional<Planned<Role>> role, Optional<Planned<Room>> room) {
      Map<Integer, Planned<OptionSetting>> merged = shared(site, segment, role, room, ANY_NAME);
      NetworkOptions all = split(merged);
      if (isNamed(merged.get(OptionCode.HOST_NAME))) {
        return new Shared(all, -1);
      }
      int at = 0;
      while (all.options().get(at).value().code() != OptionCode.HOST_NAME) {
        at++;
      }
      return new Shared(all, at);
    }

    @SuppressWarnings("ReferenceEquality") // a place may well say the very same
    private static boolean isNamed(@Nullable Planned<OptionSetting> name) {
      return name != ANY_NAME;
    }

    NetworkOptions named(Planned<String> hostname) {
      if (nameAt < 0) {
        return options;
      }
      List<Planned<DhcpOption>> named = new ArrayList<>(options.options());
      named.set(
          nameAt,
          Planned.of(
              new DhcpOption.Text(OptionCode.HOST_NAME, hostname.value()), hostname.origin()));
      return new NetworkOptions(Collections.unmodifiableList(named), options.switchedOff());
    }
  }

  /** What a segment's file has keys of its own for. */
  private static void putKeys(
      Map<Integer, Planned<OptionSetting>> merged,
      Segment segment,
      Origin origin,
      Planned<OptionSetting> hostname) {
    segment
        .router()
        .ifPresent(
            r -> put(merged, new DhcpOption.Addresses(OptionCode.ROUTER, List.of(r)), origin));
    if (!segment.dns().isEmpty()) {
      put(merged, new DhcpOption.Addresses(OptionCode.DOMAIN_NAME_SERVERS, segment.dns()), origin);
    }
    merged.put(OptionCode.HOST_NAME, hostname);
    segment
        .domain()
        .ifPresent(d -> put(merged, new DhcpOption.Text(OptionCode.DOMAIN_NAME, d), origin));
    put(
        merged,
        new DhcpOption.Address(OptionCode.BROADCAST_ADDRESS, segment.subnet().broadcast()),
        origin);
  }

  private static void put(
      Map<Integer, Planned<OptionSetting>> merged, DhcpOption option, Origin origin) {
    merged.put(option.code(), Planned.of(OptionSetting.of(option), origin));
  }

  private static void put(
      Map<Integer, Planned<OptionSetting>> merged, List<OptionSetting> settings, Origin origin) {
    settings.forEach(setting -> merged.put(setting.code(), Planned.of(setting, origin)));
  }

  private static Planned<OptionSetting> named(Planned<String> hostname) {
    return Planned.of(
        OptionSetting.of(new DhcpOption.Text(OptionCode.HOST_NAME, hostname.value())),
        hostname.origin());
  }

  private static NetworkOptions split(Map<Integer, Planned<OptionSetting>> merged) {
    List<Planned<DhcpOption>> options = new ArrayList<>(merged.size());
    List<Planned<Integer>> off = new ArrayList<>();
    merged.forEach(
        (code, planned) ->
            planned
                .value()
                .option()
                .ifPresentOrElse(
                    option -> options.add(Planned.of(option, planned.origin())),
                    () -> off.add(Planned.of(code, planned.origin()))));
    return new NetworkOptions(List.copyOf(options), List.copyOf(off));
  }
}
