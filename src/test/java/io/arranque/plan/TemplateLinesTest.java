package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateLinesTest {
  private final Templates templates = new Templates();

  @Test
  void a_literal_line_is_its_own_even_behind_values_of_several_lines() {
    assertThat(lines("one\n{{ keys }}\nthree\n", Map.of("keys", "a\nb\nc")))
        .containsExactly(1, 2, 2, 2, 3);
  }

  @Test
  void each_turn_of_a_loop_leads_to_the_same_lines() {
    assertThat(
            lines(
                "{% for k in keys %}\n- {{ k }}\n{% endfor %}end\n", Map.of("keys", List.of(1, 2))))
        .containsExactly(1, 2, 3, 2, 3);
  }

  @Test
  void what_a_condition_leaves_out_is_counted_all_the_same() {
    assertThat(lines("{% if no %}\na\nb\n{% endif %}\nlast\n", Map.of("no", false)))
        .containsExactly(1, 5);
  }

  @Test
  void a_tag_of_several_lines_is_not_torn_apart() {
    assertThat(lines("{% if\n yes %}\nx\n{% endif %}", Map.of("yes", true))).containsExactly(1, 3);
  }

  @Test
  void where_marks_would_change_the_text_equal_lines_are_the_same_line() {
    assertThat(lines("a\n{% filter upper %}\nb\n{% endfilter %}\nc\n", Map.of())).endsWith(5);
  }

  private List<Integer> lines(String text, Map<String, Object> scope) {
    Script template = new Script("d", "d", text);
    String rendered = templates.render(template, scope).ifText().orElseThrow();
    return TemplateLines.read(
            templates.render(TemplateLines.marked(template), scope), rendered, template)
        .of();
  }
}
