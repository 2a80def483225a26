package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;

/** Turns what H2, Flyway and the pool throw into one sentence that says what to do. */
final class Failures {
  /**
   * After these H2 has closed the database on its own account (seen with a full disk: 50000, then
   * 90098 for ever), while the pool's liveness check still says that all is well.
   */
  private static final Set<Integer> CLOSING =
      Set.of(
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.OBJECT_CLOSED);

  private final String database;

  /** Makes failures that name {@code database}: a path, or a URL without its parameters. */
  Failures(String database) {
    this.database = database;
  }

  StoreFailure failure(String doing, Throwable cause) {
    return new StoreFailure("cannot " + doing + " " + database + ": " + advice(cause), cause);
  }

  /** Whether nothing but opening the database again will help. */
  static boolean closesDatabase(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof MVStoreException || t instanceof IOException) {
        return true;
      }
      if (t instanceof SQLException sql && CLOSING.contains(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  private static String advice(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return "the disk is full; free some space, it goes on by itself";
      }
      if (message.contains("Read-only file system")) {
        return "the file system is read-only; mount it writable, it goes on by itself";
      }
      if (t instanceof SQLException sql
          && (sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
              || message.contains("file is locked"))) {
        return "another process has it open; stop the other Arranque or choose another --state";
      }
      if (message.contains("Permission denied") || message.contains("AccessDenied")) {
        return "permission denied; it must belong to user " + System.getProperty("user.name");
      }
      if (message.contains("is corrupt") || message.contains("File corrupted")) {
        return "the file is damaged; restore a copy, or move it away to begin with an empty one";
      }
      if (t instanceof SQLException && message.startsWith("No suitable driver")) {
        return "there is no driver for this kind of database; use jdbc:h2: or database: auto";
      }
    }
    return root(thrown);
  }

  private static String root(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null && !(t instanceof FileSystemException)) {
      t = t.getCause();
    }
    String message = String.valueOf(t.getMessage());
    return message.lines().findFirst().orElse(t.getClass().getSimpleName());
  }
}
