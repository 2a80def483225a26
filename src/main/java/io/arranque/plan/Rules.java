package io.arranque.plan;

import io.arranque.inventory.Machine;
import io.arranque.site.Role;
import io.arranque.site.Site;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** {@code *} stands for any text; case does not matter, as firmware is careless with it. */
  private static boolean glob(String pattern, String value) {
    String[] literals = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
    StringBuilder regex = new StringBuilder(Pattern.quote(literals[0]));
    for (int i = 1; i < literals.length; i++) {
      regex.append(".*").append(Pattern.quote(literals[i]));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL)
        .matcher(value.toLowerCase(Locale.ROOT))
        .matches();
  }
}
