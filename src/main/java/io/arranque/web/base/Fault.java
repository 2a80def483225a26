package io.arranque.web.base;

/** A request that cannot be served, with the HTTP status that says so. */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  public Fault(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }

  public static Fault notFound(String what) {
    return new Fault(404, what);
  }
}
