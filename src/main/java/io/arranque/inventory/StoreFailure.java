package io.arranque.inventory;

/** The database refused or could not be reached; nothing was changed, trying again may help. */
public final class StoreFailure extends Exception {
  private static final long serialVersionUID = 1;

  public StoreFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
