package io.arranque.store;

import static io.arranque.store.Samples.ADDRESS;
import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.OTHER_PC;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineStoreTest {
  @TempDir Path state;
  private Database database;
  private TimelineStore timeline;

  @BeforeEach
  void open() throws StoreFailure {
    open(TimelineStore.Retention.DEFAULT);
  }

  private void open(TimelineStore.Retention retention) throws StoreFailure {
    database = Database.open(state, Optional.empty());
    timeline = new TimelineStore(database, InstantSource.fixed(NOON.plusSeconds(1000)), retention);
  }

  @AfterEach
  void close() {
    timeline.close();
    database.close();
  }

  private static BootEvent event(Mac mac, int number) {
    return new BootEvent(
        NOON.plusSeconds(number),
        mac,
        Stage.KERNEL,
        Reason.OK,
        Optional.of(ADDRESS),
        "event " + number,
        number,
        Duration.ofMillis(number));
  }

  private void record(Mac mac, int from, int to) {
    for (int number = from; number < to; number++) {
      timeline.record(event(mac, number));
    }
  }

  @Test
  void what_was_recorded_is_there_at_once_newest_first() {
    record(PC, 0, 3);
    record(OTHER_PC, 7, 8);
    assertThat(timeline.of(PC, 2)).containsExactly(event(PC, 2), event(PC, 1));
    assertThat(timeline.last(OTHER_PC)).contains(event(OTHER_PC, 7));
    assertThat(timeline.last(Mac.of("02:00:00:00:00:09"))).isEmpty();
  }

  @Test
  void memory_and_database_together_show_each_event_once() throws StoreFailure {
    record(PC, 0, 120);
    close();
    open();
    record(PC, 120, 130);
    List<BootEvent> events = timeline.of(PC, 1000);
    assertThat(events).hasSize(130).doesNotHaveDuplicates();
    assertThat(events.get(0)).isEqualTo(event(PC, 129));
    assertThat(events.get(129)).isEqualTo(event(PC, 0));
  }

  @Test
  void only_the_newest_are_kept() throws StoreFailure {
    record(PC, 0, 30);
    record(OTHER_PC, 30, 35);
    close();
    open(new TimelineStore.Retention(10, 100, Duration.ofDays(30)));
    close();
    open();
    assertThat(timeline.of(PC, 100)).hasSize(10).last().isEqualTo(event(PC, 20));
    assertThat(timeline.of(OTHER_PC, 100)).hasSize(5);
    close();
    open(new TimelineStore.Retention(10, 8, Duration.ofDays(30)));
    close();
    open(new TimelineStore.Retention(10, 8, Duration.ofSeconds(1000 - 32)));
    close();
    open();
    assertThat(timeline.of(PC, 100)).isEmpty();
    assertThat(timeline.of(OTHER_PC, 100))
        .containsExactly(event(OTHER_PC, 34), event(OTHER_PC, 33), event(OTHER_PC, 32));
  }

  @Test
  void a_listener_that_hangs_or_fails_harms_nobody() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    BlockingQueue<BootEvent> heard = new LinkedBlockingQueue<>();
    timeline.subscribe(
        event -> {
          try {
            hanging.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    timeline.subscribe(
        event -> {
          throw new IllegalStateException("a listener that fails on purpose");
        });
    timeline.subscribe(heard::add);
    int more = EventListener.QUEUE + 100;
    for (int number = 0; number < more; number++) {
      timeline.record(event(PC, number));
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(event(PC, number));
    }
    hanging.countDown();
  }

  @Test
  void one_who_stopped_listening_hears_nothing_more() throws Exception {
    BlockingQueue<BootEvent> stopped = new LinkedBlockingQueue<>();
    BlockingQueue<BootEvent> heard = new LinkedBlockingQueue<>();
    Runnable stop = timeline.subscribe(stopped::add);
    timeline.subscribe(heard::add);
    stop.run();
    record(PC, 0, 1);
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(event(PC, 0));
    assertThat(stopped).isEmpty();
  }

  @Test
  void made_up_machines_do_not_fill_the_memory() {
    RecentEvents recent = new RecentEvents(3, 100);
    for (int number = 0; number < 1000; number++) {
      recent.add(new Recorded(number, event(new Mac(number), number)));
    }
    assertThat(recent.of(new Mac(899), 10).events()).isEmpty();
    assertThat(recent.of(new Mac(900), 10).events()).hasSize(1);
    for (int number = 0; number < 10; number++) {
      recent.add(new Recorded(number, event(PC, number)));
    }
    assertThat(recent.of(PC, 10).events())
        .containsExactly(event(PC, 9), event(PC, 8), event(PC, 7));
  }

  @Test
  void what_was_read_of_the_database_once_is_not_asked_for_again() throws Exception {
    record(PC, 0, 20);
    close();
    open();
    assertThat(timeline.of(PC, 10)).hasSize(10);
    assertThat(timeline.last(OTHER_PC)).isEmpty();
    database.close();
    assertThat(timeline.last(PC)).contains(event(PC, 19));
    assertThat(timeline.of(PC, 50)).hasSize(20);
    assertThat(timeline.last(OTHER_PC)).isEmpty();
    // What comes meanwhile stands before what was read.
    timeline.record(event(PC, 20));
    assertThat(timeline.of(PC, 50)).hasSize(21).startsWith(event(PC, 20), event(PC, 19));
    timeline.record(event(OTHER_PC, 0));
    assertThat(timeline.of(OTHER_PC, 50)).containsExactly(event(OTHER_PC, 0));
  }

  @Test
  void a_machine_that_goes_on_leaves_no_gap_behind_what_was_read() throws Exception {
    record(PC, 0, 20);
    close();
    open();
    assertThat(timeline.of(PC, 50)).hasSize(20);
    record(PC, 20, 60);
    assertThat(timeline.of(PC, 75)).hasSize(60);
    assertThat(timeline.of(PC, 75).get(59)).isEqualTo(event(PC, 0));
  }

  @Test
  void a_long_detail_is_cut() {
    timeline.record(
        BootEvent.of(
            NOON, PC, Stage.UP, Reason.MACHINE_REPORTED, Optional.empty(), "x".repeat(100_000)));
    assertThat(timeline.last(PC).orElseThrow().detail()).hasSize(1000).endsWith("…");
  }

  @Test
  void without_a_database_recording_and_reading_go_on() {
    database.close();
    record(PC, 0, 3);
    assertThat(timeline.of(PC, 10)).hasSize(3);
  }
}
