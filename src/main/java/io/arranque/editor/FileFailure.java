package io.arranque.editor;

/** A file of the site that cannot be read or written as wanted; nothing has changed. */
public final class FileFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** What is wrong. */
  public enum Kind {
    /** There is none. */
    MISSING,
    /** Somebody changed it since it was read. */
    CHANGED,
    /** It, or a folder above it, is a link, or no plain file. */
    LINK,
    /** Not UTF-8, or with a character that no text has. */
    NOT_TEXT,
    TOO_LARGE,
    /** No space left on the device, or the quota used up. */
    DISK_FULL,
    /** Not ours to write, or the disk fails. */
    REFUSED
  }

  public FileFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FileFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
