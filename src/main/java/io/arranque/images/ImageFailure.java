package io.arranque.images;

/**
 * What was asked for cannot be done; the message says what happened and what to do, and is meant
 * for the operator.
 */
public final class ImageFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** Whose business it is. */
  public enum Kind {
    /** There is no such image, version or entry. */
    UNKNOWN,
    /** Somebody else works on this image, or it is in use. */
    BUSY,
    /** The request makes no sense. */
    WRONG,
    /** What was fetched is not what was wanted. */
    BROKEN,
    /** The other end does not answer, or not as it should. */
    UPSTREAM,
    /** Our own disk. */
    DISK,
    /** Somebody broke it off. */
    CANCELLED
  }

  ImageFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  ImageFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
