package io.arranque.conformance;

/** The server did something else than wanted; the message says what, for the table. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  public Violation(String message) {
    super(message);
  }

  public static void unless(boolean condition, String otherwise) {
    if (!condition) {
      throw new Violation(otherwise);
    }
  }

  public static void unlessSame(String what, Object actual, Object wanted) {
    if (!actual.equals(wanted)) {
      throw new Violation(what + ": " + actual + ", wanted " + wanted);
    }
  }
}
