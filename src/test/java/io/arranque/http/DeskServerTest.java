package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DeskServerTest {
  @TempDir private Path folder;

  @Test
  void closingFinishesACommitAndDoesNotInterruptIt() throws Exception {
    SlowBook book = new SlowBook();
    DeskServer server =
        new DeskServer(
            new BootDesk(new Planner(new Templates()), Duration.ofHours(1), Duration.ZERO),
            new BootHttpServer.Wiring(
                () -> TestSite.at(folder),
                book,
                new MemoryTimeline(),
                Instant::now,
                () -> "0".repeat(32),
                LeasedAddresses.UNKNOWN),
            Duration.ofSeconds(25));
    server.ask(
        new BootRequest.MachineScript(
            TestSite.MAC, new Facts(Hardware.UNKNOWN, Optional.empty()), false, Optional.empty()),
        new Exchange(
            RunningBootServer.LOOPBACK,
            RunningBootServer.LOOPBACK,
            Instant.now(),
            "0".repeat(32),
            ""),
        new Nobody());
    book.entered.await();

    server.close();

    assertThat(book.interrupted).isFalse();
    assertThat(book.memory.committed()).isNotEmpty();
  }

  /** Its disk takes a while. */
  private static final class SlowBook implements InventoryBook {
    final MemoryBook memory = new MemoryBook();
    final CountDownLatch entered = new CountDownLatch(1);
    volatile boolean interrupted;

    @Override
    public Inventory view() {
      return memory;
    }

    @Override
    public List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision)
        throws StoreFailure {
      entered.countDown();
      try {
        boolean unused = new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      return memory.commit(decision);
    }

    @Override
    public Runnable subscribe(Consumer<InventoryChange> listener) {
      return memory.subscribe(listener);
    }
  }

  private static final class Nobody implements DeskServer.Reply {
    @Override
    public void send(BootAnswer answer) {}

    @Override
    public boolean gone() {
      return false;
    }
  }
}
