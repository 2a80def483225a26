package io.arranque;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that takes two sittings to read probably holds two things. */
class BudgetTest {
  private static final int LONGEST = 400;
  private static final int MEDIAN = 120;

  @Test
  void files_stay_small_enough_to_read_in_one_sitting() throws IOException {
    List<Integer> mainFiles = new ArrayList<>();
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > LONGEST) {
          tooLong.add(file + ": " + lines);
        }
        if (file.startsWith("src/main")) {
          mainFiles.add(lines);
        }
      }
    }
    mainFiles.sort(null);
    assertThat(tooLong).isEmpty();
    assertThat(mainFiles.get(mainFiles.size() / 2)).isLessThanOrEqualTo(MEDIAN);
  }
}
