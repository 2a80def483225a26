package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a relay or a switch that snoops on DHCP said in option 82 (RFC 3046). Nothing here is
 * checked: whoever reaches the server can write it.
 *
 * @param suboptions values by suboption code, as far as they could be read
 */
public record RelayAgent(Map<Integer, Octets> suboptions) {
  private static final int CIRCUIT_ID = 1;
  private static final int REMOTE_ID = 2;
  private static final int LINK_SELECTION = 5;
  private static final int SUBSCRIBER_ID = 6;
  private static final int SERVER_ID_OVERRIDE = 11;

  public RelayAgent {
    suboptions = Map.copyOf(suboptions);
  }

  /** Reads as far as it goes: a switch's slip in one suboption must not hide the port. */
  static RelayAgent of(Octets value) {
    Map<Integer, Octets> found = new LinkedHashMap<>();
    int at = 0;
    while (at + 2 <= value.size()) {
      int end = at + 2 + value.at(at + 1);
      if (end > value.size()) {
        break;
      }
      found.putIfAbsent(value.at(at), value.slice(at + 2, end));
      at = end;
    }
    return new RelayAgent(found);
  }

  /** Which port of the switch the machine hangs on (RFC 3046 §3.1). */
  public Optional<Octets> circuitId() {
    return Optional.ofNullable(suboptions.get(CIRCUIT_ID));
  }

  /** Which switch or modem that is (RFC 3046 §3.2). */
  public Optional<Octets> remoteId() {
    return Optional.ofNullable(suboptions.get(REMOTE_ID));
  }

  /** The operator's word for the line (RFC 3993). */
  public Optional<String> subscriberId() {
    return Optional.ofNullable(suboptions.get(SUBSCRIBER_ID)).flatMap(Octets::text);
  }

  /** An address of the machine's subnet, where that is not giaddr's (RFC 3527). */
  public Optional<Ipv4> linkSelection() {
    return address(LINK_SELECTION);
  }

  /** What the machine shall take for the server's address, so that it renews here (RFC 5107). */
  public Optional<Ipv4> serverIdOverride() {
    return address(SERVER_ID_OVERRIDE);
  }

  private Optional<Ipv4> address(int suboption) {
    return Optional.ofNullable(suboptions.get(suboption))
        .filter(value -> value.size() == 4)
        .map(value -> Ipv4.of(value.toArray(), 0))
        .filter(address -> !address.isAny());
  }
}
