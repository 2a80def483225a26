package io.arranque.plan;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.inventory.OptionLines;
import io.arranque.site.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  static NetworkOptions of(BootPlan plan) {
    if (plan.reach().segment().isEmpty()) {
      return NOTHING;
    }
    Segment segment = plan.reach().segment().get();
    Map<Integer, Planned<OptionSetting>> merged = new LinkedHashMap<>();
    Origin ofSegment = Planner.segmentOrigin(segment);
    put(merged, new DhcpOption.Address(OptionCode.SUBNET_MASK, segment.subnet().mask()), ofSegment);
    put(merged, plan.site().settings().options(), Origin.SITE);
    putKeys(merged, segment, ofSegment, plan.hostname());
    put(merged, segment.options(), ofSegment);
    plan.role().ifPresent(r -> put(merged, r.value().options(), Planner.roleOrigin(r.value())));
    plan.room()
        .ifPresent(r -> put(merged, r.value().options().settings(), Planner.roomOrigin(r.value())));
    OptionLines ofMachine = plan.machine().assignment().options();
    put(merged, ofMachine.settings(), Origin.MACHINE);
    return split(merged);
  }

  /** What a segment's file has keys of its own for. */
  private static void putKeys(
      Map<Integer, Planned<OptionSetting>> merged,
      Segment segment,
      Origin origin,
      Planned<String> hostname) {
    segment
        .router()
        .ifPresent(
            r -> put(merged, new DhcpOption.Addresses(OptionCode.ROUTER, List.of(r)), origin));
    if (!segment.dns().isEmpty()) {
      put(merged, new DhcpOption.Addresses(OptionCode.DOMAIN_NAME_SERVERS, segment.dns()), origin);
    }
    put(merged, new DhcpOption.Text(OptionCode.HOST_NAME, hostname.value()), hostname.origin());
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
