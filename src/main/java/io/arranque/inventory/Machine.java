package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.BootPolicy;
import java.time.Instant;
import java.util.Comparator;
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
 * @param switchPort where it hangs, as relays and switches told
 * @param firstSeen when it first asked for anything; empty while it is only known from people
 * @param lastSeen when it last asked for anything
 * @param installation how far it has come with what its boot policy wants once
 * @param provisioning whether it may be told secrets
 */
public record Machine(
    Mac mac,
    Assignment assignment,
    Hardware hardware,
    Optional<String> segment,
    Optional<Ipv4> address,
    Optional<SwitchPort> switchPort,
    Optional<Instant> firstSeen,
    Optional<Instant> lastSeen,
    Installation installation,
    Provisioning provisioning) {
  /** Who was seen last is the last. */
  public static final Comparator<Machine> BY_LAST_SEEN =
      Comparator.comparing(machine -> machine.lastSeen().orElse(Instant.MIN));

  /** One that was never installed nor armed. */
  public Machine(
      Mac mac,
      Assignment assignment,
      Hardware hardware,
      Optional<String> segment,
      Optional<Ipv4> address,
      Optional<SwitchPort> switchPort,
      Optional<Instant> firstSeen,
      Optional<Instant> lastSeen) {
    this(
        mac,
        assignment,
        hardware,
        segment,
        address,
        switchPort,
        firstSeen,
        lastSeen,
        Installation.NONE,
        Provisioning.NONE);
  }

  /** One of whose switch port nobody told. */
  public Machine(
      Mac mac,
      Assignment assignment,
      Hardware hardware,
      Optional<String> segment,
      Optional<Ipv4> address,
      Optional<Instant> firstSeen,
      Optional<Instant> lastSeen) {
    this(mac, assignment, hardware, segment, address, Optional.empty(), firstSeen, lastSeen);
  }

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
    return new Machine(
        mac,
        assignment,
        hardware,
        segment,
        address,
        switchPort,
        firstSeen,
        lastSeen,
        installation,
        provisioning);
  }

  public Machine with(Installation installation) {
    return new Machine(
        mac,
        assignment,
        hardware,
        segment,
        address,
        switchPort,
        firstSeen,
        lastSeen,
        installation,
        provisioning);
  }

  public Machine with(Provisioning provisioning) {
    return new Machine(
        mac,
        assignment,
        hardware,
        segment,
        address,
        switchPort,
        firstSeen,
        lastSeen,
        installation,
        provisioning);
  }

  /** The same machine after it was seen again; what this sighting does not tell is kept. */
  public Machine seen(Sighting sighting) {
    return new Machine(
        mac,
        assignment,
        hardware.updatedBy(sighting.hardware()),
        sighting.segment().or(() -> segment),
        sighting.address().or(() -> address),
        sighting
            .switchPort()
            .map(newer -> switchPort.map(known -> known.updatedBy(newer)).orElse(newer))
            .or(() -> switchPort),
        firstSeen.or(() -> Optional.of(sighting.at())),
        Optional.of(sighting.at()),
        installation,
        provisioning);
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
   * @param options DHCP options for it alone
   * @param reservation its fixed address, on the segment in whose subnet it lies
   * @param policy when it boots over the network; empty: as its role says
   */
  public record Assignment(
      Optional<String> hostname,
      Optional<String> room,
      Optional<String> seat,
      Optional<String> role,
      Map<String, String> vars,
      OptionLines options,
      Optional<Ipv4> reservation,
      Optional<BootPolicy> policy) {
    public static final Assignment NONE =
        new Assignment(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Assignment {
      vars = Map.copyOf(vars);
    }

    /** One without DHCP options and without fixed address. */
    public Assignment(
        Optional<String> hostname,
        Optional<String> room,
        Optional<String> seat,
        Optional<String> role,
        Map<String, String> vars) {
      this(hostname, room, seat, role, vars, OptionLines.NONE, Optional.empty(), Optional.empty());
    }

    public Assignment withRole(Optional<String> role) {
      return new Assignment(hostname, room, seat, role, vars, options, reservation, policy);
    }

    public Assignment withOptions(OptionLines options) {
      return new Assignment(hostname, room, seat, role, vars, options, reservation, policy);
    }

    public Assignment withPolicy(Optional<BootPolicy> policy) {
      return new Assignment(hostname, room, seat, role, vars, options, reservation, policy);
    }

    public Assignment withReservation(Optional<Ipv4> reservation) {
      return new Assignment(hostname, room, seat, role, vars, options, reservation, policy);
    }
  }
}
