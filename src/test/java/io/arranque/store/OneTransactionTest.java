package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.RoomRemoved;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Room;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditQuery;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.PasswordHash;
import io.arranque.people.PeopleRules;
import io.arranque.people.User;
import io.arranque.people.Who;
import io.arranque.schedule.ScheduleRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room's new name is everywhere or nowhere, whatever fails on the way. */
class OneTransactionTest {
  private static final Who ANA = new Who("ana", "10.0.0.7");

  @TempDir Path state;
  private final List<InventoryChange> heard = new ArrayList<>();
  private Database database;
  private InventoryStore inventory;
  private ScheduleStore schedule;
  private PeopleStore people;
  private OneTransaction together;

  @BeforeEach
  void open() throws StoreFailure {
    InstantSource clock = InstantSource.fixed(NOON);
    database = Database.open(state, Optional.empty());
    inventory = new InventoryStore(database, clock);
    schedule = new ScheduleStore(database, clock, ZoneOffset.UTC);
    people = new PeopleStore(database, clock);
    together = new OneTransaction(database, inventory, schedule, people);
    var unused = inventory.subscribe(heard::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fill() throws StoreFailure {
    inventory.commit(now -> List.of(new RoomSaved(new Room("lab", "", Map.of()), ANA.text())));
    var wake =
        new ScheduleRules.Draft(
            Map.of("room", "lab", "action", "wake", "days", "mon", "at", "7:45"),
            Set.of("lab"),
            "ana",
            NOON);
    var added = schedule.commit(ANA, now -> ScheduleRules.add(now, wake));
    Grant lab = new Grant(Level.OPERATOR, Optional.of(Set.of("lab")));
    User root =
        new User(
            "eva", Grant.ADMINISTRATOR, true, new PasswordHash("$"), NOON, NOON, Optional.empty());
    User leo = new User("leo", lab, true, new PasswordHash("$"), NOON, NOON, Optional.empty());
    var first = people.commit(ANA, now -> PeopleRules.setUp(now, root));
    var second = people.commit(ANA, now -> PeopleRules.add(now, leo));
    assertThat(List.of(first, second)).allMatch(PeopleRules.Decision.Accepted.class::isInstance);
    assertThat(added).isInstanceOf(ScheduleRules.Decision.Accepted.class);
    heard.clear();
  }

  private void rename() throws StoreFailure {
    inventory.commit(
        now ->
            List.of(
                new RoomSaved(new Room("hall", "", Map.of()), ANA.text()),
                new RoomRemoved("lab", ANA.text())));
    assertThat(heard).as("a listener hears of nothing that may yet fail").isEmpty();
    assertThat(inventory.view().room("lab")).isPresent();
    var unused = schedule.commit(ANA, now -> ScheduleRules.renameRoom(now, "lab", "hall"));
    var unused2 = people.commit(ANA, now -> PeopleRules.renameRoom(now, "lab", "hall"));
  }

  private void assertEverywhere(String name) {
    assertThat(inventory.view().rooms()).extracting(Room::name).containsExactly(name);
    assertThat(schedule.view().entries().values())
        .extracting(entry -> entry.room().orElse(""))
        .containsExactly(name);
    assertThat(people.view().users().get("leo").grant().roomsText()).isEqualTo(name);
  }

  private long audited() throws StoreFailure {
    return new AuditStore(database, InstantSource.fixed(NOON), () -> Duration.ofDays(9))
        .search(AuditQuery.newest(50))
        .size();
  }

  @Test
  void all_books_are_changed_together_and_are_so_after_a_restart() throws StoreFailure {
    fill();
    together.make(this::rename);
    assertEverywhere("hall");
    assertThat(heard).hasSize(2);
    close();
    open();
    assertEverywhere("hall");
  }

  @Test
  void what_fails_at_the_last_book_leaves_all_as_they_were_and_a_second_try_does_it()
      throws StoreFailure {
    fill();
    long lines = audited();
    database.write(
        "break",
        h ->
            h.execute(
                "alter table person add constraint broken check (rooms not like '%hall%') nocheck"));

    assertThatThrownBy(() -> together.make(this::rename)).isInstanceOf(StoreFailure.class);

    assertEverywhere("lab");
    assertThat(heard).isEmpty();
    assertThat(audited()).isEqualTo(lines);
    close();
    open();
    assertEverywhere("lab");
    database.write("mend", h -> h.execute("alter table person drop constraint broken"));
    together.make(this::rename);
    assertEverywhere("hall");
  }

  @Test
  void what_is_refused_half_way_is_undone_too() throws StoreFailure {
    fill();
    assertThatThrownBy(
            () ->
                together.make(
                    () -> {
                      rename();
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");
    assertEverywhere("lab");
    var after = inventory.commit(now -> List.of(new RoomRemoved("lab", ANA.text())));
    assertThat(after).as("and each book goes on by itself").hasSize(1);
    assertThat(inventory.view().rooms()).isEmpty();
  }

  @Test
  void nobody_else_changes_these_books_meanwhile() throws Exception {
    fill();
    CompletableFuture<Void> other = new CompletableFuture<>();
    together.make(
        () -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      var unused = people.commit(ANA, now -> PeopleRules.remove(now, "leo"));
                      other.complete(null);
                    } catch (StoreFailure e) {
                      other.completeExceptionally(e);
                    }
                  });
          thread.start();
          assertThatThrownBy(() -> other.get(100, TimeUnit.MILLISECONDS))
              .isInstanceOf(TimeoutException.class);
          rename();
        });
    other.get(30, TimeUnit.SECONDS);
    assertThat(inventory.view().room("hall")).isPresent();
    assertThat(people.view().users()).containsOnlyKeys("eva");
  }
}
