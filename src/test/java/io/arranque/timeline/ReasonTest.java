package io.arranque.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.timeline.Reason.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final Path REFERENCE = Path.of("docs/reasons.md");

  @Test
  void every_reason_is_a_whole_sentence_that_fits_a_pcs_screen() {
    for (Reason reason : Reason.values()) {
      // 80 columns less the indentation of error.ipxe; iPXE prints ASCII only.
      assertThat(reason.sentence()).as(reason.name()).matches("[ -~]{10,100}[.?]");
      assertThat(reason.advice()).as(reason.name()).matches("[ -~]*");
    }
  }

  @Test
  void what_somebody_must_do_something_about_says_what() {
    assertThat(Arrays.stream(Reason.values()).filter(r -> r.kind() == Kind.FAILURE))
        .allSatisfy(reason -> assertThat(reason.advice()).isNotEmpty());
  }

  /** Run with {@code -Ddocs.rewrite=true} after a change of the catalogue. */
  @Test
  void the_reference_in_docs_is_the_catalogue() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Reasons

            Why the appliance did or did not do a thing. These words stand on a machine's timeline, in the log, in
            `explain`, in the API, and, where it helps, on the PC's own screen. Made from the catalogue in
            `timeline/Reason.java`; do not edit.

            | reason | what happened | what to do |
            |---|---|---|
            """);
    for (Reason reason : Reason.values()) {
      text.append("| `%s` | %s | %s |%n".formatted(reason, reason.sentence(), reason.advice()));
    }
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.writeString(REFERENCE, text);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(text.toString());
  }
}
