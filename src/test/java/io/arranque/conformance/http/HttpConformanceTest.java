package io.arranque.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.conformance.Case;
import io.arranque.conformance.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConformanceTest {
  private static final List<Case<HttpLab>> CASES = HttpCases.all();

  @Test
  void every_case_has_a_name_of_its_own() {
    assertThat(CASES.stream().map(Case::name)).doesNotHaveDuplicates();
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void exceptions_name_cases_that_exist() {
    List<String> names = CASES.stream().map(Case::name).toList();
    assertThat(names).containsAll(HttpConformanceIT.BY_DESIGN.keySet());
  }

  /** Its results are a run's; this only finds that cases came or went since. */
  @Test
  void the_table_in_docs_has_a_row_for_each_case_and_no_other() throws IOException {
    List<String> rows =
        Files.readAllLines(HttpConformanceIT.DOCUMENT).stream()
            .filter(line -> line.startsWith("| RFC "))
            .map(line -> line.replaceFirst("( \\| [✓✗–?])+ \\|$", ""))
            .toList();
    assertThat(rows).isEqualTo(CASES.stream().map(Table::row).toList());
  }
}
