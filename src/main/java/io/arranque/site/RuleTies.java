package io.arranque.site;

import io.arranque.site.SiteReader.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Refuses rules of two roles of which neither is more specific and that one machine can match:
 * which of the roles it gets would hang on a name, and nobody means that.
 */
final class RuleTies {
  private RuleTies() {}

  private record Placed(Read<Role> role, Rule rule) {
    String place() {
      return role.fields().file() + ":" + rule.line();
    }
  }

  static void check(Collection<Read<Role>> roles) {
    List<Placed> earlier = new ArrayList<>();
    for (Read<Role> role : roles) {
      List<Placed> own = role.value().match().stream().map(r -> new Placed(role, r)).toList();
      for (Placed rule : own) {
        earlier.stream().filter(other -> isTie(rule.rule, other.rule)).forEach(o -> tell(rule, o));
      }
      earlier.addAll(own);
    }
  }

  private static boolean isTie(Rule one, Rule other) {
    return one.compareSpecificity(other) == 0 && one.overlaps(other);
  }

  private static void tell(Placed rule, Placed other) {
    rule.role
        .fields()
        .errorAt(
            new Located<>(rule, rule.rule.line(), "match"),
            "a tie, wanted a condition more in one of them, got %s beside %s in %s: one machine can match both"
                .formatted(rule.rule.texts(), other.rule.texts(), other.place()));
  }
}
