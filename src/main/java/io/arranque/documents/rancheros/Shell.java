package io.arranque.documents.rancheros;

import java.util.List;
import java.util.stream.Collectors;

/** Text for a POSIX shell. */
final class Shell {
  private Shell() {}

  /** One word, in single quotes; bare where that reads the same. */
  static String word(String text) {
    return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  static String words(List<String> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }

  /** A basic regular expression that matches just this, for sed with {@code |}. */
  static String literal(String text) {
    return text.replaceAll("[\\\\.*\\[\\]^$|]", "\\\\$0");
  }
}
