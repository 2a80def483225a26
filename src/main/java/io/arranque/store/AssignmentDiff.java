package io.arranque.store;

import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.site.BootPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an edit changed, old → new, for the audit. Of variables only the names, for a value may be a
 * secret; DHCP options are none.
 */
final class AssignmentDiff {
  private AssignmentDiff() {}

  static String of(Assignment old, Assignment now) {
    List<String> parts = new ArrayList<>();
    line(parts, "hostname", old.hostname(), now.hostname());
    line(parts, "room", old.room(), now.room());
    line(parts, "seat", old.seat(), now.seat());
    line(parts, "role", old.role(), now.role());
    line(parts, "reservation", old.reservation(), now.reservation());
    line(parts, "policy", old.policy().map(BootPolicy::label), now.policy().map(BootPolicy::label));
    names(parts, old.vars(), now.vars());
    values(parts, old.options().texts(), now.options().texts());
    return said(parts);
  }

  static String of(Room old, Room now) {
    List<String> parts = new ArrayList<>();
    line(parts, "description", text(old.description()), text(now.description()));
    names(parts, old.vars(), now.vars());
    values(parts, old.options().texts(), now.options().texts());
    return said(parts);
  }

  private static String said(List<String> parts) {
    return parts.isEmpty() ? "nothing changed" : String.join("; ", parts);
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static void line(List<String> parts, String what, Optional<?> old, Optional<?> now) {
    if (!old.equals(now)) {
      parts.add(what + " " + word(old) + " → " + word(now));
    }
  }

  private static String word(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }

  private static void names(List<String> parts, Map<String, String> old, Map<String, String> now) {
    for (String name : union(old, now)) {
      if (!now.containsKey(name)) {
        parts.add("var " + name + " removed");
      } else if (!old.containsKey(name)) {
        parts.add("var " + name + " set");
      } else if (!now.get(name).equals(old.get(name))) {
        parts.add("var " + name + " changed");
      }
    }
  }

  private static void values(List<String> parts, Map<String, String> old, Map<String, String> now) {
    for (String name : union(old, now)) {
      line(
          parts,
          "option " + name,
          Optional.ofNullable(old.get(name)),
          Optional.ofNullable(now.get(name)));
    }
  }

  private static Set<String> union(Map<String, String> old, Map<String, String> now) {
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    return names;
  }
}
