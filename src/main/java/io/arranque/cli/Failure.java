package io.arranque.cli;

/**
 * A command cannot go on; the message says what happened and what to do, and is all that is shown.
 */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
