package io.arranque.plan;

import io.arranque.inventory.Machine;
import io.arranque.site.Role;
import io.arranque.site.Site;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which role an unassigned machine gets by the {@code match} rules of roles. */
final class Rules {
  private Rules() {}

  /**
   * The role with the most specific matching rule, that is the one with the most conditions; of
   * equals the first by name, so that the answer does not depend on the order of files.
   */
  static Optional<Role> match(Site site, Machine machine, Optional<String> room) {
    Role best = null;
    int conditions = 0;
    for (Role role : site.roles().values()) {
      for (Map<String, String> rule : role.match()) {
        if (rule.size() > conditions && matches(rule, machine, room)) {
          best = role;
          conditions = rule.size();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean matches(Map<String, String> rule, Machine machine, Optional<String> room) {
    return rule.entrySet().stream()
        .allMatch(
            condition ->
                property(condition.getKey(), machine, room)
                    .filter(value -> glob(condition.getValue(), value))
                    .isPresent());
  }

  private static Optional<String> property(String name, Machine machine, Optional<String> room) {
    return switch (name) {
      case "room" -> room;
      case "vendor" -> machine.hardware().vendor();
      case "model" -> machine.hardware().model();
      case "firmware" -> machine.hardware().firmware();
      case "mac" -> Optional.of(machine.mac().toString());
      default -> Optional.empty();
    };
  }

  /**
   * {@code *} stands for any text; case does not matter, as firmware is careless with it. Without
   * regular expressions: this is asked for every packet of a machine without role.
   */
  static boolean glob(String pattern, String value) {
    String[] literals = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
    String text = value.toLowerCase(Locale.ROOT);
    String last = literals[literals.length - 1];
    if (literals.length == 1) {
      return text.equals(last);
    }
    int at = literals[0].length();
    int end = text.length() - last.length();
    if (end < at || !text.startsWith(literals[0]) || !text.endsWith(last)) {
      return false;
    }
    // The leftmost place of each leaves the most for those behind it.
    for (int i = 1; i < literals.length - 1; i++) {
      int found = text.indexOf(literals[i], at);
      if (found < 0) {
        return false;
      }
      at = found + literals[i].length();
    }
    return at <= end;
  }
}
