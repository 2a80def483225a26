package io.arranque.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.wake.WakeNews.State;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server with all but its sockets. */
class WakeServerTest {
  private static final Mac PC1 = Mac.of("52:54:00:00:00:01");
  private static final Mac PC2 = Mac.of("52:54:00:00:00:02");
  private static final Mac CARD = Mac.of("52:54:00:00:00:99");

  private final MemoryBook book =
      MemoryBook.of(
          Wires.seen(PC1, "sala5", Optional.empty()), Wires.seen(PC2, "sala6", Optional.empty()));
  private final MemoryTimeline timeline = new MemoryTimeline();
  private final AtomicInteger mayStart = new AtomicInteger(Integer.MAX_VALUE);
  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final BlockingQueue<WakeNews> news = new LinkedBlockingQueue<>();

  @Test
  void packets_go_out_of_each_machines_own_card_and_stand_on_its_timeline() throws Exception {
    try (WakeServer server = server()) {
      WakeOrder unused = server.begin(List.of(PC1, PC2), "ana", news::add);
      assertThat(next(sent)).isEqualTo("192.168.33.1 > 192.168.33.255 525400000001");
      assertThat(next(sent)).isEqualTo("192.168.33.1 > 255.255.255.255 525400000001");
      assertThat(next(sent)).isEqualTo("192.168.34.1 > 192.168.34.255 525400000002");
      BootEvent event = timeline.next();
      assertThat(event.mac()).isEqualTo(PC1);
      assertThat(event.stage()).isEqualTo(Stage.WAKE);
      assertThat(event.reason()).isEqualTo(Reason.WAKE_SENT);
      assertThat(next(news).state()).isEqualTo(State.ASKED);
    }
  }

  @Test
  void all_cards_of_a_machine_are_asked() throws Exception {
    List<InventoryChange> merged =
        book.commit(now -> List.of(new InventoryChange.MacMerged(CARD, PC1, "ana")));
    assertThat(merged).hasSize(1);
    try (WakeServer server = server()) {
      // By whichever of its MACs.
      server.wake(List.of(CARD), "ana");
      assertThat(next(sent)).endsWith("192.168.33.255 525400000001");
      assertThat(next(sent)).endsWith("255.255.255.255 525400000001");
      assertThat(next(sent)).endsWith("192.168.33.255 525400000099");
    }
  }

  @Test
  void the_next_is_woken_when_the_one_before_loads_and_there_is_room() throws Exception {
    mayStart.set(1);
    try (WakeServer server = server()) {
      WakeOrder unused = server.begin(List.of(PC1, PC2), "ana", news::add);
      assertThat(next(news))
          .extracting(WakeNews::mac, WakeNews::state)
          .containsExactly(PC1, State.ASKED);
      event(PC1, Stage.DISCOVER, Reason.OK);
      assertThat(next(news).state()).isEqualTo(State.HEARD);
      // On its way, but not loading: it still holds the only place.
      assertThat(news.poll(600, TimeUnit.MILLISECONDS)).isNull();
      event(PC1, Stage.KERNEL, Reason.OK);
      assertThat(next(news))
          .extracting(WakeNews::mac, WakeNews::state)
          .containsExactly(PC2, State.ASKED);
    }
  }

  @Test
  void what_people_do_to_a_machine_is_not_the_machine() throws Exception {
    try (WakeServer server = server()) {
      WakeOrder unused = server.begin(List.of(PC1), "ana", news::add);
      assertThat(next(news).state()).isEqualTo(State.ASKED);
      event(PC1, Stage.WAITING, Reason.ROLE_ASSIGNED);
      assertThat(news.poll(300, TimeUnit.MILLISECONDS)).isNull();
      event(PC1, Stage.DISCOVER, Reason.OK);
      assertThat(next(news).state()).isEqualTo(State.HEARD);
    }
  }

  @Test
  void one_that_was_just_heard_of_is_on_and_gets_no_packet() throws Exception {
    book.with(Wires.seen(PC1, "sala5", Optional.of(Instant.now().minusSeconds(5))));
    try (WakeServer server = server()) {
      WakeOrder unused = server.begin(List.of(PC1), "ana", news::add);
      assertThat(next(news))
          .extracting(WakeNews::state, WakeNews::detail)
          .containsExactly(State.HEARD, "on");
      assertThat(sent).isEmpty();
    }
  }

  @Test
  void what_cannot_be_sent_says_why_and_the_others_go_on() throws Exception {
    book.with(Wires.entered(CARD, Optional.empty(), Optional.empty()));
    try (WakeServer server =
        new WakeServer(
            wiring(),
            (own, to, payload) -> {
              if (to.equals(Ipv4.of("192.168.33.255"))) {
                throw new IOException("Operation not permitted");
              }
            })) {
      WakeOrder unused = server.begin(List.of(PC1, CARD, PC2), "ana", news::add);
      assertThat(next(news))
          .isEqualTo(
              new WakeNews(
                  PC1,
                  State.FAILED,
                  Reason.WAKE_NOT_SENT,
                  "192.168.33.255: Operation not permitted"));
      assertThat(next(news).reason()).isEqualTo(Reason.WAKE_NO_SEGMENT);
      assertThat(next(news))
          .extracting(WakeNews::mac, WakeNews::state)
          .containsExactly(PC2, State.ASKED);
    }
  }

  @Test
  void who_stops_a_room_wakes_no_further_one() throws Exception {
    mayStart.set(1);
    try (WakeServer server = server()) {
      WakeOrder order = server.begin(List.of(PC1, PC2), "ana", news::add);
      assertThat(next(news).state()).isEqualTo(State.ASKED);
      order.stop();
      assertThat(next(news))
          .extracting(WakeNews::mac, WakeNews::state)
          .containsExactly(PC2, State.STOPPED);
      mayStart.set(9);
      assertThat(news.poll(600, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  private WakeServer server() {
    return new WakeServer(
        wiring(),
        (own, to, payload) ->
            sent.add(
                own.map(Ipv4::toString).orElse("-")
                    + " > "
                    + to
                    + " "
                    + HexFormat.of().formatHex(Arrays.copyOfRange(payload, 6, 12))));
  }

  private WakeServer.Wiring wiring() {
    return new WakeServer.Wiring(
        Wires::site, book, timeline, InstantSource.system(), now -> mayStart.get(), Wires::own);
  }

  private void event(Mac mac, Stage stage, Reason reason) {
    timeline.record(BootEvent.of(Instant.now(), mac, stage, reason, Optional.empty(), ""));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
