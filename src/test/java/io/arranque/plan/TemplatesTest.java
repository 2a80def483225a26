package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
  private final Templates templates = new Templates();

  @Test
  void a_value_that_is_not_there_is_named_with_its_file_and_line() {
    Rendered rendered = render("one\ntwo {{ nothing }}\nthree\n");

    assertThat(rendered)
        .isEqualTo(new Rendered.Broken("cloud-init/x/doc", 2, "no value named \"nothing\""))
        .hasToString("cloud-init/x/doc:2 no value named \"nothing\"");
    assertThat(rendered.ifText()).isEmpty();
  }

  @Test
  void a_property_that_is_not_there_is_named_with_its_line() {
    assertThat(broken("a\nb\n{{ machine.colour }}", Map.of("machine", Map.of("mac", "x"))))
        .returns(3, Rendered.Broken::line)
        .satisfies(fault -> assertThat(fault.message()).contains("colour"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one\ntwo\n{% if %}",
        "one\ntwo\n{{ a | nofilter }}",
        "one\ntwo\n{{ a b }}",
        "one\ntwo\n{% nonsense %}",
      })
  void a_mistake_of_syntax_has_its_line(String template) {
    assertThat(broken(template, Map.of("a", "1", "b", "2")).line()).isEqualTo(3);
  }

  @Test
  void newlines_and_markup_stay_as_they_are_written() {
    assertThat(
            templates.render(
                script("a: {{ a }}\nb: {{ b }}\n\nc\n"), Map.of("a", "<&>'\"", "b", "x")))
        .isEqualTo(new Rendered.Text("a: <&>'\"\nb: x\n\nc\n"));
  }

  @Test
  void the_text_of_a_value_is_never_a_template() {
    assertThat(templates.render(script("{{ a }}"), Map.of("a", "{{ secret }}", "secret", "s")))
        .isEqualTo(new Rendered.Text("{{ secret }}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{% include \"FILE\" %}", "{% extends \"FILE\" %}", "{% import \"FILE\" %}"})
  void no_template_reads_a_file(String template, @TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the-content");

    Rendered rendered = render(template.replace("FILE", secret.toString()));

    assertThat(rendered.toString()).doesNotContain("the-content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ a.getClass() }}",
        "{{ a.class.forName('java.lang.Runtime') }}",
        "{{ a.getClass().getClassLoader() }}",
      })
  void no_template_reaches_behind_a_value(String template) {
    assertThat(templates.render(script(template), Map.of("a", "text")))
        .isInstanceOf(Rendered.Broken.class);
  }

  @Test
  void the_same_text_in_another_file_is_blamed_on_that_file() {
    render("{{ nothing }}");

    assertThat(templates.render(new Script("b", "other", "{{ nothing }}"), Map.of()))
        .isEqualTo(new Rendered.Broken("other", 1, "no value named \"nothing\""));
  }

  private Rendered.Broken broken(String template, Map<String, Object> scope) {
    Rendered rendered = templates.render(script(template), scope);
    assertThat(rendered).isInstanceOf(Rendered.Broken.class);
    return (Rendered.Broken) rendered;
  }

  private Rendered render(String template) {
    return templates.render(script(template), Map.of());
  }

  private static Script script(String text) {
    return new Script("doc", "cloud-init/x/doc", text);
  }
}
