package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleValuesTest {
  private static final String ROLE =
      """
      # a role
      boot: nocloud   # by this script
      values:         # what it sets
        disk: /dev/sda   # the first
        # and the number
        count: 3
        name: "día 😀"  # ñ
      vars:
        disk: { type: device }
      """;

  @Test
  void one_value_changes_and_every_other_character_stays() {
    assertThat(set(ROLE, "disk", "/dev/vda")).contains(ROLE.replace("/dev/sda", "/dev/vda"));
    assertThat(set(ROLE, "count", 4L)).contains(ROLE.replace("count: 3", "count: 4"));
    assertThat(set(ROLE, "name", "yes")).contains(ROLE.replace("\"día 😀\"", "\"yes\""));
    assertThat(removed(ROLE, "count")).contains(ROLE.replace("  count: 3\n", ""));
    assertThat(set(ROLE, "more", true))
        .contains(ROLE.replace("  disk: /dev/sda", "  more: true\n  disk: /dev/sda"));
  }

  @Test
  void a_role_without_values_gets_some() {
    assertThat(set("boot: x", "a", "b")).contains("boot: x\nvalues:\n  a: b\n");
    assertThat(set("boot: x\nvalues:  # none yet\nvars: {}\n", "a", "b"))
        .contains("boot: x\nvalues:  # none yet\n  a: b\nvars: {}\n");
    assertThat(set("values: { }\nboot: x\n", "a", "b")).contains("values: {a: b }\nboot: x\n");
    assertThat(set("values: { a: 1, b: 2 }\n", "c", 3L)).contains("values: { a: 1, b: 2, c: 3 }\n");
    assertThat(removed("values: { a: 1, b: 2 }\n", "a")).contains("values: { b: 2 }\n");
    assertThat(removed("values: { a: 1, b: 2 }\n", "b")).contains("values: { a: 1 }\n");
    assertThat(removed("values:\n  a: 1\nboot: x\n", "a")).contains("values:\nboot: x\n");
  }

  @Test
  void what_cannot_be_changed_alone_is_left_to_people() {
    assertThat(set("values:\n  a: |\n    two\n    lines\n", "a", "b")).isEmpty();
    assertThat(set("values:\n  a: &x 1\n  b: *x\n", "a", 2L)).isEmpty();
    assertThat(set("values: [a, b]\n", "a", "b")).isEmpty();
    assertThat(set("{ boot: x }\n", "a", "b")).isEmpty();
    assertThat(set("boot: [\n", "a", "b")).isEmpty();
    assertThat(set("values:\n  a: 1\n  a: 2\n", "a", 3L)).isEmpty();
    assertThat(removed("x: &v { a: 1 }\nvalues: *v\n", "a")).isEmpty();
  }

  @Test
  void hostile_values_stay_values() {
    for (String value :
        List.of(
            "a: b", "# no", "\"", "\\", "x\ny", "- a", "{{ x }}", "null", "0123", "1e3", "*a", "é",
            "'", "%", "@", "a #b", "😀", "\u2028", "~", "")) {
      Optional<String> edited = set(ROLE, "disk", value);
      assertThat(edited).as(value).isPresent();
      assertThat(RoleValues.of(edited.get()).get("disk")).as(value).isEqualTo(value);
    }
  }

  @Test
  void every_shipped_role_takes_a_value_and_gives_it_back(@TempDir Path folder) throws Exception {
    ExampleSite.copyTo(folder);
    try (Stream<Path> roles = Files.list(folder.resolve("cloud-init"))) {
      for (Path role : roles.map(r -> r.resolve("role.yaml")).filter(Files::exists).toList()) {
        String text = Files.readString(role);
        String edited = set(text, "brand-new", "value").orElseThrow();
        assertThat(edited.lines().toList()).containsAll(text.lines().toList());
        assertThat(RoleValues.of(removed(edited, "brand-new").orElseThrow()))
            .isEqualTo(RoleValues.of(text));
        assertThat(RoleValues.without(text, "match")).isPresent();
      }
    }
  }

  @Test
  void a_copy_leaves_the_rules_behind() {
    assertThat(RoleValues.without("boot: x\nmatch:\n  - room: a\n# b\nimage: y\n", "match"))
        .contains("boot: x\nimage: y\n");
    assertThat(RoleValues.without("boot: x\nmatch: [ { room: a } ]\n", "match"))
        .contains("boot: x\n");
  }

  private static Optional<String> set(String text, String name, Object value) {
    return RoleValues.with(text, Map.of(name, Optional.of(value)));
  }

  private static Optional<String> removed(String text, String name) {
    Map<String, Optional<Object>> change = new LinkedHashMap<>();
    change.put(name, Optional.empty());
    return RoleValues.with(text, change);
  }
}
