package io.arranque.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.arranque.site.Script;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  private final Templates templates = new Templates();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain",
        "no",
        "~",
        "0123",
        "1e3",
        "a: b",
        "- a",
        "# none",
        "a #b",
        "say \"hi\"",
        "it's",
        "back\\slash \\n",
        "two\nlines\n",
        "\r\n",
        "\ttab",
        "%TAG",
        "{{ x }}",
        "*alias",
        "!tag",
        "&",
        "año 日本 🖥",
        "bell\u0007 del\u007f",
        "\u001b[31m",
        "next\u0085line",
        "\u2028\u2029",
        "nbsp\u00a0",
        "\ufeffbom",
        "high\u0090control",
        "trailing ",
        "not a character \uffff",
      })
  void yaml_gives_back_the_same_text(String nasty) throws Exception {
    String document = "key: " + Filters.yaml(nasty) + "\nnext: 1\n";

    Map<?, ?> parsed = new ObjectMapper(new YAMLFactory()).readValue(document, Map.class);

    assertThat(parsed.get("key")).isEqualTo(nasty);
    assertThat(parsed.get("next")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain",
        "it's",
        "''",
        "$(reboot) `id` $HOME ${HOME}",
        "a; b && c | d > e",
        "\"double\"",
        "back\\slash\\",
        "two\nlines",
        "* ? [a]",
        "-n",
        "~root",
        "!1",
        "año 日本",
        "%s",
      })
  void shell_reaches_a_real_shell_as_one_word(String nasty) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "printf '<%s>' " + Filters.shell(nasty) + " end").start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).isEqualTo("<" + nasty + "><end>");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a b, a%20b",
    "a+b, a%2Bb",
    "a&b=c, a%26b%3Dc",
    "año, a%C3%B1o",
    "'#/?', %23%2F%3F",
    "az-09._, az-09._",
  })
  void urlencode_leaves_nothing_that_a_url_would_read_otherwise(String text, String expected) {
    assertThat(Filters.urlencode(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "a, YQ==", "año, YcOxbw==", "sure., c3VyZS4="})
  void base64_is_of_utf8(String text, String expected) {
    assertThat(Filters.base64(text)).isEqualTo(expected);
  }

  @Test
  void indent_keeps_a_block_a_block() {
    assertThat(Filters.indent("a\n  b\nc", 2)).isEqualTo("a\n    b\n  c");
    assertThat(Filters.indent("one", 8)).isEqualTo("one");
    assertThat(rendered("{{ 'a\nb' | indent(4) }}")).isEqualTo(new Rendered.Text("a\n    b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"indent", "indent(81)", "indent(-1)", "indent('x')"})
  void an_indent_without_a_sensible_number_is_refused(String filter) {
    assertThat(rendered("{{ 'a' | " + filter + " }}"))
        .isInstanceOfSatisfying(
            Rendered.Broken.class,
            broken -> assertThat(broken.message()).contains("indent wants a number of spaces"));
  }

  @Test
  void mask_hides_the_length_too() {
    assertThat(rendered("{{ 'x' | mask }}")).isEqualTo(rendered("{{ 'a long one' | mask }}"));
    assertThat(rendered("{{ 'x' | mask }}")).isEqualTo(new Rendered.Text(Planned.MASK));
  }

  @Test
  void filters_take_numbers_and_can_be_chained() {
    assertThat(rendered("{{ 7 | yaml }} {{ 'a b' | base64 | shell }}"))
        .isEqualTo(new Rendered.Text("\"7\" 'YSBi'"));
  }

  private Rendered rendered(String template) {
    return templates.render(new Script("t", "t.ipxe", template), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "say \"hi\"", "back\\slash", "two\nlines\r\t", "año \u2028 \u0007"})
  void json_gives_back_the_same_text(String nasty) throws Exception {
    assertThat(new ObjectMapper().readValue(json(nasty), String.class)).isEqualTo(nasty);
  }

  @ParameterizedTest
  @CsvSource({
    "Dell Inc., Dell-Inc",
    "OptiPlex 7010, OptiPlex-7010",
    "'', ''",
    "-(c) x_y.z-, c-x_y.z",
    "año, a-o",
    "ááá, ''",
  })
  void label_gives_what_kubernetes_takes_for_a_labels_value(String text, String label) {
    assertThat(Filters.label(text)).isEqualTo(label);
    assertThat(Filters.label("a".repeat(62) + "-b")).hasSize(62);
  }

  @Test
  void hmac_is_the_same_for_the_same_and_another_for_another_machine_or_key() {
    // HMAC-SHA-256 of RFC 4231, test case 2, its first half.
    assertThat(Filters.hmac("what do ya want for nothing?", "Jefe"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c7");
    assertThat(Filters.hmac("a", "key")).isNotEqualTo(Filters.hmac("b", "key"));
    assertThat(Filters.hmac("a", "key")).isNotEqualTo(Filters.hmac("a", "yek"));
  }

  private String json(String text) {
    return templates
        .render(new Script("x", "x", "{{ text | json }}"), Map.of("text", text))
        .ifText()
        .orElseThrow();
  }
}
