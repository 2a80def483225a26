package io.arranque.plan;

import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.site.Role;
import io.arranque.site.Rule;
import io.arranque.site.Rule.Condition;
import io.arranque.site.Site;
import java.util.Optional;

/**
 * Which role an unassigned machine gets by the {@code match} rules of roles. Asked for each packet
 * of such a machine: no streams, nothing compiled, one small object.
 */
final class Rules {
  private final Machine machine;
  private final Optional<String> room;

  private Rules(Machine machine, Optional<String> room) {
    this.machine = machine;
    this.room = room;
  }

  /**
   * The role with the most specific matching rule. The loader refuses rules of which none is more
   * specific and that one machine can match; of such the first by name wins, so that the answer
   * does not depend on the order of files.
   */
  static Optional<Role> match(Site site, Machine machine, Optional<String> room) {
    Rules rules = new Rules(machine, room);
    Role best = null;
    Rule bestRule = null;
    for (Role role : site.roles().values()) {
      for (Rule rule : role.match()) {
        if (rules.matches(rule, false)
            && (bestRule == null || rule.compareSpecificity(bestRule) > 0)) {
          best = role;
          bestRule = rule;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Whether a rule may match the machine once it has told what it has not told yet. */
  static boolean mayMatch(Site site, Machine machine, Optional<String> room) {
    Rules rules = new Rules(machine, room);
    for (Role role : site.roles().values()) {
      for (Rule rule : role.match()) {
        if (rules.matches(rule, true)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean matches(Rule rule, boolean unknown) {
    for (Condition condition : rule.conditions()) {
      if (!matches(condition, unknown)) {
        return false;
      }
    }
    return !rule.conditions().isEmpty();
  }

  private boolean matches(Condition condition, boolean unknown) {
    Hardware hardware = machine.hardware();
    return switch (condition.property()) {
      // Not told by the machine, but known: of no room or segment is of none.
      case ROOM -> room.isPresent() && condition.matches(room.get());
      case SEGMENT -> machine.segment().isPresent() && condition.matches(machine.segment().get());
      case VENDOR -> text(condition, hardware.vendor(), unknown);
      case MODEL -> text(condition, hardware.model(), unknown);
      case FIRMWARE -> text(condition, hardware.firmware(), unknown);
      case MEMORY -> number(condition, hardware.memory(), unknown);
      case CPUS -> number(condition, hardware.cpus(), unknown);
      case SERIAL -> text(condition, hardware.serial(), unknown);
      case UUID ->
          hardware.uuid().isPresent()
              ? condition.matches(hardware.uuid().get().toString())
              : unknown;
      case MAC -> condition.matches(machine.mac());
    };
  }

  private static boolean text(Condition condition, Optional<String> told, boolean unknown) {
    return told.isPresent() ? condition.matches(told.get()) : unknown;
  }

  private static boolean number(Condition condition, Optional<Integer> told, boolean unknown) {
    return told.isPresent() ? condition.matches(told.get()) : unknown;
  }
}
