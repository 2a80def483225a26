package io.arranque.inventory;

import io.arranque.inventory.Machine.Assignment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants changed about a machine. An empty field is left as it is; the empty text
 * clears it.
 *
 * @param vars by name; a name that is not here keeps its value
 */
public record AssignmentEdit(
    Optional<String> hostname,
    Optional<String> room,
    Optional<String> seat,
    Optional<String> role,
    Map<String, String> vars) {
  public static final AssignmentEdit NOTHING =
      new AssignmentEdit(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public AssignmentEdit {
    vars = Map.copyOf(vars);
  }

  /** Only the role; the empty text takes it away. */
  public static AssignmentEdit role(String role) {
    return new AssignmentEdit(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(role), Map.of());
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
        merged);
  }

  private static Optional<String> edited(Optional<String> old, Optional<String> wanted) {
    return wanted.isPresent() ? wanted.map(String::strip).filter(w -> !w.isEmpty()) : old;
  }
}
