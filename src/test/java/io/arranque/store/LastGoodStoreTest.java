package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Given;
import io.arranque.plan.LastGood;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodStoreTest {
  @TempDir Path state;
  private Database database;
  private LastGoodStore boots;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    boots = new LastGoodStore(database);
    inventory(new InventoryChange.Assigned(Samples.PC, Assignment.NONE, "test"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void inventory(InventoryChange change) throws StoreFailure {
    new InventoryStore(database, InstantSource.fixed(Samples.NOON)).commit(view -> List.of(change));
  }

  private static LastGood boot(int number, Map<String, String> texts) {
    return new LastGood(
        Samples.PC, Samples.NOON.plusSeconds(number), "worker", new Given(new TreeMap<>(texts)));
  }

  @Test
  void the_newest_takes_the_place_of_the_one_before_also_after_a_restart() throws StoreFailure {
    boots.keep(boot(1, Map.of("script", "one", "document a", "a")));
    LastGood newest = boot(2, Map.of("script", "two"));
    boots.keep(newest);
    database.close();
    database = Database.open(state, Optional.empty());

    assertThat(new LastGoodStore(database).of(Samples.PC)).contains(newest);
    assertThat(new LastGoodStore(database).of(Samples.OTHER_PC)).isEmpty();
  }

  @Test
  void it_goes_with_its_machine_and_does_not_come_back() throws StoreFailure {
    boots.keep(boot(1, Map.of("script", "one")));
    inventory(new InventoryChange.Forgotten(Samples.PC, "test"));
    assertThat(boots.of(Samples.PC)).isEmpty();

    boots.keep(boot(2, Map.of("script", "two")));
    assertThat(boots.of(Samples.PC)).isEmpty();
  }
}
