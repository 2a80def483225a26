package io.arranque.downloads;

import static io.arranque.downloads.QueueTest.address;
import static io.arranque.downloads.QueueTest.mac;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownloadRegisterTest {
  private static final long MIB = 1 << 20;
  private static final Set<String> FILES = Set.of("linux/vmlinuz");

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private Budget budget = new Budget(1, Long.MAX_VALUE, 0);
  private final DownloadRegister register = new DownloadRegister(() -> budget, () -> now);

  @Test
  void aDownloadIsSeenWithItsProgressAndRate() {
    AtomicLong sent = new AtomicLong();
    OpenDownload download =
        register.begin(address(1), Download.Way.HTTP, "linux/initrd", 80 * MIB, sent::get);
    sent.set(10 * MIB);
    later(1_000);
    register.traffic(now);
    sent.set(20 * MIB);
    later(1_000);

    Traffic traffic = register.traffic(now);

    assertThat(traffic.bytes()).isEqualTo(20 * MIB);
    assertThat(traffic.machines()).isEqualTo(1);
    Download shown = traffic.downloads().get(0);
    assertThat(shown.done()).isEqualTo(20 * MIB);
    assertThat(shown.total()).isEqualTo(80 * MIB);
    assertThat(shown.bitsPerSecond()).isBetween(50_000_000L, 90_000_000L);
    assertThat(traffic.bitsPerSecond()).isEqualTo(shown.bitsPerSecond());

    register.end(download, 20 * MIB, false);
    assertThat(register.traffic(now).downloads()).isEmpty();
    assertThat(register.bytes()).isEqualTo(20 * MIB);
  }

  @Test
  void theNextMayBeginAsSoonAsTheFilesOfTheOneBeforeAreThere() {
    admit(1);
    assertThat(asks(2).mayGo()).isFalse();

    OpenDownload download = fetch(1, 80 * MIB);
    register.end(download, 80 * MIB, true);

    assertThat(asks(2).mayGo()).isTrue();
  }

  @Test
  void aDownloadBrokenOffDoesNotCountAsFetched() {
    admit(1);
    register.end(fetch(1, 80 * MIB), 5, false);
    assertThat(asks(2).mayGo()).isFalse();
  }

  @Test
  void aMachineSwitchedOffInTheMiddleFreesItsSlotAlthoughItsConnectionIsStillOpen() {
    admit(1);
    AtomicLong sent = new AtomicLong();
    register.begin(address(1), Download.Way.HTTP, "linux/vmlinuz", 80 * MIB, sent::get);
    for (int i = 0; i < 10; i++) {
      later(1_000);
      sent.addAndGet(MIB);
      assertThat(asks(2).mayGo()).isFalse();
    }
    Instant off = now;
    while (!asks(2).mayGo()) {
      later(1_000);
    }
    assertThat(Duration.between(off, now))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(17));
    assertThat(register.traffic(now).downloads().get(0).stalled()).isTrue();
  }

  @Test
  void whatWasNotFetchedByATicketCountsToo() {
    AtomicLong sent = new AtomicLong();
    OpenDownload grub =
        register.begin(address(9), Download.Way.TFTP, "linux/initrd", 80 * MIB, sent::get);
    later(600);
    assertThat(asks(1).mayGo()).isFalse();
    register.end(grub, 80 * MIB, true);
    later(600);
    assertThat(asks(1).mayGo()).isTrue();
  }

  @Test
  void aLoaderIsTooSmallToCount() {
    register.begin(address(9), Download.Way.TFTP, "snponly.efi", MIB, () -> 0);
    later(600);
    assertThat(asks(1).mayGo()).isTrue();
  }

  @Test
  void aMachineThatStartsOverIsNotInItsOwnWay() {
    admit(1);
    register.begin(address(1), Download.Way.HTTP, "linux/vmlinuz", 80 * MIB, () -> 5);
    later(9_000);
    assertThat(asks(1).mayGo()).isTrue();
    register.admit(mac(1), address(1), FILES, now);
    later(600);
    assertThat(register.traffic(now).machines()).isEqualTo(1);
  }

  @Test
  void afterARestartTheQueueIsMadeAnewByThoseWhoAsk() {
    admit(1);
    List.of(2, 3, 4).forEach(this::asks);
    DownloadRegister restarted = new DownloadRegister(() -> budget, () -> now);
    // The one whose download broke off with the appliance asks too, some seconds later.
    assertThat(restarted.standing(mac(3), address(3), now).mayGo()).isTrue();
    restarted.admit(mac(3), address(3), FILES, now);
    for (int n : List.of(2, 4, 1)) {
      Standing standing = restarted.standing(mac(n), address(n), now);
      assertThat(standing.mayGo()).isFalse();
      restarted.enqueue(mac(n), address(n), standing, now);
    }
    assertThat(restarted.traffic(now).waiting())
        .extracting(Traffic.Place::mac)
        .containsExactly(mac(2), mac(4), mac(1));
  }

  @Test
  void withoutALimitNobodyWaitsAndNothingIsKept() {
    budget = Budget.UNLIMITED;
    for (int n = 1; n <= 500; n++) {
      admit(n);
    }
    assertThat(register.traffic(now).tickets()).isEmpty();
    assertThat(register.mayStart(now)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aBudgetMadeLargerLetsTheWaitingIn() {
    admit(1);
    assertThat(asks(2).mayGo()).isFalse();
    budget = new Budget(2, Long.MAX_VALUE, 0);
    assertThat(asks(2).mayGo()).isTrue();
  }

  @Test
  void asManyMachinesMayBeSwitchedOnAsWouldNotHaveToWait() {
    budget = new Budget(5, Long.MAX_VALUE, 0);
    assertThat(register.mayStart(now)).isEqualTo(5);
    List.of(1, 2, 3).forEach(this::admit);
    assertThat(register.mayStart(now)).isEqualTo(2);
    List.of(4, 5).forEach(this::admit);
    asks(6);
    assertThat(register.mayStart(now)).isZero();
    register.leave(mac(1));
    assertThat(register.mayStart(now)).as("one is free, and one waits for it").isZero();
    register.leave(mac(2));
    assertThat(register.mayStart(now)).isEqualTo(1);
  }

  @Test
  void manyThreadsWriteDownTheirDownloadsWithoutLosingAByte() throws InterruptedException {
    int threads = 8;
    int each = 5_000;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int sender = t + 1;
      senders.add(
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < each; i++) {
                  register.admit(mac(sender), address(sender), FILES, now);
                  register.end(
                      register.begin(
                          address(sender), Download.Way.HTTP, "linux/vmlinuz", 7, () -> 7),
                      7,
                      true);
                }
              }));
    }
    senders.forEach(Thread::start);
    go.countDown();
    for (Thread sender : senders) {
      sender.join();
    }
    Traffic traffic = register.traffic(now);
    assertThat(traffic.bytes()).isEqualTo(7L * threads * each);
    assertThat(traffic.downloads()).isEmpty();
    assertThat(traffic.tickets()).isEmpty();
  }

  private OpenDownload fetch(int n, long size) {
    return register.begin(address(n), Download.Way.HTTP, "linux/vmlinuz", size, () -> size);
  }

  private void admit(int n) {
    register.admit(mac(n), address(n), FILES, now);
  }

  /** As the boot plane does it: ask, and wait when it must. */
  private Standing asks(int n) {
    Standing standing = register.standing(mac(n), address(n), now);
    if (!standing.mayGo()) {
      register.enqueue(mac(n), address(n), standing, now);
    }
    return standing;
  }

  private void later(long millis) {
    now = now.plusMillis(millis);
  }
}
