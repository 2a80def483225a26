package io.arranque.web;

/** A request that cannot be served, with the HTTP status that says so. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Fault(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static Fault notFound(String what) {
    return new Fault(404, what);
  }
}
