package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.store.JournalReplay.Scanned;
import io.arranque.store.LeaseBacklog.Portion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes commits to the end of the journal. Thread-safe; one thread commits, another one makes the
 * next file ahead of need and removes those that the database has made superfluous.
 *
 * <p>After a failed write or sync nobody knows what the file holds: Linux marks the pages clean and
 * lets the next sync succeed without them. So that file is not touched again, and the next commit
 * goes to a new one, behind a frame with all that the database lacks. Likewise after a start that
 * found such commits: they were read from the page cache, perhaps.
 */
final class LeaseJournal implements AutoCloseable {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * How far the files may grow, in octets.
   *
   * @param file each; made and filled ahead, so this much is written at a time
   * @param total all together, when the database takes nothing
   */
  record Limits(long file, long total) {
    static final Limits USUAL = new Limits(4L << 20, 256L << 20);
  }

  /** A file that is only read any more: at the next start, until the database has its commits. */
  private record Held(Path path, long last, long size) {}

  private final JournalFolder folder;
  private final Limits limits;
  private final LeaseBacklog backlog;
  private final UUID journal;
  private final Failures failures;
  private final FrameBuffer buffer = new FrameBuffer();
  private final Deque<Held> held = new ArrayDeque<>();
  private @Nullable JournalFile current;
  private @Nullable JournalFile next;
  private long generation;
  private long last;

  /** Whether the current file cannot be relied on for what the database lacks. */
  private boolean suspect;

  private Runnable turned = () -> {};
  private boolean preparing;
  private boolean closed;
  private @Nullable StoreFailure lastFailure;
  private long lastAttempt;
  private volatile @Nullable String problem;
  private volatile @Nullable String shortage;

  /**
   * Goes on behind what was found.
   *
   * @param last the last commit there is
   */
  LeaseJournal(JournalFolder folder, Limits limits, LeaseBacklog backlog, UUID journal, long last) {
    this.folder = folder;
    this.limits = limits;
    this.backlog = backlog;
    this.journal = journal;
    this.last = last;
    this.suspect = backlog.completeTo() < last;
    this.failures = new Failures(folder.path().resolve("leases-*.journal").toString());
  }

  /** Takes over the files of earlier processes; before the first commit. */
  synchronized void adopt(List<Scanned> files) throws IOException {
    for (Scanned file : files) {
      held.add(new Held(file.file().path(), file.last(), file.size()));
      generation = file.file().generation();
    }
    Scanned newest = files.isEmpty() ? null : files.get(files.size() - 1);
    if (newest != null && newest.unused()) {
      held.removeLast();
      next = folder.open(newest.file().format().orElseThrow());
    }
  }

  /** Called whenever a file was begun, by the thread that commits. */
  synchronized void onTurn(Runnable listener) {
    turned = listener;
  }

  /** Why nothing can be committed, now or soon, with what to do; empty when all is well. */
  Optional<String> problem() {
    String failing = problem;
    return Optional.ofNullable(failing != null ? failing : shortage);
  }

