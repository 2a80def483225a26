package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.MemoryPeople;
import io.arranque.MemorySchedule;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.RoomLock;
import io.arranque.schedule.Days;
import io.arranque.schedule.Entry;
import io.arranque.schedule.Entry.Act;
import io.arranque.schedule.Entry.Result;
import io.arranque.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner with its thread left off: each look is one of the test's. */
class ScheduleRunnerTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T06:45:00Z");
  private static final Mac INSIDE = Mac.of("52:54:00:00:00:01");
  private static final Mac OUTSIDE = Mac.of("52:54:00:00:00:02");

  private final MemoryBook book = new MemoryBook();
  private final MemorySchedule schedule = new MemorySchedule(ZoneId.of("Europe/Madrid"));
  private Instant now = MONDAY;
  private final MemoryPeople audit = new MemoryPeople(() -> now);
  private final List<String> woken = new ArrayList<>();
  private Site site;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
    book.with(machine(INSIDE, "sala7")).with(machine(OUTSIDE, "sala8"));
  }

  private static Machine machine(Mac mac, String room) {
    return Machine.unknown(mac)
        .with(
            new Assignment(
                Optional.empty(), Optional.of(room), Optional.empty(), Optional.empty(), Map.of()));
  }

  private static Entry entry(Act act, Optional<String> room, String at, Optional<String> end) {
    return new Entry(
        "e1",
        room,
        act,
        new Days(EnumSet.allOf(DayOfWeek.class), Optional.empty(), Optional.empty()),
        LocalTime.parse(at),
        end.map(LocalTime::parse),
        "exam",
        "ana",
        MONDAY.minus(Duration.ofDays(1)),
        true,
        Optional.empty());
  }

  private void wake(Collection<Mac> macs, String by) {
    woken.add(macs + " by " + by);
  }

  private ScheduleRunner runner() {
    return new ScheduleRunner(schedule, book, () -> site, this::wake, audit, () -> now);
  }

  private Result last() {
    return schedule.view().entries().get("e1").run().orElseThrow().result();
  }

  @Test
  void aRoomIsWokenOnceHoweverOftenTheRunnerLooksAndHoweverOftenItIsStartedAnew() {
    schedule.with(entry(Act.WAKE, Optional.of("sala7"), "07:45", Optional.empty()));
    for (int second = -10; second < 1_800; second += 2) {
      now = MONDAY.plusSeconds(second);
      runner().look();
    }
    assertThat(woken).containsExactly("[" + INSIDE + "] by schedule: sala7 07:45@-");
    assertThat(audit.told())
        .containsExactly(
            "schedule (ana)@- | schedule done | - | sala7 |"
                + " wake sala7 mon,tue,wed,thu,fri,sat,sun 07:45: exam; due at 2026-11-23T06:45:00Z"
                + " | done");
    assertThat(schedule.view().entries().get("e1").run().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void whatWasMissedIsWrittenDownOnceAndNobodyIsWoken() {
    schedule.with(entry(Act.WAKE, Optional.empty(), "07:45", Optional.empty()));
    now = MONDAY.plus(Duration.ofMinutes(16));
    runner().look();
    runner().look();
    assertThat(woken).isEmpty();
    assertThat(last()).isEqualTo(Result.MISSED);
    assertThat(audit.told()).singleElement().asString().contains("schedule missed");
  }

  @Test
  void aLockOfTheScheduleEndsWhenItSaysAndIsNotSetAgainOnceItWasLifted() throws Exception {
    schedule.with(entry(Act.LOCK, Optional.of("sala7"), "07:00", Optional.of("09:00")));
    runner().look();
    RoomLock lock = book.lock(Optional.of("sala7"), now).orElseThrow();
    assertThat(lock.by()).isEqualTo("schedule (ana)");
    assertThat(lock.why()).isEqualTo("exam");
    assertThat(lock.until()).contains(Instant.parse("2026-11-23T08:00:00Z"));
    assertThat(book.lock(Optional.of("sala8"), now)).isEmpty();
    assertThat(last()).isEqualTo(Result.LATE);

    book.commit(
        i ->
            List.of(
                new io.arranque.inventory.InventoryChange.RoomUnlocked(
                    Optional.of("sala7"), "ana")));
    runner().look();
    assertThat(book.lock(Optional.of("sala7"), now)).isEmpty();
  }

  @Test
  void aLockThatCannotBeWrittenIsTriedAgain() {
    schedule.with(entry(Act.LOCK, Optional.of("sala7"), "07:00", Optional.of("09:00")));
    book.fail();
    runner().look();
    assertThat(schedule.view().entries().get("e1").run()).isEmpty();
    assertThat(audit.told()).isEmpty();
  }

  @Test
  void aWakerThatFailsIsSaidAndNotTriedForEver() {
    schedule.with(entry(Act.WAKE, Optional.empty(), "07:45", Optional.empty()));
    ScheduleRunner failing =
        new ScheduleRunner(
            schedule,
            book,
            () -> site,
            (macs, by) -> {
              woken.add("tried");
              throw new IllegalStateException("no card");
            },
            audit,
            () -> now);
    failing.look();
    failing.look();
    assertThat(woken).containsExactly("tried");
    assertThat(last()).isEqualTo(Result.FAILED);
  }
}
