package io.arranque.conformance.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.conformance.Case;
import io.arranque.conformance.Result;
import io.arranque.conformance.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * A protocol's cases against several servers.
 *
 * @param programs all there are; ours is the first
 * @param main the class that runs the cases in a namespace
 * @param table of the document
 */
public record Judged<L>(List<FileProgram> programs, Class<?> main, Table<L> table) {

  /**
   * Runs ours, or those of {@code -Dconformance.servers}; with {@code -Ddocs.rewrite=true} and all
   * of them the document is made anew.
   *
   * @param folder empty
   * @return a test for each case and server; only ours can fail
   */
  public Stream<DynamicContainer> run(Path folder, Path document)
      throws IOException, InterruptedException {
    List<String> wanted =
        List.of(System.getProperty("conformance.servers", "arranque").split(",", -1));
    Map<String, Map<Case<L>, Result>> results = new LinkedHashMap<>();
    Map<String, String> versions = new LinkedHashMap<>();
    Stream.Builder<DynamicContainer> tests = Stream.builder();
    for (FileProgram program : programs) {
      if (wanted.contains(program.name())) {
        Path own = Files.createDirectory(folder.resolve(program.name()));
        Measured<L> measured = Measured.of(program, main, table.cases(), own);
        results.put(program.title(), measured.results());
        versions.put(program.title(), measured.version());
        tests.add(DynamicContainer.dynamicContainer(program.title(), tests(program, measured)));
      }
    }
    if (results.size() == programs.size() && Boolean.getBoolean("docs.rewrite")) {
      table.write(document, versions, results);
    }
    return tests.build();
  }

  private Stream<DynamicTest> tests(FileProgram program, Measured<L> measured) {
    return measured.results().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().name(),
                    () -> {
                      if (program.isOurs()) {
                        judge(entry.getKey(), entry.getValue());
                      }
                    }));
  }

  /** An exception that has become untrue fails too. */
  private void judge(Case<L> one, Result result) {
    boolean excepted = table.byDesign().containsKey(one.name());
    assertThat(result.outcome())
        .as(result.remark())
        .isEqualTo(excepted ? Result.Outcome.FAILED : Result.Outcome.PASSED);
  }
}
