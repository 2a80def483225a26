package io.arranque.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SymptomTest {
  private static final Path REFERENCE = Path.of("docs/diagnosis.md");
  private static final Pattern GAP = Pattern.compile("\\{[a-z]+}");

  @Test
  void every_symptom_is_a_whole_sentence_and_every_problem_says_what_to_try() {
    for (Symptom symptom : Symptom.values()) {
      assertThat(symptom.sentence()).as(symptom.name()).matches("[A-Z{][ -~]{10,160}[.?}]");
      assertThat(symptom.advice()).as(symptom.name()).hasSizeLessThanOrEqualTo(3);
      if (symptom.kind() == Kind.PROBLEM || symptom.kind() == Kind.WAITING) {
        assertThat(symptom.advice()).as(symptom.name()).isNotEmpty();
      }
      assertThat(symptom.advice()).allMatch(advice -> advice.matches("[ -~]{5,140}[.?]"));
    }
  }

  @Test
  void spanish_has_the_same_sentences_with_the_same_gaps() throws IOException {
    Properties spanish = new Properties();
    spanish.load(Files.newBufferedReader(Path.of("web/messages/es.properties")));
    for (Symptom symptom : Symptom.values()) {
      String key = "symptom." + symptom.name();
      assertThat(gaps(spanish.getProperty(key, ""))).as(key).isEqualTo(gaps(symptom.sentence()));
      for (int i = 0; i < symptom.advice().size(); i++) {
        String advice = spanish.getProperty(key + "." + (i + 1), "");
        assertThat(advice).as(key + " advice").isNotBlank();
        assertThat(gaps(advice)).as(key).isEqualTo(gaps(symptom.advice().get(i)));
      }
    }
    long keys =
        spanish.stringPropertyNames().stream().filter(k -> k.startsWith("symptom.")).count();
    long wanted = List.of(Symptom.values()).stream().mapToLong(s -> 1 + s.advice().size()).sum();
    assertThat(keys).as("no words for what is not there").isEqualTo(wanted);
  }

  private static Set<String> gaps(String text) {
    Set<String> gaps = new TreeSet<>();
    Matcher gap = GAP.matcher(text);
    while (gap.find()) {
      gaps.add(gap.group());
    }
    return gaps;
  }

  /** Run with {@code -Ddocs.rewrite=true} after a change of the catalogue. */
  @Test
  void the_reference_in_docs_is_the_catalogue() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Diagnosis

            What the page says at the top of a machine, `arranque explain` at its end, and the API under
            `machines/MAC/diagnosis`: what is the matter with it, in one sentence, and what to try next, the likeliest
            first. It is worked out from the machine's newest boot, from the one before while that starts over, and from what is known
            around it: other DHCP servers, the segment's mode, the machine's memory, how long the other machines of its room take.
            What each single event means is in [reasons.md](reasons.md). Made from the catalogue in `diagnosis/Symptom.java`; do
            not edit.

            """);
    for (Kind kind : Kind.values()) {
      text.append(title(kind)).append("\n\n| symptom | sentence | what to try |\n|---|---|---|\n");
      for (Symptom symptom : Symptom.values()) {
        if (symptom.kind() == kind) {
          text.append(
              "| `%s` | %s | %s |\n"
                  .formatted(
                      symptom,
                      cell(symptom.sentence()),
                      cell(String.join("<br>", symptom.advice()))));
        }
      }
      text.append('\n');
    }
    String whole = text.toString().stripTrailing() + "\n";
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.writeString(REFERENCE, whole);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(whole);
  }

  private static String title(Kind kind) {
    return switch (kind) {
      case GOOD -> "## Nothing is wrong";
      case UNDER_WAY -> "## On its way";
      case WAITING -> "## Waits for somebody";
      case PROBLEM -> "## Something is wrong";
    };
  }

  /** The values' names in italics. */
  private static String cell(String text) {
    return text.replaceAll("\\{([a-z]+)}", "*$1*");
  }
}
