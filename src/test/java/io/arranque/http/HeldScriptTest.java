package io.arranque.http;

import static io.arranque.http.TestSite.MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.InventoryChange.BootStarted;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are held open until somebody assigns a role. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class HeldScriptTest extends RunningBootServer {
  @Test
  void aHeldRequestIsAnsweredTheMomentARoleIsAssigned() throws Exception {
    CompletableFuture<HttpResponse<String>> held = async(SCRIPT + "&wait=1");
    awaitMachine();
    assertThat(held).isNotDone();
    book.assign(MAC, "worker");
    assertThat(held.get(10, TimeUnit.SECONDS).body()).contains("kernel");
    assertThat(book.committed()).filteredOn(BootStarted.class::isInstance).hasSize(1);
  }

  @Test
  void aHeldRequestIsAnsweredWhenTheSiteGivesItARole() throws Exception {
    CompletableFuture<HttpResponse<String>> held = async(SCRIPT + "&wait=1");
    awaitMachine();
    book.with(
        book.machine(MAC)
            .orElseThrow()
            .with(
                io.arranque.inventory.Machine.Assignment.NONE.withRole(
                    java.util.Optional.of("worker"))));
    server.siteChanged();
    assertThat(held.get(10, TimeUnit.SECONDS).body()).contains("kernel");
  }

  @Test
  void aHeldRequestLoopsAfterItsTime() throws Exception {
    restart(holding(Duration.ofMillis(50)));
    assertThat(get(SCRIPT + "&wait=1").body()).contains("waits");
  }

  @Test
  void aMachineThatWasResetAndWaitsAgainIsHeldOnlyOnce() throws Exception {
    CompletableFuture<HttpResponse<String>> first = async(SCRIPT + "&wait=1");
    awaitMachine();
    CompletableFuture<HttpResponse<String>> second = async(SCRIPT + "&wait=1");
    assertThat(first.get(10, TimeUnit.SECONDS).body()).contains("waits");
    book.assign(MAC, "worker");
    assertThat(second.get(10, TimeUnit.SECONDS).body()).contains("kernel");
  }
}
