package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.RelayAgentInformation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a machine hangs, as the relay or the switch on its way said in DHCP option 82. For people
 * to find it by: see {@link RelayAgentInformation} for how little it proves.
 *
 * @param circuitId the port, verbatim
 * @param remoteId the switch, verbatim
 * @param relay the relay through which this came; empty from a switch that only listens in, and
 *     then a PC on a plain switch may have made it up
 * @param lastSeen when it was last told, to a minute
 */
public record SwitchPort(
    Optional<Octets> circuitId, Optional<Octets> remoteId, Optional<Ipv4> relay, Instant lastSeen) {
  /** A machine that renews its lease at the same port is no news, and not worth writing down. */
  private static final Duration GRANULARITY = Duration.ofMinutes(1);

  public static SwitchPort of(RelayAgentInformation said, Ipv4 giaddr, Instant at) {
    return new SwitchPort(
        said.circuitId(), said.remoteId(), Optional.of(giaddr).filter(relay -> !relay.isAny()), at);
  }

  /** The port for people; empty when only the switch is known. */
  public String port() {
    return circuitId.map(RelayAgentInformation::describeCircuit).orElse("");
  }

  /** The switch for people; empty when only the port is known. */
  public String device() {
    return remoteId.map(RelayAgentInformation::describeRemote).orElse("");
  }

  /** The newer of both, or this one while the newer says the same within a minute. */
  SwitchPort updatedBy(SwitchPort newer) {
    boolean same =
        newer.circuitId.equals(circuitId)
            && newer.remoteId.equals(remoteId)
            && newer.relay.equals(relay);
    boolean recent = Duration.between(lastSeen, newer.lastSeen).compareTo(GRANULARITY) < 0;
    return same && recent ? this : newer;
  }
}
