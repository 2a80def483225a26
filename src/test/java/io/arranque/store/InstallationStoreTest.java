package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Hardware;
import io.arranque.inventory.Installation;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.InstallationChanged;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.BootPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that was installed must not be installed again because the appliance was restarted. */
class InstallationStoreTest {
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

  private void restart() throws StoreFailure {
    close();
    open();
  }

  private void commit(InventoryChange... changes) throws StoreFailure {
    assertThat(inventory.commit(view -> List.of(changes))).containsExactly(changes);
  }

  private Machine machine() {
    return inventory.view().machine(PC).orElseThrow();
  }

  @Test
  void policy_and_installation_are_the_same_after_a_restart() throws StoreFailure {
    Assignment assignment = Assignment.NONE.withPolicy(Optional.of(BootPolicy.INSTALL_ONCE));
    commit(new InventoryChange.Assigned(PC, assignment, "ana"));
    for (Installation installation :
        List.of(
            Installation.NONE.begun("debian"),
            Installation.NONE.begun("debian").begun("debian"),
            Installation.NONE.begun("debian").done("debian", NOON),
            Installation.NONE.done("debian", NOON).bootedOnce(NOON.plusSeconds(1)),
            Installation.NONE)) {
      commit(new InstallationChanged(PC, installation, ""));
      restart();
      assertThat(machine().installation()).isEqualTo(installation);
      assertThat(machine().assignment()).isEqualTo(assignment);
    }
  }

  /** A sighting must not write an older state over it. */
  @Test
  void what_is_seen_later_leaves_it_as_it_is() throws StoreFailure {
    commit(new InstallationChanged(PC, Installation.NONE.done("debian", NOON), ""));
    commit(
        new InventoryChange.Seen(
            new Sighting(
                PC,
                Hardware.UNKNOWN.withSize(Optional.of(8192), Optional.of(4)),
                Optional.of("aula"),
                Optional.empty(),
                NOON.plusSeconds(100))));
    restart();
    assertThat(machine().installation().finished()).contains(NOON);
    assertThat(machine().hardware().memory()).contains(8192);
    assertThat(machine().hardware().cpus()).contains(4);
  }

  @Test
  void the_audit_tells_who_let_it_be_installed_again_and_not_what_machines_do()
      throws StoreFailure {
    commit(new InstallationChanged(PC, Installation.NONE.begun("debian"), ""));
    commit(new InstallationChanged(PC, Installation.NONE, "ana"));
    assertThat(
            database.<List<String>>read(
                "read",
                handle ->
                    handle
                        .createQuery("select who || ': ' || what from audit")
                        .mapTo(String.class)
                        .list()))
        .containsExactly("ana: to be installed or booted anew");
  }
}
