package io.arranque.store;

import static io.arranque.store.Samples.ADDRESS;
import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.OTHER_PC;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.Forgotten;
import io.arranque.inventory.InventoryChange.MacMerged;
import io.arranque.inventory.InventoryChange.MacRefused;
import io.arranque.inventory.InventoryChange.MacSplit;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each state is looked at as it is in memory and again as it was read from the disk. */
class FurtherMacStoreTest {
  private static final Assignment NAMED = Assignment.NONE.withRole(Optional.of("worker"));

  @TempDir Path state;
  private Database database;
  private InventoryStore inventory;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    inventory = new InventoryStore(database, InstantSource.fixed(NOON));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void commit(InventoryChange... changes) throws StoreFailure {
    assertThat(inventory.commit(view -> List.of(changes))).containsExactly(changes);
  }

  private static InventoryChange seen(Mac mac, String serial) {
    return new InventoryChange.Seen(
        new Sighting(
            mac,
            new Hardware(
                Optional.of(new UUID(7, 7)),
                Optional.of(serial),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            NOON));
  }

  private void inMemoryAndOnDisk(Runnable check) throws StoreFailure {
    check.run();
    close();
    open();
    check.run();
  }

  @Test
  void a_merged_mac_is_the_machine_whoever_asks_and_what_it_is_seen_with_counts_for_it()
      throws StoreFailure {
    commit(new Assigned(PC, NAMED, "ana"), seen(OTHER_PC, "old"));
    commit(new MacMerged(OTHER_PC, PC, "ana"), seen(OTHER_PC, "new"));
    commit(new InventoryChange.BootStarted(new Boot("abc", PC, ADDRESS, "worker", NOON)));
    inMemoryAndOnDisk(
        () -> {
          assertThat(inventory.view().machines()).extracting(Machine::mac).containsExactly(PC);
          Machine machine = inventory.view().machine(OTHER_PC).orElseThrow();
          assertThat(machine.assignment()).isEqualTo(NAMED);
          assertThat(machine.hardware().serial()).contains("new");
          assertThat(inventory.view().key(OTHER_PC)).isEqualTo(PC);
          assertThat(inventory.view().macs(PC)).containsExactly(OTHER_PC);
          assertThat(inventory.view().boot(OTHER_PC)).isPresent();
          assertThat(inventory.view().machinesWithSerial("new")).containsExactly(PC);
          assertThat(inventory.view().machinesWithSerial("old")).isEmpty();
        });
  }

  @Test
  void a_split_mac_is_a_machine_of_its_own_and_not_taken_for_the_other_again() throws StoreFailure {
    commit(new Assigned(PC, NAMED, "ana"));
    commit(new MacMerged(OTHER_PC, PC, "ana"));
    commit(new MacSplit(OTHER_PC, PC, "ana"), seen(OTHER_PC, "own"));
    inMemoryAndOnDisk(
        () -> {
          assertThat(inventory.view().machine(OTHER_PC).orElseThrow().mac()).isEqualTo(OTHER_PC);
          assertThat(inventory.view().machine(OTHER_PC).orElseThrow().assignment())
              .isEqualTo(Assignment.NONE);
          assertThat(inventory.view().macs(PC)).isEmpty();
          assertThat(inventory.view().isApart(OTHER_PC, PC)).isTrue();
        });
    commit(new MacMerged(OTHER_PC, PC, "ana"));
    inMemoryAndOnDisk(
        () -> {
          assertThat(inventory.view().key(OTHER_PC)).isEqualTo(PC);
          assertThat(inventory.view().isApart(OTHER_PC, PC)).isFalse();
        });
  }

  @Test
  void a_refusal_is_kept_and_forgetting_the_machine_forgets_what_was_said_of_its_macs()
      throws StoreFailure {
    Mac third = new Mac(PC.bits() + 5);
    commit(new Assigned(PC, NAMED, "ana"), seen(third, "x"), seen(OTHER_PC, "y"));
    commit(new MacRefused(third, PC, "ana"), new MacMerged(OTHER_PC, PC, "ana"));
    inMemoryAndOnDisk(() -> assertThat(inventory.view().isApart(third, PC)).isTrue());
    commit(new Forgotten(PC, "ana"));
    inMemoryAndOnDisk(
        () -> {
          assertThat(inventory.view().isApart(third, PC)).isFalse();
          assertThat(inventory.view().key(OTHER_PC)).isEqualTo(OTHER_PC);
          assertThat(inventory.view().machine(OTHER_PC)).isEmpty();
        });
  }
}
