package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.Optional;

/**
 * What a relay or a DHCP-snooping switch wrote into option 82 (RFC 3046): where the client hangs.
 *
 * <p>It is worth as much as the way it came. A relay, and a switch with DHCP snooping, drop what a
 * client wrote itself and write their own; on a plain switch any PC can forge it. It is for people
 * to find a socket by, and nothing may be allowed because of it.
 *
 * @param circuitId suboption 1, on which port the request came in; verbatim
 * @param remoteId suboption 2, which switch or relay says so; verbatim
 * @param linkSelection suboption 5, an address of the machine's subnet where that is not giaddr's
 *     (RFC 3527)
 * @param serverIdOverride suboption 11, what the machine shall take for the server's address, so
 *     that it renews through the relay (RFC 5107)
 */
public record RelayAgentInformation(
    Optional<Octets> circuitId,
    Optional<Octets> remoteId,
    Optional<Ipv4> linkSelection,
    Optional<Ipv4> serverIdOverride) {
  private static final RelayAgentInformation NOTHING =
      new RelayAgentInformation(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  private static final int CIRCUIT_ID = 1;
  private static final int REMOTE_ID = 2;
  private static final int LINK_SELECTION = 5;
  private static final int SERVER_ID_OVERRIDE = 11;

  /** Of a client's message; empty when it names none of these. */
  public static Optional<RelayAgentInformation> of(DhcpPacket packet) {
    return packet
        .options()
        .as(OptionCode.RELAY_AGENT_INFORMATION, DhcpOption.Nested.class)
        .map(
            nested ->
                new RelayAgentInformation(
                    nested.suboption(CIRCUIT_ID).filter(id -> !id.isEmpty()),
                    nested.suboption(REMOTE_ID).filter(id -> !id.isEmpty()),
                    address(nested, LINK_SELECTION),
                    address(nested, SERVER_ID_OVERRIDE)))
        .filter(found -> !found.equals(NOTHING));
  }

  private static Optional<Ipv4> address(DhcpOption.Nested nested, int suboption) {
    return nested
        .suboption(suboption)
        .filter(value -> value.size() == 4)
        .map(value -> Ipv4.of(value.toArray(), 0))
        .filter(address -> !address.isAny());
  }

  /**
   * A circuit id for people: text as it is, {@code 00 04 vlan vlan module port} of Cisco's switches
   * (and of those that imitate them) in words, anything else in hex.
   */
  public static String describeCircuit(Octets id) {
    if (id.size() == 6 && id.at(0) == 0 && id.at(1) == 4) {
      return "vlan %d, module %d, port %d".formatted(id.number(2, 2), id.at(4), id.at(5));
    }
    return describe(id);
  }

  /** A remote id for people: text as it is, a switch's MAC as one, anything else in hex. */
  public static String describeRemote(Octets id) {
    if (id.size() == 8 && id.at(0) == 0 && id.at(1) == 6) {
      return Mac.of(id.toArray(), 2).toString();
    }
    return id.size() == 6 && id.text().isEmpty()
        ? Mac.of(id.toArray(), 0).toString()
        : describe(id);
  }

  /** {@code 01 length text} is Cisco's form of a text that somebody configured. */
  private static String describe(Octets id) {
    boolean wrapped = id.size() > 2 && id.at(0) == 1 && id.at(1) == id.size() - 2;
    Optional<String> text = wrapped ? id.slice(2, id.size()).text() : id.text();
    return text.orElseGet(() -> "0x" + id);
  }
}
