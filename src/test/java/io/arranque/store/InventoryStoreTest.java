package io.arranque.store;

import static io.arranque.store.Samples.ADDRESS;
import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.OTHER_PC;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryStoreTest {
  private static final Hardware HARDWARE =
      new Hardware(
          Optional.of(UUID.fromString("4c4c4544-0043-3510-8052-b4c04f4a4d31")),
          Optional.of("5CR5JM1"),
          Optional.of("Dell Inc."),
          Optional.of("OptiPlex 3050"),
          Optional.of("uefi-x64"));
  private static final Machine.Assignment WORKER =
      new Machine.Assignment(
          Optional.of("sala5-01"),
          Optional.of("sala5"),
          Optional.of("A1"),
          Optional.of("worker"),
          Map.of("disk", "/dev/sda", "token", "s3cr3t \"quoted\" ñ"));
  private static final Room SALA5 = new Room("sala5", "Sala 5, 1.º", Map.of("proxy", "none"));

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

  private static InventoryChange seen(Mac mac, Instant at) {
    return new InventoryChange.Seen(
        new Sighting(mac, HARDWARE, Optional.of("aula"), Optional.of(ADDRESS), at));
  }

  private static Boot boot(String nonce, Mac mac, Ipv4 address, Instant at) {
    return new Boot(nonce, mac, address, "worker", at);
  }

  @Test
  void everything_is_the_same_after_a_restart() throws StoreFailure {
    commit(
        seen(OTHER_PC, NOON),
        seen(PC, NOON),
        new InventoryChange.Assigned(PC, WORKER, "ana"),
        new InventoryChange.RoomSaved(SALA5, "ana"),
        new InventoryChange.BootStarted(boot("abc", PC, ADDRESS, NOON)));
    List<Machine> before = List.copyOf(inventory.view().machines());
    assertThat(before).extracting(Machine::mac).containsExactly(PC, OTHER_PC);
    restart();
    assertThat(inventory.view().machines()).containsExactlyElementsOf(before);
    assertThat(inventory.view().machine(PC)).map(Machine::assignment).contains(WORKER);
    assertThat(inventory.view().machine(PC)).map(Machine::hardware).contains(HARDWARE);
    assertThat(inventory.view().rooms()).containsExactly(SALA5);
    assertThat(inventory.view().boot(PC)).contains(boot("abc", PC, ADDRESS, NOON));
    assertThat(inventory.view().bootAt(ADDRESS)).contains(boot("abc", PC, ADDRESS, NOON));
  }

  @Test
  void forgetting_takes_the_machine_its_variables_and_its_boot() throws StoreFailure {
    commit(
        new InventoryChange.Assigned(PC, WORKER, "ana"),
        new InventoryChange.BootStarted(boot("abc", PC, ADDRESS, NOON)),
        new InventoryChange.RoomSaved(SALA5, "ana"));
    commit(
        new InventoryChange.Forgotten(PC, "ana"), new InventoryChange.RoomRemoved("sala5", "ana"));
    assertThat(inventory.view().bootAt(ADDRESS)).isEmpty();
    commit(seen(PC, NOON));
    restart();
    assertThat(inventory.view().machine(PC))
        .map(Machine::assignment)
        .contains(Machine.Assignment.NONE);
    assertThat(inventory.view().rooms()).isEmpty();
    assertThat(inventory.view().boot(PC)).isEmpty();
  }

  @Test
  void an_address_tells_the_newest_boot_there() throws StoreFailure {
    Ipv4 elsewhere = ADDRESS.plus(1);
    commit(new InventoryChange.BootStarted(boot("old", PC, ADDRESS, NOON)));
    commit(new InventoryChange.BootStarted(boot("new", OTHER_PC, ADDRESS, NOON.plusSeconds(1))));
    assertThat(inventory.view().bootAt(ADDRESS)).map(Boot::nonce).contains("new");
    restart();
    assertThat(inventory.view().bootAt(ADDRESS)).map(Boot::nonce).contains("new");
    commit(
        new InventoryChange.BootStarted(boot("moved", OTHER_PC, elsewhere, NOON.plusSeconds(2))));
    assertThat(inventory.view().bootAt(ADDRESS)).map(Boot::nonce).contains("old");
    assertThat(inventory.view().bootAt(elsewhere)).map(Boot::nonce).contains("moved");
  }

  @Test
  void a_machine_that_says_nothing_new_is_written_once_a_minute() throws StoreFailure {
    commit(seen(PC, NOON));
    commit(seen(PC, NOON.plusSeconds(59)));
    assertThat(inventory.view().machine(PC).flatMap(Machine::lastSeen))
        .contains(NOON.plusSeconds(59));
    restart();
    assertThat(inventory.view().machine(PC).flatMap(Machine::lastSeen)).contains(NOON);
    commit(seen(PC, NOON.plusSeconds(40)));
    commit(seen(PC, NOON.plusSeconds(61)));
    restart();
    assertThat(inventory.view().machine(PC).flatMap(Machine::lastSeen))
        .contains(NOON.plusSeconds(61));
  }

  @Test
  void a_failed_commit_changes_nothing_and_tells_nobody() throws StoreFailure {
    commit(seen(PC, NOON));
    List<InventoryChange> heard = new ArrayList<>();
    inventory.subscribe(heard::add);
    database.close();
    assertThatThrownBy(() -> commit(new InventoryChange.Assigned(PC, WORKER, "ana")))
        .isInstanceOf(StoreFailure.class);
    assertThat(inventory.view().machine(PC))
        .map(Machine::assignment)
        .contains(Machine.Assignment.NONE);
    assertThat(heard).isEmpty();
  }

  @Test
  void a_failing_listener_does_not_keep_others_from_hearing() throws StoreFailure {
    List<InventoryChange> heard = new ArrayList<>();
    inventory.subscribe(
        change -> {
          throw new IllegalStateException("a listener that fails on purpose");
        });
    Runnable stop = inventory.subscribe(heard::add);
    commit(seen(PC, NOON));
    stop.run();
    commit(seen(OTHER_PC, NOON));
    assertThat(heard).containsExactly(seen(PC, NOON));
  }

  @Test
  void decisions_at_the_same_time_do_not_overtake_each_other() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(4);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int person = 0; person < 4; person++) {
      work.add(
          () -> {
            for (int i = 0; i < 10; i++) {
              inventory.commit(
                  view -> {
                    int count = view.room("sala5").map(room -> room.vars().size()).orElse(0);
                    HashMap<String, String> vars =
                        new HashMap<>(view.room("sala5").map(Room::vars).orElse(Map.of()));
                    vars.put("n" + count, "");
                    return List.of(
                        new InventoryChange.RoomSaved(new Room("sala5", "", vars), "ana"));
                  });
            }
            return true;
          });
    }
    for (Future<Boolean> done : people.invokeAll(work)) {
      assertThat(done.get()).isTrue();
    }
    people.shutdown();
    restart();
    assertThat(inventory.view().room("sala5").orElseThrow().vars()).hasSize(40);
  }

  @Test
  void the_audit_names_who_did_what_and_no_secret() throws StoreFailure {
    commit(seen(PC, NOON), new InventoryChange.Assigned(PC, WORKER, "ana"));
    List<Map<String, Object>> audit =
        database.read(
            "read", handle -> handle.createQuery("select * from audit").mapToMap().list());
    assertThat(audit).hasSize(1);
    assertThat(audit.get(0)).containsEntry("who", "ana").containsEntry("mac", PC.toString());
    assertThat(audit.get(0)).containsEntry("what", "machine edited");
    assertThat(String.valueOf(audit.get(0).get("detail")))
        .contains("role - → worker", "var token set")
        .doesNotContain("s3cr3t");
  }
}
