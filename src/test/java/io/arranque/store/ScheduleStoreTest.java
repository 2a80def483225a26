package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.InventoryChange.RoomLocked;
import io.arranque.inventory.InventoryChange.RoomUnlocked;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditQuery;
import io.arranque.people.Who;
import io.arranque.schedule.Entry;
import io.arranque.schedule.Entry.Result;
import io.arranque.schedule.Entry.Run;
import io.arranque.schedule.ScheduleRules;
import io.arranque.schedule.ScheduleRules.Draft;
import io.arranque.schedule.Timetable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither a lock nor what was done may be forgotten by a restart. */
class ScheduleStoreTest {
  private static final Who ANA = new Who("ana", "10.0.0.7");
  private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

  @TempDir Path state;
  private Database database;
  private ScheduleStore schedule;
  private InventoryStore inventory;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    schedule = new ScheduleStore(database, InstantSource.fixed(NOON), SANTIAGO);
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

  private List<String> audit() throws StoreFailure {
    return new AuditStore(database, InstantSource.fixed(NOON), () -> Duration.ofDays(9))
        .search(AuditQuery.newest(20)).stream()
            .map(line -> line.entry())
            .map(
                e ->
                    e.who().name()
                        + " | "
                        + e.what()
                        + " | "
                        + e.room().orElse("-")
                        + " | "
                        + e.detail())
            .toList();
  }

  @Test
  void entries_holidays_zone_and_what_was_done_are_the_same_after_a_restart() throws StoreFailure {
    assertThat(schedule.view()).isEqualTo(Timetable.empty(SANTIAGO));
    Draft wake =
        new Draft(
            Map.of(
                "room", "sala5",
                "action", "wake",
                "days", "mon,fri",
                "at", "7:45",
                "from", "2026-09-01",
                "until", "2099-06-20"),
            Set.of("sala5"),
            "ana",
            NOON);
    Draft lock =
        new Draft(
            Map.of(
                "action", "lock", "date", "2099-12-03", "at", "8:00", "end", "11:00", "why", "été"),
            Set.of(),
            "ana",
            NOON);
    var first = schedule.commit(ANA, t -> ScheduleRules.add(t, wake));
    var second = schedule.commit(ANA, t -> ScheduleRules.add(t, lock));
    var third =
        schedule.commit(
            ANA, t -> ScheduleRules.settings(t, "2026-12-25 Christmas", "Europe/Madrid"));
    var fourth = schedule.commit(ANA, t -> ScheduleRules.activate(t, "e2", false, NOON));
    assertThat(List.of(first, second, third, fourth))
        .allMatch(ScheduleRules.Decision.Accepted.class::isInstance);
    schedule.ran("e1", new Run(NOON, NOON.plusSeconds(90), Result.LATE, 24));
    schedule.ran("gone", new Run(NOON, NOON, Result.DONE, 1));

    Timetable before = schedule.view();
    restart();
    assertThat(schedule.view()).isEqualTo(before);
    assertThat(schedule.view().entries().get("e1").run().map(Run::count)).contains(24);
    assertThat(schedule.view().entries().get("e2").active()).isFalse();
    assertThat(audit())
        .containsExactly(
            "ana | schedule entry paused | - | lock all rooms 2099-12-03 08:00-11:00: été",
            "ana | holidays and zone of the schedule | - | Europe/Madrid, holidays: 1",
            "ana | schedule entry added | - | lock all rooms 2099-12-03 08:00-11:00: été",
            "ana | schedule entry added | sala5 | wake sala5 mon,fri from 2026-09-01 to 2099-06-20"
                + " 07:45");

    var removed = schedule.commit(ANA, t -> ScheduleRules.remove(t, "e1"));
    assertThat(removed).isInstanceOf(ScheduleRules.Decision.Accepted.class);
    restart();
    assertThat(schedule.view().entries().values()).extracting(Entry::id).containsExactly("e2");
  }

  @Test
  void a_lock_outlives_a_restart_and_the_audit_says_who_set_it_and_who_lifted_whose()
      throws StoreFailure {
    RoomLock sala =
        new RoomLock(Optional.of("sala5"), NOON, Optional.of(NOON.plusSeconds(60)), "exam", "ana");
    RoomLock all = new RoomLock(Optional.empty(), NOON, Optional.empty(), "", "eva");
    inventory.commit(
        view -> List.of(new RoomLocked(sala, ANA.text()), new RoomLocked(all, "eva@-")));
    restart();
    assertThat(inventory.view().locks()).containsExactlyInAnyOrder(sala, all);
    assertThat(inventory.view().lock(Optional.of("sala5"), NOON)).contains(all);

    inventory.commit(view -> List.of(new RoomUnlocked(Optional.empty(), "leo@-")));
    restart();
    assertThat(inventory.view().locks()).containsExactly(sala);
    assertThat(inventory.view().lock(Optional.of("sala6"), NOON)).isEmpty();
    assertThat(audit())
        .containsExactly(
            "leo | all rooms unlocked | - | was locked by eva",
            "eva | all rooms locked | - | until unlocked",
            "ana | room locked | sala5 | until " + NOON.plusSeconds(60) + ": exam");
  }
}
