package io.arranque.cli.lab;

/** The virtual room cannot go on; the message says what happened and what to do. */
public final class LabFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  LabFailure(String message) {
    super(message);
  }

  LabFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
