package io.arranque.plan;

import io.arranque.dhcp.packet.DhcpOption;
import java.util.List;

/** Placeholder until the codec arrives. */
final class NetworkOptions {
  private NetworkOptions() {}

  static List<Planned<DhcpOption>> of(Reach reach, Planned<String> hostname) {
    return List.of();
  }
}
