package io.arranque.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What roles declare of a variable that is set at a place which knows no role. */
public final class Declared {
  private Declared() {}

  /**
   * Roles whose declaration a value does not meet.
   *
   * @param wanted what they would accept, for messages
   * @param others whether another role that declares it accepts the value
   */
  public record Misfit(List<String> roles, String wanted, boolean others) {}

  /** Empty when each role that declares the variable accepts the value, or none declares it. */
  public static Optional<Misfit> misfit(Collection<Role> roles, String name, Object value) {
    List<String> refusing = new ArrayList<>();
    String wanted = "";
    boolean accepted = false;
    for (Role role : roles) {
      Role.Var var = role.vars().get(name);
      if (var == null) {
        continue;
      }
      if (var.type().accept(value).isPresent()) {
        accepted = true;
      } else {
        refusing.add(role.name());
        wanted = var.type().wanted();
      }
    }
    return refusing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Misfit(List.copyOf(refusing), wanted, accepted));
  }
}
