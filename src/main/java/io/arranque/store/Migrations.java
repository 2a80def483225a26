package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Brings the schema to this program's version, never back. */
final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing.
   *
   * @throws StoreFailure when a newer program has written the database; nothing was touched then
   */
  static void apply(DataSource source, String database) throws StoreFailure {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:db/migration")
            .cleanDisabled(true)
            .load();
    MigrationInfoService info = flyway.info();
    // Flyway by itself lets migrations it does not know pass when they are newer than its own.
    Optional<String> newer =
        Arrays.stream(info.applied())
            .filter(migration -> migration.getState().isApplied())
            .filter(migration -> !migration.getState().isResolved())
            .map(Migrations::version)
            .reduce((first, last) -> last);
    if (newer.isPresent()) {
      throw new StoreFailure(
          database
              + " was written by a newer Arranque (schema "
              + newer.get()
              + "); install that version again or restore a backup made before it",
          new IllegalStateException("unknown migration " + newer.get()));
    }
    flyway.migrate();
  }

  private static String version(MigrationInfo migration) {
    return String.valueOf(migration.getVersion());
  }
}
