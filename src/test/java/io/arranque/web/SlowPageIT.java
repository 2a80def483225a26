package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page whose browser reads nothing: a laptop that was shut, a phone out of reach. */
class SlowPageIT {
  /** As many as people can draw. */
  private static final int SEATS = 400;

  @Test
  @Timeout(240)
  void of_the_list_is_cut_off_and_keeps_nobody_else_waiting(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    DemoRoom.fill(world);
    isCutOff(world, "/live", round -> everyMachineMoves(world, round));
  }

  @Test
  @Timeout(240)
  void of_a_room_is_cut_off_and_keeps_nobody_else_waiting(@TempDir Path folder) throws Exception {
    BigSite big = new BigSite(folder, BigSite.MACHINES / SEATS);
    isCutOff(
        big.world,
        "/rooms/" + BigSite.room(0) + "/live",
        round -> everyMachineIsRenamed(big.world, round));
  }

  private interface Storm {
    void blow(int round) throws StoreFailure;
  }

  private static void isCutOff(World world, String path, Storm each) throws Exception {
    try (ControlPlane plane = world.plane();
        Socket deaf = new Socket()) {
      plane.start();
      Browser browser = new Browser(plane);
      browser.logIn();
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), plane.port()));
      String accepts = "Accept: text/event-stream\r\nCookie: " + browser.cookie;
      String head = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + accepts + "\r\n\r\n";
      deaf.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = browser.stream(browser.request(path).header("Accept", "text/event-stream"));
      CountDownLatch over = new CountDownLatch(1);
      Thread storm = new Thread(() -> storm(each, over), "storm");
      storm.start();
      try (BufferedReader reads =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        int batches = 0;
        boolean bothSeen = false;
        while (!bothSeen || plane.openStreams() > 1) {
          String line = reads.readLine();
          batches += line.startsWith("data: [{") ? 1 : 0;
          bothSeen |= plane.openStreams() == 2;
        }
        assertThat(batches).as("batches that the other page was sent").isGreaterThan(10);
      } finally {
        over.countDown();
        storm.join();
      }
    }
  }

  /** Four times a second. */
  private static void storm(Storm each, CountDownLatch over) {
    try {
      for (int round = 0; !over.await(250, TimeUnit.MILLISECONDS); round++) {
        each.blow(round);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private static void everyMachineMoves(World world, int round) {
    for (int seat = 1; seat <= DemoRoom.SEATS; seat++) {
      String detail = "round " + round + " " + "x".repeat(2_000);
      Reason reason = Reason.MACHINE_REPORTED;
      world.event(DemoRoom.mac(seat), Duration.ZERO, Stage.REGISTERED, reason, detail);
    }
  }

  /** The same on the page as if each had moved, and no event for a timeline to keep. */
  private static void everyMachineIsRenamed(World world, int round) throws StoreFailure {
    List<InventoryChange> renamed = new ArrayList<>();
    for (int seat = 0; seat < SEATS; seat++) {
      Machine.Assignment old = world.book.machine(BigSite.mac(seat)).orElseThrow().assignment();
      Machine.Assignment next =
          new Machine.Assignment(
              Optional.of("h" + seat + "-" + round), old.room(), old.seat(), old.role(), Map.of());
      renamed.add(new InventoryChange.Assigned(BigSite.mac(seat), next, "test"));
    }
    var unused = world.book.commit(now -> List.copyOf(renamed));
  }
}
