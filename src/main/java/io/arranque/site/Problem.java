package io.arranque.site;

import java.util.Comparator;

/**
 * Something about the site's files that the operator should know.
 *
 * @param severity whether it keeps the site from being used
 * @param file relative to the site's folder, with {@code /}
 * @param line from 1; 1 also when the file as a whole is meant
 * @param key path of the key inside the file, {@code pool[0]} or {@code vars.disk.type}; may be
 *     empty
 * @param message what is wrong, what was wanted and what was there, in one line
 */
public record Problem(Severity severity, String file, int line, String key, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file).thenComparingInt(Problem::line);

  /** How bad it is. */
  public enum Severity {
    /** The site cannot be used; the last good one goes on. */
    ERROR,
    /** The site is used, but something in it will not work as it may seem. */
    WARNING
  }

  public Problem {
    if (line < 1) {
      throw new IllegalArgumentException("lines count from 1: " + line);
    }
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** By file and line only; a sort must be stable to keep the order of finding within a line. */
  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }

  /**
   * One line: {@code dhcp/sala5.yaml:7 lease-time: not a duration, wanted …, got "12 hourz"}. Of a
   * warning, the message begins with {@code warning:}.
   */
  @Override
  public String toString() {
    String place = file + ":" + line + (key.isEmpty() ? "" : " " + key);
    return place + ": " + (isError() ? "" : "warning: ") + message;
  }
}
