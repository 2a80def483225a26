package io.arranque.schedule;

import static io.arranque.schedule.TimetableTest.MADRID;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Installation;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.RoomLocked;
import io.arranque.inventory.InventoryChange.RoomUnlocked;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.Seat;
import io.arranque.site.BootPolicy;
import io.arranque.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
  private static final Instant NOW = Instant.parse("2026-12-03T08:00:00Z");
  private static final Optional<String> SALA = Optional.of("sala9");
  private static final Mac INSIDE = Mac.of("52:54:00:00:00:01");
  private static final Mac OUTSIDE = Mac.of("52:54:00:00:00:02");
  private static final Mac NEW = Mac.of("52:54:00:00:00:03");

  private Site site;
  private final MemoryBook book = new MemoryBook();

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
    book.with(Machine.unknown(INSIDE).with(assigned("sala9")));
    book.with(Machine.unknown(OUTSIDE).with(assigned("sala8")));
    book.with(new Room("sala9", "", Map.of("a", "b")));
    book.with(lock(SALA, NOW.plus(Duration.ofHours(2))));
  }

  private static Assignment assigned(String room) {
    return new Assignment(
        Optional.of("pc-" + room),
        Optional.of(room),
        Optional.of("1"),
        Optional.of("lab-pc"),
        Map.of());
  }

  private static RoomLock lock(Optional<String> room, Instant until) {
    return new RoomLock(room, NOW, Optional.of(until), "exam", "ana");
  }

  private List<Refusal> refusals(InventoryChange... changes) {
    return Locks.refusals(site, book, List.of(changes), NOW, MADRID);
  }

  private static InventoryChange assign(Mac mac, Assignment assignment) {
    return new InventoryChange.Assigned(mac, assignment, "leo@10.0.0.7");
  }

  @Test
  void whatever_could_disturb_a_machine_of_a_locked_room_is_refused() {
    Assignment is = assigned("sala9");
    Stream.of(
            assign(INSIDE, is.withRole(Optional.of("local-disk"))),
            assign(INSIDE, is.withRole(Optional.empty())),
            assign(INSIDE, is.withPolicy(Optional.of(BootPolicy.NEXT_BOOT))),
            assign(INSIDE, is.withOptions(OptionLines.of(Map.of("interface-mtu", "1400")))),
            assign(INSIDE, assigned("sala8")),
            new InventoryChange.Forgotten(INSIDE, "leo"),
            new InventoryChange.InstallationChanged(INSIDE, Installation.NONE, "leo"),
            new InventoryChange.MacMerged(OUTSIDE, INSIDE, "leo"),
            new InventoryChange.MacMerged(INSIDE, OUTSIDE, "leo"),
            new InventoryChange.MacSplit(NEW, INSIDE, "leo"),
            new InventoryChange.MacRefused(INSIDE, OUTSIDE, "leo"),
            new InventoryChange.RoomSaved(new Room("sala9", "", Map.of("a", "c")), "leo"),
            new InventoryChange.RoomRemoved("sala9", "leo"))
        .forEach(
            change ->
                assertThat(refusals(change))
                    .as("%s", change)
                    .extracting(Refusal::kind)
                    .containsExactly(Kind.ROOM_LOCKED));
  }

  @Test
  void what_disturbs_nobody_there_is_not() {
    Assignment is = assigned("sala9");
    Room drawn =
        new Room("sala9", "the big one", Map.of("a", "b"))
            .with(new Layout(Layout.Front.TOP, List.of(new Seat("1", 0, 0))));
    Stream.of(
            assign(
                INSIDE,
                new Assignment(is.hostname(), is.room(), Optional.of("7"), is.role(), is.vars())),
            assign(OUTSIDE, assigned("sala8").withRole(Optional.of("local-disk"))),
            assign(OUTSIDE, assigned("sala9")),
            assign(NEW, assigned("sala9")),
            new InventoryChange.Forgotten(OUTSIDE, "leo"),
            // What the machine itself reports.
            new InventoryChange.InstallationChanged(INSIDE, Installation.NONE, ""),
            // A PC that keeps nothing must still get its secrets, and an alarm be looked at.
            new InventoryChange.Provisioned(INSIDE, Provisioning.NONE, "leo", "armed"),
            new InventoryChange.RoomSaved(drawn, "leo"),
            new InventoryChange.RoomUnlocked(SALA, "leo"))
        .forEach(change -> assertThat(refusals(change)).as("%s", change).isEmpty());
  }

  @Test
  void each_machine_of_a_bulk_is_told_by_whom_until_when_and_why() {
    book.with(Machine.unknown(NEW).with(assigned("sala9")));
    List<Refusal> refusals =
        refusals(
            assign(INSIDE, Assignment.NONE),
            assign(OUTSIDE, Assignment.NONE),
            new InventoryChange.Forgotten(NEW, "leo"));

    assertThat(refusals)
        .extracting(Refusal::detail)
        .containsExactly("pc-sala9: locked by ana until 11:00, exam");
    assertThat(refusals.get(0).facts()).containsExactly("pc-sala9", "ana", "11:00", "exam");
  }

  @Test
  void a_lock_ends_by_itself_and_one_of_all_rooms_is_over_those_that_stand_nowhere_too() {
    Instant later = NOW.plus(Duration.ofHours(2));
    InventoryChange change = new InventoryChange.Forgotten(INSIDE, "leo");
    assertThat(Locks.refusals(site, book, List.of(change), later, MADRID)).isEmpty();

    book.with(Machine.unknown(NEW));
    assertThat(refusals(new InventoryChange.Forgotten(NEW, "leo"))).isEmpty();
    book.with(new RoomLock(Optional.empty(), NOW, Optional.empty(), "", "eva"));
    assertThat(refusals(new InventoryChange.Forgotten(NEW, "leo")))
        .extracting(Refusal::detail)
        .containsExactly("pc-525400000003: locked by eva until somebody lifts it");
    // The one that ends last is told.
    assertThat(refusals(change).get(0).facts()).contains("eva");
  }

  @Test
  void a_lock_ends_within_a_year_and_whoever_changes_it_does_not_begin_it() {
    Instant later = NOW.plusSeconds(600);
    for (Instant wrong : List.of(NOW, NOW.minusSeconds(1), NOW.plus(Duration.ofDays(400)))) {
      assertThat(Locks.lock(book, SALA, Optional.of(wrong), "", "leo", NOW))
          .isInstanceOf(Decision.Refused.class);
    }
    assertThat(Locks.lock(book, SALA, Optional.empty(), "a\nb", "leo", NOW))
        .isInstanceOf(Decision.Refused.class);
    RoomLock longer =
        lockOf(
            Locks.lock(book, SALA, Optional.of(later.plusSeconds(9)), "b", "leo@10.0.0.7", later));
    assertThat(longer)
        .isEqualTo(new RoomLock(SALA, NOW, Optional.of(later.plusSeconds(9)), "b", "leo"));
  }

  private static RoomLock lockOf(Decision decision) {
    return ((RoomLocked) ((Decision.Accepted) decision).changes().get(0)).lock();
  }

  @Test
  void only_a_lock_that_there_is_can_be_lifted_and_that_of_all_rooms_not_room_by_room() {
    assertThat(Locks.unlock(book, SALA, "leo", NOW))
        .isEqualTo(new Decision.Accepted(List.of(new RoomUnlocked(SALA, "leo"))));
    book.with(lock(Optional.empty(), NOW.plusSeconds(60)));
    assertThat(Locks.unlock(book, Optional.of("sala8"), "leo", NOW))
        .isInstanceOf(Decision.Refused.class);
    assertThat(Locks.unlock(book, SALA, "leo", NOW.plus(Duration.ofHours(2))))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void the_schedule_makes_a_lock_longer_and_never_shorter() {
    RoomLock shorter = lock(SALA, NOW.plus(Duration.ofHours(1)));
    RoomLock longer = lock(SALA, NOW.plus(Duration.ofHours(3)));
    assertThat(Locks.scheduled(book, shorter, "s", NOW))
        .isEqualTo(new Decision.Accepted(List.of()));
    assertThat(lockOf(Locks.scheduled(book, longer, "s", NOW))).isEqualTo(longer);
  }

  @Test
  void a_time_of_day_is_the_next_one() {
    assertThat(Locks.next(java.time.LocalTime.of(9, 1), NOW, MADRID))
        .isEqualTo(Instant.parse("2026-12-03T08:01:00Z"));
    assertThat(Locks.next(java.time.LocalTime.of(9, 0), NOW, MADRID))
        .isEqualTo(Instant.parse("2026-12-04T08:00:00Z"));
  }
}
