package io.arranque.room;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Runs in the room's namespace: switches PCs on, waits for the last, prints a line {@code stage
 * median-ms last-ms} for each stage.
 */
final class PowerOn {
  private final Queue<SimulatedPc> up = new ConcurrentLinkedQueue<>();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private long millis;

  private PowerOn() {}

  /** Arguments: run, PCs, the server's HTTP port. */
  public static void main(String[] args) throws Exception {
    RoomMain.awaitServer(Integer.parseInt(args[2]));
    try (Dhcp dhcp = new Dhcp()) {
      // So that neither side is measured while it compiles itself.
      PowerOn warmUp = new PowerOn();
      warmUp.all(0, RoomMain.WARM_UP, dhcp);
      PowerOn measured = warmUp.failed.isEmpty() ? new PowerOn() : warmUp;
      if (measured != warmUp) {
        measured.all(Integer.parseInt(args[0]), Integer.parseInt(args[1]), dhcp);
      }
      measured.print();
    }
  }

  private void all(int run, int pcs, Dhcp dhcp) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < pcs; n++) {
      long mac = Room.mac(run, n);
      Thread thread = new Thread(() -> one(mac, dhcp, go));
      thread.start();
      threads.add(thread);
    }
    long began = System.nanoTime();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    millis = (System.nanoTime() - began) / 1_000_000;
  }

  private void one(long mac, Dhcp dhcp, CountDownLatch go) {
    try {
      go.await();
      SimulatedPc pc = new SimulatedPc(mac, dhcp);
      pc.boot();
      up.add(pc);
    } catch (IOException | RuntimeException e) {
      failed.add(Room.hyphened(mac) + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print() {
    failed.stream().limit(5).forEach(System.err::println);
    for (String stage : SimulatedPc.STAGES) {
      List<Long> times =
          up.stream().map(pc -> pc.stages().getOrDefault(stage, 0L)).sorted().toList();
      if (!times.isEmpty()) {
        System.out.println(
            stage + " " + times.get(times.size() / 2) + " " + times.get(times.size() - 1));
      }
    }
    System.out.println("last-ms " + millis);
    System.out.println("failed " + failed.size());
    System.out.println("bytes " + up.stream().mapToLong(SimulatedPc::bytes).sum());
  }
}
