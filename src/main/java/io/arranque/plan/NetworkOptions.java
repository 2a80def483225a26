package io.arranque.plan;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What DHCP tells a machine of its network, beside the lease and what firmware needs to boot. */
final class NetworkOptions {
  /**
   * Written by the protocol itself for each message; an operator's value would only break the
   * exchange.
   */
  private static final Set<Integer> PROTOCOL =
      Set.of(
          OptionCode.REQUESTED_ADDRESS,
          OptionCode.LEASE_TIME,
          OptionCode.OVERLOAD,
          OptionCode.MESSAGE_TYPE,
          OptionCode.SERVER_IDENTIFIER,
          OptionCode.PARAMETER_REQUEST_LIST,
          OptionCode.CLIENT_IDENTIFIER,
          OptionCode.RELAY_AGENT_INFORMATION,
          OptionCode.CLIENT_MACHINE_IDENTIFIER);

  private NetworkOptions() {}

  /** In the order of the wire: the subnet mask must come before the router (RFC 2132 §3.3). */
  static List<Planned<DhcpOption>> of(Reach reach, Planned<String> hostname) {
    Optional<Segment> found = reach.segment();
    if (found.isEmpty()) {
      return List.of();
    }
    Segment segment = found.get();
    Origin origin = Planner.segmentOrigin(segment);
    Map<Integer, Planned<DhcpOption>> options = new LinkedHashMap<>();
    put(options, new DhcpOption.Address(OptionCode.SUBNET_MASK, segment.subnet().mask()), origin);
    segment
        .router()
        .ifPresent(
            r -> put(options, new DhcpOption.Addresses(OptionCode.ROUTER, List.of(r)), origin));
    if (!segment.dns().isEmpty()) {
      put(options, new DhcpOption.Addresses(OptionCode.DOMAIN_NAME_SERVERS, segment.dns()), origin);
    }
    put(options, new DhcpOption.Text(OptionCode.HOST_NAME, hostname.value()), hostname.origin());
    segment
        .domain()
        .ifPresent(d -> put(options, new DhcpOption.Text(OptionCode.DOMAIN_NAME, d), origin));
    put(
        options,
        new DhcpOption.Address(OptionCode.BROADCAST_ADDRESS, segment.subnet().broadcast()),
        origin);
    for (DhcpOption option : segment.options()) {
      if (!PROTOCOL.contains(option.code())) {
        put(options, option, origin);
      }
    }
    return List.copyOf(options.values());
  }

  private static void put(
      Map<Integer, Planned<DhcpOption>> options, DhcpOption option, Origin origin) {
    options.put(option.code(), Planned.of(option, origin));
  }
}
