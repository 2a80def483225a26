package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.site.BootPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants changed about a machine. An empty field is left as it is; the empty text
 * clears it.
 *
 * @param vars by name; a name that is not here keeps its value
 * @param options DHCP options by name or number; one that is not here keeps its value
 * @param reservation the fixed address
 * @param evenIfLeased whether it is to be reserved although another machine uses it now
 * @param policy the boot policy's word
 */
public record AssignmentEdit(
    Optional<String> hostname,
    Optional<String> room,
    Optional<String> seat,
    Optional<String> role,
    Map<String, String> vars,
    Map<String, String> options,
    Optional<String> reservation,
    boolean evenIfLeased,
    Optional<String> policy) {
  public static final AssignmentEdit NOTHING =
      new AssignmentEdit(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public AssignmentEdit {
    vars = Map.copyOf(vars);
    options = Map.copyOf(options);
  }

  /** One that leaves the boot policy as it is. */
  public AssignmentEdit(
      Optional<String> hostname,
      Optional<String> room,
      Optional<String> seat,
      Optional<String> role,
      Map<String, String> vars,
      Map<String, String> options,
      Optional<String> reservation,
      boolean evenIfLeased) {
    this(hostname, room, seat, role, vars, options, reservation, evenIfLeased, Optional.empty());
  }

  /** One that leaves options and reservation as they are. */
  public AssignmentEdit(
      Optional<String> hostname,
      Optional<String> room,
      Optional<String> seat,
      Optional<String> role,
      Map<String, String> vars) {
    this(hostname, room, seat, role, vars, Map.of(), Optional.empty(), false, Optional.empty());
  }

  /** Only the role; the empty text takes it away. */
  public static AssignmentEdit role(String role) {
    return new AssignmentEdit(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(role), Map.of());
  }

  /** Only the fixed address; the empty text takes it away. */
  public static AssignmentEdit reservation(String address, boolean evenIfLeased) {
    return NOTHING.withNetwork(Map.of(), Optional.of(address), evenIfLeased);
  }

  /** With what concerns DHCP. */
  public AssignmentEdit withNetwork(
      Map<String, String> options, Optional<String> reservation, boolean evenIfLeased) {
    return new AssignmentEdit(
        hostname, room, seat, role, vars, options, reservation, evenIfLeased, policy);
  }

  /** With the boot policy; the empty text leaves it to the role. */
  public AssignmentEdit withPolicy(Optional<String> policy) {
    return new AssignmentEdit(
        hostname, room, seat, role, vars, options, reservation, evenIfLeased, policy);
  }

  public AssignmentEdit withVars(Map<String, String> vars) {
    return new AssignmentEdit(
        hostname, room, seat, role, vars, options, reservation, evenIfLeased, policy);
  }

  /** Whether the reservation is there and is no address. */
  boolean hasMalformedReservation() {
    return reservation
        .map(String::strip)
        .filter(text -> !text.isEmpty() && Ipv4.parse(text).isEmpty())
        .isPresent();
  }

  /** Whether the policy is there and is no word for one. */
  boolean hasUnknownPolicy() {
    return policy
        .map(String::strip)
        .filter(word -> !word.isEmpty() && BootPolicy.named(word).isEmpty())
        .isPresent();
  }

  Assignment applyTo(Assignment old) {
    Map<String, String> merged = new HashMap<>(old.vars());
    vars.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            merged.remove(name);
          } else {
            merged.put(name, value);
          }
        });
    return new Assignment(
        edited(old.hostname(), hostname),
        edited(old.room(), room),
        edited(old.seat(), seat),
        edited(old.role(), role),
        merged,
        old.options().edited(options),
        reservation.isPresent()
            ? reservation.map(String::strip).flatMap(Ipv4::parse)
            : old.reservation(),
        policy.isPresent() ? policy.map(String::strip).flatMap(BootPolicy::named) : old.policy());
  }

  private static Optional<String> edited(Optional<String> old, Optional<String> wanted) {
    return wanted.isPresent() ? wanted.map(String::strip).filter(w -> !w.isEmpty()) : old;
  }
}
