package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.LastGood;
import io.arranque.plan.LastGoods;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastBootsTest {
  private static final Mac MAC = Mac.of("52:54:00:00:00:07");
  private static final Ipv4 ADDRESS = Ipv4.of("192.168.33.107");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final MemoryBook book = new MemoryBook();
  private final MemoryTimeline timeline = new MemoryTimeline();
  private final List<LastGood> kept = Collections.synchronizedList(new ArrayList<>());

  @Test
  void a_boot_is_kept_once_it_says_that_it_is_up_without_secrets(@TempDir Path folder)
      throws Exception {
    try (LastBoots boots = boots(folder)) {
      boots.follow(timeline);
      start();
      report(Stage.KERNEL, Reason.OK, "");
      report(Stage.UP, Reason.MACHINE_REPORTED, "registering: waits for docker");
      report(Stage.UP, Reason.MACHINE_REPORTED, "pc is up");
      report(Stage.REGISTERED, Reason.MACHINE_REPORTED, "");
    }
    assertThat(kept)
        .singleElement()
        .satisfies(
            boot -> {
              assertThat(boot.role()).isEqualTo("lab-pc");
              assertThat(boot.given().texts().get("document user-data"))
                  .contains("/NONCE/")
                  .doesNotContain("hunter2");
            });
  }

  @Test
  void a_boot_that_failed_is_not_kept(@TempDir Path folder) throws Exception {
    try (LastBoots boots = boots(folder)) {
      boots.follow(timeline);
      start();
      report(Stage.UP, Reason.MACHINE_FAILED, "no disk");
    }
    assertThat(kept).isEmpty();
  }

  private LastBoots boots(Path folder) throws Exception {
    Site site = ExampleSite.in(folder);
    book.with(
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.of("pc"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("lab-pc"),
                    Map.of("cluster-token", "hunter2"))));
    LastGoods store =
        new LastGoods() {
          @Override
          public Optional<LastGood> of(Mac mac) {
            return Optional.empty();
          }

          @Override
          public void keep(LastGood boot) {
            kept.add(boot);
          }
        };
    return new LastBoots(
        () -> site, book, new Planner(new Templates()), s -> Ipv4.of("192.168.33.2"), store);
  }

  private void start() throws Exception {
    book.commit(
        view ->
            List.of(
                new InventoryChange.BootStarted(
                    new Boot("a".repeat(32), MAC, ADDRESS, "lab-pc", NOON))));
  }

  private void report(Stage stage, Reason reason, String detail) {
    timeline.record(BootEvent.of(NOON, MAC, stage, reason, Optional.of(ADDRESS), detail));
  }
}
