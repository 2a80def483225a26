package io.arranque.documents;

/**
 * What is wrong with a document of a machine: the system that reads it would refuse it, or drop
 * part of it without a word.
 *
 * @param line in the text that was judged; 1 is the first
 * @param severity whether a site with it is refused
 * @param message what, wanted, got; and what to write instead where that is known
 */
public record Finding(int line, Severity severity, String message) {
  public enum Severity {
    /** The system would not do what is written. */
    ERROR,
    /** It would, but hardly as meant. */
    WARNING
  }

  public static Finding error(int line, String message) {
    return new Finding(line, Severity.ERROR, message);
  }

  public static Finding warning(int line, String message) {
    return new Finding(line, Severity.WARNING, message);
  }
}
