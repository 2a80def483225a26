package io.arranque.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.web.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaintedTest {
  private static final Instant NOW = Instant.parse("2026-03-09T10:50:00Z");

  private final Painted painted = new Painted();
  private final AtomicInteger rendered = new AtomicInteger();

  private String paint(String kind, Instant now) {
    return painted.of(kind, World.PC1, now, () -> kind + rendered.incrementAndGet());
  }

  @Test
  void who_asks_for_the_same_within_a_second_is_given_the_same() {
    assertThat(paint("en", NOW)).isEqualTo("en1");
    assertThat(paint("en", NOW.plusMillis(900))).isEqualTo("en1");
    assertThat(paint("es", NOW)).isEqualTo("es2");
  }

  @Test
  void what_changed_or_is_older_is_rendered_anew() {
    paint("en", NOW);
    painted.changed(World.PC1);
    assertThat(paint("en", NOW)).isEqualTo("en2");
    painted.changed(World.PC2);
    assertThat(paint("en", NOW)).isEqualTo("en2");
    assertThat(paint("en", NOW.plusMillis(1_001))).isEqualTo("en3");
  }

  @Test
  void a_change_while_it_is_rendered_makes_it_an_old_one() {
    painted.of(
        "en",
        World.PC1,
        NOW,
        () -> {
          painted.changed(World.PC1);
          return "too early";
        });
    assertThat(paint("en", NOW)).isEqualTo("en1");
  }

  @Test
  void fifty_pages_that_ask_at_once_cost_one_rendering() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pages = Executors.newFixedThreadPool(50);
    List<Future<String>> shown = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      shown.add(
          pages.submit(
              () -> {
                start.await();
                return paint("en", NOW);
              }));
    }
    start.countDown();
    for (Future<String> page : shown) {
      assertThat(page.get()).isEqualTo("en1");
    }
    pages.shutdownNow();
  }
}
