package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.site.Role;
import io.arranque.site.Rule;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Map<String, String> SALA5 = Map.of("room", "sala5");
  private static final Map<String, String> DELL = Map.of("vendor", "Dell*");
  private static final Map<String, String> DELL_IN_SALA5 =
      Map.of("room", "sala5", "vendor", "Dell*");

  @Test
  void the_rule_with_the_most_conditions_wins_whatever_the_names() {
    assertThat(
            match(
                role("a", List.of(SALA5)),
                role("b", List.of(DELL_IN_SALA5)),
                role("c", List.of(DELL))))
        .contains("b");
    assertThat(match(role("z", List.of(DELL_IN_SALA5)), role("b", List.of(SALA5)))).contains("z");
  }

  @Test
  void of_equals_the_first_by_name_wins() {
    assertThat(match(role("zeta", List.of(SALA5)), role("alpha", List.of(DELL)))).contains("alpha");
  }

  @Test
  void any_of_a_roles_rules_suffices_and_all_conditions_of_a_rule_must_hold() {
    assertThat(match(role("a", List.of(Map.of("room", "sala6"), DELL)))).contains("a");
    assertThat(match(role("a", List.of(Map.of("room", "sala6", "vendor", "Dell*"))))).isEmpty();
  }

  @Test
  void a_role_without_rules_or_with_an_empty_one_matches_nobody() {
    assertThat(match(role("a", List.of()), role("b", List.of(Map.of())))).isEmpty();
  }

  @Test
  void what_a_machine_did_not_say_matches_nothing_not_even_a_star() {
    assertThat(match(role("a", List.of(Map.of("firmware", "*"))))).isEmpty();
    assertThat(Rules.match(site(role("a", List.of(Map.of("room", "*")))), dell(), Optional.empty()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "vendor, Dell Inc., true",
    "vendor, dell inc., true",
    "vendor, Dell*, true",
    "vendor, *inc*, true",
    "vendor, *, true",
    "vendor, Dell, false",
    "vendor, Dell Inc?, false",
    "vendor, Dell Inc.?, false",
    "vendor, 'Dell.Inc.', false",
    "model, OptiPlex*(2)*, true",
    "model, 'OptiPlex 7010 (2)*', true",
    "model, OptiPlex*[23]*, false",
    "mac, 52:54:00:*, true",
    "mac, 52:54:01:*, false",
    "room, sala*, true",
  })
  void a_star_stands_for_any_text_and_nothing_else_is_special(
      String property, String pattern, boolean expected) {
    assertThat(match(role("a", List.of(Map.of(property, pattern)))).isPresent())
        .isEqualTo(expected);
  }

  private static Optional<String> match(Role... roles) {
    return Rules.match(site(roles), dell(), Optional.of("sala5")).map(Role::name);
  }

  private static Machine dell() {
    Machine unknown = Machine.unknown(Mac.of("52:54:00:12:34:56"));
    Hardware hardware =
        new Hardware(
            Optional.empty(),
            Optional.empty(),
            Optional.of("Dell Inc."),
            Optional.of("OptiPlex 7010 (2)"),
            Optional.empty());
    return new Machine(
        unknown.mac(),
        unknown.assignment(),
        hardware,
        unknown.segment(),
        unknown.address(),
        unknown.firstSeen(),
        unknown.lastSeen());
  }

  private static Role role(String name, List<Map<String, String>> rules) {
    return new Role(
        name,
        "",
        "linux",
        Optional.empty(),
        "",
        Map.of(),
        rules.stream().map(Rule::of).toList(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private static Site site(Role... roles) {
    TreeMap<String, Role> byName = new TreeMap<>();
    List.of(roles).forEach(role -> byName.put(role.name(), role));
    return new Site(
        Path.of("site"),
        Site.Settings.DEFAULT,
        new TreeMap<>(),
        byName,
        new TreeMap<>(),
        new TreeMap<>(),
        Set.of());
  }
}
