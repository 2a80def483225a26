package io.arranque.store;

import static io.arranque.store.Samples.ADDRESS;
import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.bound;
import static io.arranque.store.Samples.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook.LoadedLeases;
import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseStoreTest {
  @TempDir Path state;
  private Database database;
  private LeaseStore leases;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    leases = LeaseStore.open(database, state);
  }

  @AfterEach
  void close() {
    leases.close();
    database.close();
  }

  private LoadedLeases afterRestart() throws StoreFailure {
    close();
    open();
    return leases.load();
  }

  @Test
  void leases_are_there_after_a_restart() throws StoreFailure {
    leases.commit(bound(0, 64));
    assertThat(afterRestart().leases())
        .containsExactlyInAnyOrderElementsOf(
            bound(0, 64).stream().map(change -> ((LeaseChange.Bound) change).lease()).toList());
  }

  @Test
  void an_address_has_one_lease_the_last_one() throws StoreFailure {
    Lease newer =
        new Lease(
            ADDRESS, Mac.of("02:00:00:00:00:01"), "sala6", NOON, Instant.MAX, Optional.empty());
    leases.commit(bound(0, 1));
    leases.commit(List.of(new LeaseChange.Bound(newer)));
    assertThat(afterRestart().leases())
        .singleElement()
        .satisfies(
            lease -> {
              assertThat(lease.mac()).isEqualTo(newer.mac());
              assertThat(lease.segment()).isEqualTo("sala6");
              assertThat(lease.hostname()).isEmpty();
              assertThat(lease.expires()).isAfter(Instant.parse("9999-01-01T00:00:00Z"));
            });
  }

  @Test
  void a_released_lease_stays_as_a_memory() throws StoreFailure {
    leases.commit(bound(0, 1));
    leases.commit(List.of(new LeaseChange.Released(ADDRESS, NOON.plusSeconds(5))));
    assertThat(afterRestart().leases())
        .singleElement()
        .satisfies(
            lease -> {
              assertThat(lease.mac()).isEqualTo(lease(0).mac());
              assertThat(lease.expires()).isEqualTo(NOON.plusSeconds(5));
              assertThat(lease.isLive(NOON.plusSeconds(5))).isFalse();
            });
  }

  @Test
  void a_declined_address_has_no_lease_until_it_is_bound_again() throws StoreFailure {
    leases.commit(bound(0, 1));
    leases.commit(List.of(new LeaseChange.Quarantined(ADDRESS, NOON.plusSeconds(60))));
    LoadedLeases declined = afterRestart();
    assertThat(declined.leases()).isEmpty();
    assertThat(declined.quarantined()).isEqualTo(Map.of(ADDRESS, NOON.plusSeconds(60)));
    leases.commit(bound(0, 1));
    LoadedLeases again = afterRestart();
    assertThat(again.leases()).containsExactly(lease(0));
    assertThat(again.quarantined()).isEmpty();
  }

  @Test
  void changes_of_one_address_in_one_batch_apply_in_order() throws StoreFailure {
    List<LeaseChange> changes = new ArrayList<>(bound(0, 3));
    changes.add(new LeaseChange.Released(lease(0).address(), NOON));
    changes.add(new LeaseChange.Quarantined(lease(1).address(), NOON));
    changes.add(new LeaseChange.Quarantined(lease(2).address(), NOON));
    changes.add(new LeaseChange.Bound(lease(2)));
    leases.commit(changes);
    LoadedLeases loaded = leases.load();
    assertThat(loaded.leases())
        .extracting(Lease::expires)
        .containsExactly(NOON, lease(2).expires());
    assertThat(loaded.quarantined()).containsOnlyKeys(lease(1).address());
  }

  @Test
  void commits_at_the_same_time_all_arrive() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(4);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int lane = 0; lane < 4; lane++) {
      int first = lane * 1000;
      work.add(
          () -> {
            for (int i = 0; i < 25; i++) {
              leases.commit(bound(first + i, 1));
            }
            return true;
          });
    }
    for (Future<Boolean> done : lanes.invokeAll(work)) {
      assertThat(done.get()).isTrue();
    }
    lanes.shutdown();
    assertThat(afterRestart().leases()).hasSize(100);
  }

  @Test
  void a_database_that_closed_itself_costs_no_commit() throws Exception {
    leases.commit(bound(0, 1));
    String url = "jdbc:h2:file:" + state.toAbsolutePath().resolve("arranque") + ";IFEXISTS=TRUE";
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
    leases.commit(bound(1, 1));
    assertThat(afterRestart().leases()).containsExactly(lease(0), lease(1));
  }

  @Test
  void leases_are_loaded_before_the_database_has_them() throws StoreFailure {
    leases.commit(bound(0, 2));
    leases.commit(List.of(new LeaseChange.Released(lease(0).address(), NOON)));
    assertThat(leases.load().leases())
        .extracting(Lease::expires)
        .containsExactly(NOON, lease(1).expires());
  }

  @Test
  void the_database_alone_has_everything_after_a_good_end() throws Exception {
    leases.commit(bound(0, 3));
    close();
    try (var files = Files.list(state)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".journal")).toList()) {
        Files.delete(file);
      }
    }
    open();
    assertThat(leases.load().leases()).containsExactly(lease(0), lease(1), lease(2));
    leases.commit(bound(3, 1));
    assertThat(afterRestart().leases()).hasSize(4);
  }

  @Test
  void a_state_folder_of_the_version_without_a_journal_keeps_its_leases() throws Exception {
    close();
    Path old = Files.createDirectory(state.resolve("old"));
    String url = "jdbc:h2:file:" + old.toAbsolutePath().resolve("arranque");
    Flyway.configure().dataSource(url, "sa", "").target("1").load().migrate();
    try (var connection = DriverManager.getConnection(url, "sa", "")) {
      LeaseOutcome outcome = new LeaseOutcome();
      outcome.add(bound(0, 2));
      new LeaseTables(connection).write(outcome);
    }
    state = old;
    open();
    assertThat(leases.load().leases()).containsExactly(lease(0), lease(1));
    leases.commit(bound(2, 1));
    assertThat(afterRestart().leases()).hasSize(3);
  }

  @Test
  void the_remains_of_a_file_do_not_take_a_new_one_with_them() throws Exception {
    close();
    Files.write(state.resolve("leases-00000099.journal"), new byte[3]);
    open();
    leases.commit(bound(0, 1));
    assertThat(afterRestart().leases()).containsExactly(lease(0));
    leases.commit(bound(1, 1));
    assertThat(afterRestart().leases()).hasSize(2);
    assertThat(state.resolve("leases-00000099.journal")).doesNotExist();
  }

  @Test
  void a_second_appliance_on_the_same_folder_is_refused() throws StoreFailure {
    assertThatThrownBy(() -> LeaseStore.open(database, state))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(state.toString())
        .hasMessageContaining("stop the other Arranque");
    leases.close();
    LeaseStore.open(database, state).close();
  }

  @Test
  void nobody_else_reads_the_journal() throws Exception {
    leases.commit(bound(0, 1));
    close();
    try (var files = Files.list(state)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("leases")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void after_close_a_commit_is_refused() {
    leases.close();
    assertThatThrownBy(() -> leases.commit(bound(0, 1)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("closed");
  }
}
