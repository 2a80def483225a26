package io.arranque.web.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.Planned;
import io.arranque.web.machines.Editions.Part;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FormEditTest {
  private final SortedMap<String, String> was =
      new TreeMap<>(
          Map.of(
              "hostname", "pc1",
              "room", "sala5",
              "seat", "1",
              "role", "worker",
              "policy", "",
              "reservation", "",
              "var.disk", "/dev/sda",
              "var.rancher-token", Planned.MASK));

  private static AssignmentEdit typed(String hostname, String seat, Map<String, String> vars) {
    return new AssignmentEdit(
            Optional.of(hostname),
            Optional.of("sala5"),
            Optional.of(seat),
            Optional.of("worker"),
            vars,
            Map.of(),
            Optional.of(""),
            false)
        .withPolicy(Optional.of(""));
  }

  private FormEdit changed(AssignmentEdit typed) {
    return FormEdit.changed(typed, Map.of(), was);
  }

  @Test
  void what_was_left_alone_is_not_sent() {
    FormEdit form =
        changed(typed("pc1 ", "1", Map.of("disk", "/dev/sda", "rancher-token", Planned.MASK)));
    assertThat(form.parts()).isEmpty();
    assertThat(form.edit()).isEqualTo(AssignmentEdit.NOTHING);
  }

  @Test
  void only_what_was_typed_anew_is_sent() {
    FormEdit form = changed(typed("pc1", "7", Map.of("disk", "/dev/sdb", "debug", "")));
    assertThat(form.edit().hostname()).isEmpty();
    assertThat(form.edit().room()).isEmpty();
    assertThat(form.edit().seat()).contains("7");
    assertThat(form.edit().vars()).containsExactly(Map.entry("disk", "/dev/sdb"));
    assertThat(form.parts()).containsExactlyInAnyOrder(Part.PLACE, Part.ROLE);
  }

  @Test
  void a_secret_that_is_taken_away_or_typed_is_a_change_of_the_role_s_values() {
    assertThat(changed(typed("pc1", "1", Map.of("rancher-token", ""))).parts())
        .containsExactly(Part.ROLE);
    assertThat(changed(typed("pc1", "1", Map.of("rancher-token", "new"))).parts())
        .containsExactly(Part.ROLE);
  }

  @Test
  void of_dhcp_options_only_the_lines_that_differ_are_sent() {
    Map<String, String> before = Map.of("ntp-servers", "10.0.0.1", "26", "1400");
    AssignmentEdit typed =
        typed("pc1", "1", Map.of())
            .withNetwork(Map.of("ntp-servers", "10.0.0.2", "26", "1400"), Optional.of(""), false);
    FormEdit form = FormEdit.changed(typed, before, was);
    assertThat(form.edit().options()).containsExactly(Map.entry("ntp-servers", "10.0.0.2"));
    assertThat(form.parts()).containsExactly(Part.OPTIONS);
  }

  @Test
  void an_edition_tells_which_parts_are_different() {
    Editions editions = new Editions();
    Assignment shown = assignment("pc1", "1", Map.of("rancher-token", "secret"));
    String text = editions.text(shown);
    assertThat(editions.changed(text, shown)).isEmpty();
    assertThat(editions.changed(text, assignment("pc1", "2", Map.of("rancher-token", "secret"))))
        .isEqualTo(Set.of(Part.PLACE));
    assertThat(editions.changed(text, assignment("pc9", "1", Map.of("rancher-token", "other"))))
        .isEqualTo(Set.of(Part.NAME, Part.ROLE));
    assertThat(editions.changed("nonsense", shown)).hasSize(Part.values().length);
  }

  /** Else whoever reads the page could try secrets against it. */
  @Test
  void an_edition_is_made_with_a_key_of_its_own_process() {
    Assignment shown = assignment("pc1", "1", Map.of("rancher-token", "secret"));
    assertThat(new Editions().text(shown)).isNotEqualTo(new Editions().text(shown));
  }

  @Test
  void a_tag_is_compared_as_rfc_9110_says() {
    assertThat(IfMatch.matches("\"a\"", Optional.of("\"a\""))).isTrue();
    assertThat(IfMatch.matches("\"b\", \"a\"", Optional.of("\"a\""))).isTrue();
    assertThat(IfMatch.matches("*", Optional.of("\"a\""))).isTrue();
    assertThat(IfMatch.matches("*", Optional.empty())).isFalse();
    assertThat(IfMatch.matches("W/\"a\"", Optional.of("\"a\""))).isFalse();
    assertThat(IfMatch.matches("\"b\"", Optional.of("\"a\""))).isFalse();
  }

  private static Assignment assignment(String hostname, String seat, Map<String, String> vars) {
    return new Assignment(
        Optional.of(hostname), Optional.of("sala5"), Optional.of(seat), Optional.empty(), vars);
  }
}
