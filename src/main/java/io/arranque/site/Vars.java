package io.arranque.site;

import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Scalar;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Names and values for templates. */
final class Vars {
  /** What the appliance itself puts into a template's scope. */
  private static final Set<String> TAKEN =
      Set.of(
          "machine",
          "segment",
          "room",
          "image",
          "boot",
          "role",
          "problems",
          "advice",
          "arming",
          "looks_like");

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";

  private Vars() {}

  /** The mapping under {@code vars}, in file order. */
  static Map<String, Object> read(Fields fields) {
    return read(fields, "vars");
  }

  /** The same under another key. */
  static Map<String, Object> read(Fields fields, String key) {
    Fields vars = fields.section(key);
    Map<String, Object> values = new LinkedHashMap<>();
    checkNames(vars);
    for (Entry entry : vars.entries()) {
      if (entry.value() instanceof Scalar scalar && scalar.isNothing()) {
        vars.error(entry.key(), "no value, wanted one, or \"\" for empty text");
      } else {
        values.put(entry.key(), entry.value().value());
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /** Templates write {@code -} as {@code _}, so names that differ only there are one. */
  static void checkNames(Fields vars) {
    Map<String, String> written = new HashMap<>();
    for (Entry entry : vars.entries()) {
      String name = entry.key();
      if (!name.matches(NAME)) {
        vars.error(
            name,
            "not a name for templates, wanted letters, digits, - and _, got "
                + ProblemCollector.quoted(name));
      } else if (TAKEN.contains(name)) {
        vars.error(name, "a name that templates already have, wanted another, got \"" + name + '"');
      }
      String twin = written.putIfAbsent(name.replace('-', '_'), name);
      if (twin != null) {
        vars.error(name, "the same name in templates as " + twin + ", wanted one of them");
      }
    }
  }
}
