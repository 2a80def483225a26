package io.arranque.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final List<String> letters = new ArrayList<>();
  private final CountDownLatch looked = new CountDownLatch(1);
  private final Mailbox<List<String>> box = new Mailbox<>(this::isReady, this::taken);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private boolean isReady() {
    looked.countDown();
    return !letters.isEmpty();
  }

  private List<String> taken() {
    List<String> taken = List.copyOf(letters);
    letters.clear();
    return taken;
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void what_comes_together_is_one_batch() throws Exception {
    Future<Optional<List<String>>> next = threads.submit(box::next);
    looked.await();
    box.put(() -> letters.add("a"));
    box.put(() -> letters.add("b"));
    assertThat(next.get(10, TimeUnit.SECONDS)).contains(List.of("a", "b"));
  }

  @Test
  void what_is_there_already_waits_for_nobody_else() throws Exception {
    box.put(() -> letters.add("a"));
    assertThat(box.next()).contains(List.of("a"));
  }

  @Test
  void nobody_waits_at_a_closed_one() throws Exception {
    Future<Optional<List<String>>> next = threads.submit(box::next);
    looked.await();
    box.close();
    assertThat(next.get(10, TimeUnit.SECONDS)).isEmpty();
    box.put(() -> letters.add("a"));
    assertThat(box.next()).isEmpty();
  }

  @Test
  void a_pulse_tells_only_what_is_different_from_what_was_told() throws Exception {
    List<String> states = new ArrayList<>(List.of("one", "one", "two", "one"));
    Pulse<String> pulse =
        new Pulse<>(
            Optional.empty(),
            shown -> states.remove(0),
            (shown, now) -> shown.orElse("nothing") + " to " + now);
    assertThat(pulse.next()).contains("nothing to one");
    assertThat(pulse.next()).isEmpty();
    assertThat(pulse.next()).contains("one to two");
    assertThat(pulse.next()).contains("two to one");
    assertThat(new Pulse<>(Optional.of(1), shown -> 1, (shown, now) -> "").next()).isEmpty();
  }
}
