package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page whose browser reads nothing: a laptop that was shut, a phone out of reach. */
class SlowPageIT {
  @Test
  @Timeout(240)
  void is_cut_off_and_keeps_nobody_else_waiting(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    DemoRoom.fill(world);
    try (ControlPlane plane = world.plane();
        Socket deaf = new Socket()) {
      plane.start();
      Browser browser = new Browser(plane);
      browser.logIn();
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), plane.port()));
      String accepts = "Accept: text/event-stream\r\nCookie: " + browser.cookie;
      String head = "GET /live HTTP/1.1\r\nHost: x\r\n" + accepts + "\r\n\r\n";
      deaf.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = browser.stream(browser.request("/live").header("Accept", "text/event-stream"));
      CountDownLatch over = new CountDownLatch(1);
      Thread storm = new Thread(() -> storm(world, over), "storm");
      storm.start();
      try (BufferedReader reads =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        int rows = 0;
        boolean bothSeen = false;
        while (!bothSeen || plane.openStreams() > 1) {
          String line = reads.readLine();
          rows += line.startsWith("data:") ? 1 : 0;
          bothSeen |= plane.openStreams() == 2;
        }
        assertThat(rows).as("batches that the other page was sent meanwhile").isPositive();
      } finally {
        over.countDown();
        storm.join();
      }
    }
  }

  /** Every machine moves, four times a second. */
  private static void storm(World world, CountDownLatch over) {
    try {
      for (int round = 0; !over.await(250, TimeUnit.MILLISECONDS); round++) {
        for (int seat = 1; seat <= DemoRoom.SEATS; seat++) {
          String detail = "round " + round + " " + "x".repeat(2_000);
          Reason reason = Reason.MACHINE_REPORTED;
          world.event(DemoRoom.mac(seat), Duration.ZERO, Stage.REGISTERED, reason, detail);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
