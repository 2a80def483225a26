package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.ConflictBook;
import io.arranque.inventory.StoreFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConflictStoreTest {
  @TempDir Path state;
  private Database database;
  private ConflictStore conflicts;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    conflicts = new ConflictStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Conflict conflict(int number) {
    return new Conflict(
        Samples.ADDRESS,
        "sala5",
        Optional.empty(),
        Conflict.Found.DECLINE,
        Samples.PC,
        Samples.NOON.plusSeconds(number));
  }

  @Test
  void a_conflict_is_there_after_a_restart_with_whom_was_found_out_later() throws StoreFailure {
    Conflict named =
        new Conflict(
            Samples.ADDRESS,
            "sala5",
            Optional.of(Samples.OTHER_PC),
            Conflict.Found.DECLINE,
            Samples.PC,
            Samples.NOON);
    conflicts.record(conflict(0));
    conflicts.record(named);
    database.close();
    open();
    assertThat(conflicts.load()).containsExactly(named);
  }

  @Test
  void only_the_newest_are_kept_oldest_first() throws StoreFailure {
    for (int i = 0; i < ConflictBook.KEPT + 5; i++) {
      conflicts.record(conflict(i));
    }
    List<Conflict> kept = conflicts.load();
    assertThat(kept).hasSize(ConflictBook.KEPT);
    assertThat(kept.get(0)).isEqualTo(conflict(5));
    assertThat(kept.get(ConflictBook.KEPT - 1)).isEqualTo(conflict(ConflictBook.KEPT + 4));
  }
}
