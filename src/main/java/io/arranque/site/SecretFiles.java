package io.arranque.site;

import io.arranque.site.SiteReader.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Secrets in site files. These are kept in git, so a secret there should be {@code file:/PATH}: the
 * value is what that file holds, read when the site is loaded. No message quotes a value.
 */
final class SecretFiles {
  private static final String PREFIX = "file:/";
  private static final int MAX = 8_192;

  private final Set<String> names;

  SecretFiles(Collection<Read<Role>> roles) {
    this.names = new TreeSet<>();
    for (Read<Role> role : roles) {
      role.value()
          .vars()
          .forEach(
              (name, var) -> {
                if (var.type() == VarType.SECRET) {
                  names.add(name);
                }
              });
    }
  }

  /**
   * The values with those of secrets that stand in files.
   *
   * @param section the key under which they stand
   */
  Map<String, Object> in(Map<String, Object> vars, String section, Fields fields) {
    Map<String, Object> read = new LinkedHashMap<>(vars);
    for (String name : names) {
      if (vars.containsKey(name)) {
        Object value = vars.get(name);
        boolean plain = value instanceof String || value instanceof Long;
        Optional<String> text =
            value(plain ? String.valueOf(value) : "", fields.section(section), name);
        text.ifPresentOrElse(t -> read.put(name, t), () -> read.remove(name));
      }
    }
    return Collections.unmodifiableMap(read);
  }

  /** The same for what a role sets, and for what it gives where nobody says anything. */
  Role in(Role role, Fields fields) {
    Map<String, Role.Var> vars = new LinkedHashMap<>();
    role.vars()
        .forEach(
            (name, var) -> {
              Optional<Object> given = var.defaultValue();
              vars.put(
                  name,
                  var.type() != VarType.SECRET || given.isEmpty()
                      ? var
                      : new Role.Var(
                          var.type(),
                          var.required(),
                          value(
                                  String.valueOf(given.get()),
                                  fields.section("vars").section(name),
                                  "default")
                              .map(text -> (Object) text),
                          var.description()));
            });
    return role.with(Collections.unmodifiableMap(vars), in(role.values(), "values", fields));
  }

  private Optional<String> value(String text, Fields fields, String key) {
    if (text.isEmpty()) {
      return Optional.of(text);
    }
    if (!text.startsWith(PREFIX)) {
      fields.warning(
          key,
          "a secret as plain text in a file that is kept in git, wanted file:/PATH of a file that"
              + " only the appliance may read");
      return Optional.of(text);
    }
    Path file = Path.of(text.substring(PREFIX.length() - 1));
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (!mode.endsWith("---")) {
        fields.error(key, file + " is open to everybody, wanted chmod o= of it, got " + mode);
        return Optional.empty();
      }
      if (Files.size(file) > MAX || !Files.isRegularFile(file)) {
        fields.error(key, file + " is no secret, wanted a file of at most " + MAX + " bytes");
        return Optional.empty();
      }
      return Optional.of(
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      // No error: the site is also checked where its secrets are not, on somebody's own computer.
      fields.warning(
          key, file + " cannot be read, so there is no value: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
