package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A PC.
 *
 * @param mac its key
 * @param assignment what people decided about it
 * @param hardware what its firmware said of itself
 * @param segment the segment it was last seen on
 * @param address the address it last used; from our lease, or, beside another DHCP server, from its
 *     requests
 * @param firstSeen when it first asked for anything; empty while it is only known from people
 * @param lastSeen when it last asked for anything
 */
public record Machine(
    Mac mac,
    Assignment assignment,
    Hardware hardware,
    Optional<String> segment,
    Optional<Ipv4> address,
    Optional<Instant> firstSeen,
    Optional<Instant> lastSeen) {

  /** A machine nobody knows anything of. */
  public static Machine unknown(Mac mac) {
    return new Machine(
        mac,
        Assignment.NONE,
        Hardware.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Machine with(Assignment assignment) {
    return new Machine(mac, assignment, hardware, segment, address, firstSeen, lastSeen);
  }

  /** The same machine after it was seen again; what this sighting does not tell is kept. */
  public Machine seen(Sighting sighting) {
    return new Machine(
        mac,
        assignment,
        hardware.updatedBy(sighting.hardware()),
        sighting.segment().or(() -> segment),
        sighting.address().or(() -> address),
        firstSeen.or(() -> Optional.of(sighting.at())),
        Optional.of(sighting.at()));
  }

  /** Host name given by people, else one made from the MAC, e.g. {@code pc-525400123456}. */
  public String hostname() {
    return assignment.hostname().orElseGet(() -> "pc-" + mac.bare());
  }

  /**
   * What people decided about a machine.
   *
   * @param hostname its host name, one DNS label
   * @param room the room it stands in; empty: the room of its segment
   * @param seat its place there
   * @param role its role; empty: by rule, or none
   * @param vars values for templates by the names the role gives them, as text
   */
  public record Assignment(
      Optional<String> hostname,
      Optional<String> room,
      Optional<String> seat,
      Optional<String> role,
      Map<String, String> vars) {
    public static final Assignment NONE =
        new Assignment(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Assignment {
      vars = Map.copyOf(vars);
    }

    public Assignment withRole(Optional<String> role) {
      return new Assignment(hostname, room, seat, role, vars);
    }
  }
}
