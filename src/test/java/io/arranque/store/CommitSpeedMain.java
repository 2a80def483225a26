package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many leases a second are on the disk, by batch size. Arguments: an empty folder on the disk
 * in question, seconds for each size, then batch sizes.
 */
final class CommitSpeedMain {
  private static final int ADDRESSES = 65_000;

  private CommitSpeedMain() {}

  public static void main(String[] arguments) throws Exception {
    Path state = Path.of(arguments[0]);
    long nanos = (long) (Double.parseDouble(arguments[1]) * 1e9);
    try (Database database = Database.open(state, Optional.empty());
        LeaseStore leases = LeaseStore.open(database, state)) {
      System.out.println("found " + leases.load().leases().size() + " leases");
      for (int i = 2; i < arguments.length; i++) {
        measure(leases, Integer.parseInt(arguments[i]), nanos);
      }
    }
  }

  private static void measure(LeaseStore leases, int size, long nanos) throws Exception {
    List<List<LeaseChange>> batches = new ArrayList<>();
    for (int from = 0; from + size <= ADDRESSES && batches.size() < 1000; from += size) {
      batches.add(Samples.bound(from, size));
    }
    List<Long> took = new ArrayList<>();
    long began = System.nanoTime();
    long now = began;
    while (now - began < nanos) {
      leases.commit(batches.get(took.size() % batches.size()));
      long after = System.nanoTime();
      took.add(after - now);
      now = after;
    }
    took.sort(null);
    System.out.printf(
        Locale.ROOT,
        "x%-5d %8.0f commits/s %9.0f leases/s, median %.3f ms, p99 %.3f ms, longest %.1f ms%n",
        size,
        took.size() * 1e9 / (now - began),
        took.size() * (double) size * 1e9 / (now - began),
        took.get(took.size() / 2) / 1e6,
        took.get((int) (took.size() * 0.99)) / 1e6,
        took.get(took.size() - 1) / 1e6);
  }
}
