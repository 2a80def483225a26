package io.arranque.site;

import io.arranque.site.Declared.Misfit;
import io.arranque.site.SiteReader.Read;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values set by site, segments and roles against the types that roles declare: a slip is found when
 * it is saved and not when forty PCs boot. What only some of several roles refuse is a warning, as
 * machines of the others boot with it.
 */
final class DeclaredRules {
  private final List<Role> roles;

  DeclaredRules(Collection<Read<Role>> roles) {
    this.roles = roles.stream().map(Read::value).toList();
  }

  /** The values of {@code key}, a section of the file. */
  void check(Fields file, String key, Map<String, Object> values) {
    check(file, key, values, roles);
  }

  /** A role's own; what it declares itself is all that counts, as no other's machine gets them. */
  void checkRole(Read<Role> read) {
    Role role = read.value();
    role.values()
        .forEach(
            (name, value) ->
                check(
                    read.fields(),
                    "values",
                    Map.of(name, value),
                    role.vars().containsKey(name) ? List.of(role) : roles));
  }

  private static void check(
      Fields file, String key, Map<String, Object> values, List<Role> declaring) {
    if (values.isEmpty()) {
      // Also what is no mapping at all, which whoever read it has said already.
      return;
    }
    Fields section = file.section(key);
    values.forEach(
        (name, value) -> {
          Optional<Misfit> misfit = Declared.misfit(declaring, name, value);
          misfit.ifPresent(
              m -> {
                // Without what was got: it may be a secret in the wrong place.
                String message =
                    "not what role %s declares, wanted %s"
                        .formatted(String.join(", ", m.roles()), m.wanted());
                if (m.others()) {
                  section.warning(name, message);
                } else {
                  section.error(name, message);
                }
              });
        });
  }
}
