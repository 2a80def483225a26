package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a packet came in.
 *
 * @param segment the segment of the card it came through; of several the first by name
 * @param serverAddress our address on that segment: server identifier and boot server
 * @param port ours, {@link #DHCP} or {@link #PROXY_DHCP}
 * @param source the sender's address, 0.0.0.0 from a machine that has none
 * @param sourcePort the sender's port
 * @param also further segments on the same wire
 */
public record Arrival(
    String segment, Ipv4 serverAddress, int port, Ipv4 source, int sourcePort, List<Local> also) {
  /** Where DHCP servers and relays listen. */
  public static final int DHCP = 67;

  /** Where DHCP clients listen. */
  public static final int CLIENT = 68;

  /** Where PXE boot servers listen (PXE 2.1 §2.2). */
  public static final int PROXY_DHCP = 4011;

  public Arrival {
    also = List.copyOf(also);
  }

  /** Through a card of one segment. */
  public Arrival(String segment, Ipv4 serverAddress, int port, Ipv4 source, int sourcePort) {
    this(segment, serverAddress, port, source, sourcePort, List.of());
  }

  /** A segment on the wire and our address there. */
  public record Local(String segment, Ipv4 serverAddress) {}

  /** All segments on the wire, this one first. */
  List<Local> locals() {
    List<Local> all = new ArrayList<>(1 + also.size());
    all.add(new Local(segment, serverAddress));
    all.addAll(also);
    return all;
  }

  /** The same, understood as of that segment; unchanged when the segment is not on the wire. */
  Arrival on(String name) {
    if (also.isEmpty()) {
      return this;
    }
    Optional<Local> found = also.stream().filter(local -> local.segment().equals(name)).findFirst();
    if (found.isEmpty()) {
      return this;
    }
    List<Local> others = locals();
    others.remove(found.get());
    return new Arrival(name, found.get().serverAddress(), port, source, sourcePort, others);
  }

  /** Whether an address is one of ours on this wire. */
  boolean isOurs(Ipv4 address) {
    return address.equals(serverAddress)
        || (!also.isEmpty()
            && also.stream().anyMatch(local -> local.serverAddress().equals(address)));
  }
}
