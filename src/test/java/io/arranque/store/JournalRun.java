package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A journal of random commits, as a seed gives them, with nothing behind it. */
final class JournalRun {
  static final UUID NAME = UUID.fromString("6a1e1d0e-5f0b-4d60-9d4b-0d5a1f0c7a11");

  private JournalRun() {}

  /** The n-th commit; commits speak of the same few addresses again and again. */
  static List<LeaseChange> commit(long seed, int number) {
    Random random = new Random(seed * 31 + number);
    List<LeaseChange> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int pc = random.nextInt(6);
      changes.add(
          switch (random.nextInt(5)) {
            case 0 ->
                new LeaseChange.Released(
                    Samples.lease(pc).address(), Samples.NOON.plusSeconds(number));
            case 1 ->
                new LeaseChange.Quarantined(
                    Samples.lease(pc).address(), Samples.NOON.plus(Duration.ofHours(number)));
            default -> Samples.bound(pc, 1).get(0);
          });
    }
    return changes;
  }

  /** What the first so many commits come to. */
  static LeaseOutcome outcome(long seed, int commits) {
    LeaseOutcome outcome = new LeaseOutcome();
    for (int i = 1; i <= commits; i++) {
      outcome.add(commit(seed, i));
    }
    return outcome;
  }

  /**
   * Writes commits {@code 1} to {@code commits}.
   *
   * @param ends gets the file's end after each commit: where a crash may cut without losing it
   */
  static void record(Path folder, long seed, int commits, long fileSize, List<Written> ends)
      throws StoreFailure, IOException {
    LeaseBacklog backlog = new LeaseBacklog(0, 0, List.of());
    try (JournalFolder taken = JournalFolder.take(folder, FileChannel::open);
        LeaseJournal journal =
            new LeaseJournal(taken, new LeaseJournal.Limits(fileSize, 1 << 30), backlog, NAME, 0)) {
      for (int i = 1; i <= commits; i++) {
        journal.commit(commit(seed, i));
        Path newest = newest(taken);
        ends.add(new Written(newest, end(newest)));
      }
    }
  }

  /** Where a commit ends. */
  record Written(Path file, int end) {}

  private static Path newest(JournalFolder folder) throws IOException {
    List<JournalFolder.Found> files = folder.files();
    return files.get(files.size() - 1).path();
  }

  private static int end(Path file) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(file));
    JournalFormat format = JournalFormat.header(octets);
    int end = JournalFormat.HEADER;
    for (var next = format.frame(octets, end); next.isPresent(); next = format.frame(octets, end)) {
      end = next.get().end();
    }
    return end;
  }

  /** What a start finds when the database has commits up to {@code completeTo}. */
  static LeaseOutcome replayed(Path folder, long completeTo) throws StoreFailure, IOException {
    LeaseOutcome outcome = new LeaseOutcome();
    try (JournalFolder taken = JournalFolder.take(folder, FileChannel::open)) {
      long unused = JournalReplay.of(taken.files()).replay(completeTo, outcome);
    }
    return outcome;
  }
}
