package io.arranque.site;

import io.arranque.site.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Gathers problems while a site is read, so that all are told at once. Not thread-safe. */
final class ProblemCollector {
  private static final int GOT_MAX = 60;

  private final List<Problem> found = new ArrayList<>();

  void error(String file, int line, String key, String message) {
    found.add(new Problem(Severity.ERROR, file, line, oneLine(key), oneLine(message)));
  }

  void warning(String file, int line, String key, String message) {
    found.add(new Problem(Severity.WARNING, file, line, oneLine(key), oneLine(message)));
  }

  Problems problems() {
    return new Problems(found);
  }

  /** What was found in a file, quoted, short and on one line. */
  static String quoted(String text) {
    String shortened = text.length() > GOT_MAX ? text.substring(0, GOT_MAX) + "…" : text;
    return '"' + oneLine(shortened) + '"';
  }

  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replaceAll("\\p{Cntrl}", "?");
  }
}