  /** Appends one commit; when this returns it is on the disk. */
  synchronized void commit(List<LeaseChange> changes) throws StoreFailure {
    attempt();
    try {
      ByteBuffer frame = buffer.body(changes);
      JournalFile file = current;
      if (file == null || suspect || !file.fits(frame.limit())) {
        file = turn(frame.limit());
      }
      long sequence = last + 1;
      file.format().seal(frame, sequence, sequence);
      write(file, frame);
      last = sequence;
      backlog.add(sequence, changes);
      worked();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void write(JournalFile file, ByteBuffer frame) throws IOException {
    suspect = true;
    file.append(frame);
    file.sync();
    suspect = false;
  }

  /**
   * The next file, with room for so many octets behind what the last one can no longer vouch for.
   */
  private JournalFile turn(int octets) throws IOException {
    Optional<Portion> lacking = suspect ? backlog.all() : Optional.empty();
    if (lacking.isEmpty()) {
      return replace(octets);
    }
    Portion portion = lacking.get();
    ByteBuffer again = new FrameBuffer().body(portion.outcome().changes());
    JournalFile file = replace((long) again.limit() + octets);
    file.format().seal(again, portion.from(), portion.to());
    file.append(again);
    return file;
  }

  private JournalFile replace(long octets) throws IOException {
    JournalFile fresh = fresh(octets);
    JournalFile old = current;
    current = fresh;
    next = null;
    turned.run();
    if (old != null) {
      held.add(new Held(old.path(), last, old.size()));
      old.close();
    }
    return fresh;
  }

  private JournalFile fresh(long octets) throws IOException {
    awaitPreparation();
    JournalFile prepared = next;
    if (prepared != null && prepared.fits(octets)) {
      return prepared;
    }
    if (prepared != null) {
      next = null;
      prepared.close();
      folder.delete(prepared.path());
    }
    long size = Math.max(limits.file(), octets + JournalFormat.HEADER);
    if (!hasRoom(size)) {
      throw new IOException(
          "the database has taken no leases for so long that the journal has reached its bound of "
              + (limits.total() >> 20)
              + " MiB; bring the database back, it goes on by itself");
    }
    return folder.create(new JournalFormat(journal, ++generation), size);
  }

  /** Ahead of this thread by some milliseconds; a second file would only take the disk from it. */
  private void awaitPreparation() throws IOException {
    try {
      while (preparing) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private boolean hasRoom(long size) {
    return occupied() + size <= limits.total();
  }

  private long occupied() {
    JournalFile one = current;
    JournalFile two = next;
    return held.stream().mapToLong(Held::size).sum()
        + (one == null ? 0 : one.size())
        + (two == null ? 0 : two.size());
  }

  /** Whether the database should be given all the work it can take. */
  synchronized boolean isHalfFull() {
    return occupied() > limits.total() / 2;
  }

  private void attempt() throws StoreFailure {
    if (closed) {
      throw failures.failure("write leases to", new IOException("it is closed"));
    }
    StoreFailure failure = lastFailure;
    // With a full disk each attempt costs time that the DHCP lane has not.
    if (failure != null && System.nanoTime() - lastAttempt < RETRY_NANOS) {
      throw new StoreFailure(String.valueOf(failure.getMessage()), failure);
    }
  }

  private void worked() {
    lastFailure = null;
    problem = null;
  }

  private StoreFailure failed(Exception cause) {
    StoreFailure failure = failures.failure("write leases to", cause);
    lastFailure = failure;
    lastAttempt = System.nanoTime();
    problem = failure.getMessage();
    return failure;
  }

  /** Makes a file that cannot be relied on superfluous before a commit has to wait for that. */
  synchronized void heal() throws StoreFailure {
    if (!suspect || closed) {
      return;
    }
    attempt();
    try {
      JournalFile file = turn(0);
      file.sync();
      suspect = false;
      worked();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Makes the next file if there is none, while commits go on in the current one. */
  void prepare() throws StoreFailure {
    JournalFormat format;
    synchronized (this) {
      if (closed || next != null || !hasRoom(limits.file())) {
        return;
      }
      preparing = true;
      format = new JournalFormat(journal, ++generation);
    }
    JournalFile made = null;
    try {
      made = folder.create(format, limits.file());
      shortage = null;
    } catch (IOException | RuntimeException e) {
      StoreFailure failure = failures.failure("prepare space for leases in", e);
      shortage = failure.getMessage();
      throw failure;
    } finally {
      prepared(made);
    }
  }

  private synchronized void prepared(@Nullable JournalFile made) {
    next = made;
    preparing = false;
    notifyAll();
  }

  /** Removes files of which the database has everything, the oldest first. One thread calls it. */
  void retire() throws StoreFailure {
    for (Held oldest = superfluous(); oldest != null; oldest = superfluous()) {
      try {
        folder.delete(oldest.path());
      } catch (IOException e) {
        throw failures.failure("remove", e);
      }
      synchronized (this) {
        held.remove();
      }
    }
  }

  private synchronized @Nullable Held superfluous() {
    Held oldest = held.peek();
    return oldest != null && oldest.last() <= backlog.completeTo() ? oldest : null;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (JournalFile file : new JournalFile[] {current, next}) {
      if (file != null) {
        file.close();
      }
    }
    current = null;
    next = null;
  }
}
