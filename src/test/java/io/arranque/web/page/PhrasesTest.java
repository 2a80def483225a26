package io.arranque.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.documents.Documents;
import io.arranque.documents.Finding;
import io.arranque.documents.Format;
import io.arranque.web.page.Sentences.Sentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences that are made in English have their Spanish, all of them. */
class PhrasesTest {
  private static final Path ROOT = Path.of(System.getProperty("arranque.root", "."));
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");
  private static final Pattern FILLED = Pattern.compile("⟨[0-9]*⟩");

  private static final Phrases SPANISH =
      Messages.load("es", new WebFiles(() -> Path.of("no-site"))).phrases();

  private final List<String> notOnThePage =
      new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(
                      PhrasesTest.class.getResourceAsStream("not-on-the-page.txt")),
                  StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "site",
        "documents",
        "plan",
        "dhcp",
        "inventory",
        "editor",
        "images",
        "tftp",
        "http",
        "web",
        "store/Failures.java",
        "cli/StartSettings.java"
      })
  void every_sentence_of_the_sources_is_said_in_spanish(String folder) throws IOException {
    List<Sentence> sentences = Sentences.in(ROOT.resolve("src/main/java/io/arranque/" + folder));
    Set<String> missing = new TreeSet<>();
    for (Sentence sentence : sentences) {
      if (isOnThePage(sentence)) {
        String text = filled(sentence.text());
        SPANISH.left(text).stream()
            .filter(l -> Sentences.WORDS.matcher(FILLED.matcher(l).replaceAll("")).matches())
            .forEach(
                l ->
                    missing.add(
                        sentence.file() + ": " + text + (l.equals(text) ? "" : " -> " + l)));
      }
    }
    assertThat(String.join("\n", missing)).isEmpty();
  }

  @Test
  void the_spanish_has_the_gaps_of_the_english_and_no_phrase_comes_twice() throws IOException {
    List<String> lines =
        Files.readAllLines(ROOT.resolve("web/messages/es.phrases")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    Set<String> english = new HashSet<>();
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(places(lines.get(i + 1))).as(lines.get(i)).isEqualTo(places(lines.get(i)));
      assertThat(english.add(lines.get(i))).as("only once: %s", lines.get(i)).isTrue();
    }
    assertThat(english).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dhcp/sala5.yaml:7 lease-time: not a duration, wanted e.g. 12h, 30m or 1d, got "12 hourz" | dhcp/sala5.yaml:7 lease-time: no es un plazo; se espera p. ej. 12h, 30m o 1d, hay "12 hourz"
          unknown key, did you mean "lease-time"?                    | clave desconocida; ¿quisiste decir "lease-time"?
          cloud-init/lab/role.yaml:2 boot: no such script, wanted wait or menu, got "mneu", did you mean "menu"? | cloud-init/lab/role.yaml:2 boot: no existe ese script; se espera wait o menu, hay "mneu"; ¿quisiste decir "menu"?
          images:1: warning: missing images, wanted alpine: 'arranque image add' fetches it, see images/README.md | images:1: aviso: faltan imágenes; se espera alpine: 'arranque image add' la trae, mirá images/README.md
          users[0].uid: wanted a whole number or text, got a list    | users[0].uid: se espera un número entero o texto, hay una lista
          disk: a device path such as /dev/sda, or LABEL=… or UUID=… | disk: una ruta de dispositivo como /dev/sda, o LABEL=… o UUID=…
          the password of ana or oscar                               | the password of ana or oscar
          """)
  void sentences_are_put_together_of_phrases(String english, String spanish) {
    assertThat(SPANISH.say(english)).isEqualTo(spanish);
  }

  @Test
  void what_somebody_wrote_stays_as_it_is() {
    assertThat(SPANISH.say("not a name, wanted some text, got \"empty\""))
        .isEqualTo("no es un nombre; se espera algún texto, hay \"empty\"");
    assertThat(SPANISH.say("not a known key, did you mean \"text\"?"))
        .isEqualTo("no es una clave conocida; ¿quisiste decir \"text\"?");
    assertThat(SPANISH.say("unknown key, wanted one of {0}, $1, {1}"))
        .isEqualTo("clave desconocida; se espera una de {0}, $1, {1}");
  }

  @Test
  @Timeout(5)
  void a_hostile_text_is_soon_done_with() {
    String text = "a: b, wanted c or (d), got e; wanted f, did you mean \"g\"? ".repeat(30);
    assertThat(SPANISH.say(text)).isNotEmpty();
    assertThat(SPANISH.say("x or ".repeat(1_000_000))).hasSize(5_000_000);
  }

  /** Readers of YAML and JSON are other people's; what they say mostly is here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a\nb: c",
        "a: [1, 2",
        "a: {b: 1",
        "a: 'x",
        "a: \"x",
        "a: \"\\q\"",
        "\ta: 1",
        "a: @x",
        "a: 1\n b: 2",
        "- a\nb: 1",
        "a: - b",
        "a: *x",
        "a: !q!x 1",
        "a: &a [*a]",
        "? [a]\n: 1",
        "a: 1\na: 2",
        "a: \u0007"
      })
  void what_is_wrong_with_yaml_is_said_in_spanish(String text) {
    assertSpanish(Documents.check(Format.NETWORK_CONFIG, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1, 2",
        "{\"a\" 1}",
        "{\"a\": 1 \"b\": 2}",
        "{a: 1}",
        "{\"a\": }",
        "{\"a\": tru}",
        "{\"a\": \"x",
        "{\"a\": \"x\ny\"}",
        "{\"a\": \"\\q\"}",
        "{\"a\": 012}",
        "{\"a\": 1,}",
        "{\"a\": 1}]",
        "{} {}"
      })
  void what_is_wrong_with_json_is_said_in_spanish(String text) {
    assertSpanish(Documents.check(Format.IGNITION, text));
  }

  private static void assertSpanish(List<Finding> findings) {
    assertThat(findings).isNotEmpty();
    for (Finding finding : findings) {
      assertThat(SPANISH.left(finding.message()))
          .as("left of: %s", finding.message())
          .noneMatch(part -> Sentences.WORDS.matcher(part).matches());
    }
  }

  private static Set<String> places(String text) {
    Matcher matcher = PLACE.matcher(text);
    Set<String> places = new TreeSet<>();
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @Test
  void a_file_of_phrases_that_is_not_in_pairs_is_refused() {
    assertThatThrownBy(() -> Phrases.parse("no role\nno room\n  ninguna sala\n"))
        .hasMessageContaining("no role");
    assertThatThrownBy(() -> Phrases.parse("{0}\n  {0}\n")).hasMessageContaining("all gap");
  }

  private boolean isOnThePage(Sentence sentence) {
    String said = sentence.file() + ": " + sentence.text().replace("\0", "⟨⟩");
    return !said.contains("; charset=") && notOnThePage.stream().noneMatch(said::startsWith);
  }

  /** As it could be when the program runs: what may be nothing is left out. */
  private static String filled(String text) {
    String whole = text.replaceAll("\0+", "\0").replaceAll("(?<=[A-Za-z])\0", "");
    if (whole.matches("\0[a-z].*")) {
      whole = whole.substring(1);
    }
    if (whole.matches(".*[a-z\"]\0")) {
      whole = whole.substring(0, whole.length() - 1);
    }
    whole = whole.matches("[,;:. ].*") ? "\0" + whole : whole;
    whole = whole.matches(".*[,:;]? ") ? whole + "\0" : whole;
    StringBuilder filled = new StringBuilder();
    int gap = 0;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      filled.append(c == Sentences.GAP ? "⟨" + gap++ + "⟩" : String.valueOf(c));
    }
    return filled.toString();
  }
}
