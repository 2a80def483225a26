package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.store.JournalFolder.Found;
import io.arranque.store.JournalFormat.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a journal holds. Each file was begun only when the one before it was full or could no
 * longer be trusted; in the second case the new one says again what the database lacked. So where
 * two files have a commit of the same number, the newer file's counts, and what stands in the older
 * one was perhaps never acknowledged.
 */
final class JournalReplay {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReplay.class);

  /**
   * What one file holds.
   *
   * @param frames those that the database lacks some of, without a gap
   * @param last the last commit in it, 0 when there is none
   * @param unused whether nothing was ever written behind the header
   */
  record Scanned(Headed file, List<Frame> frames, long last, long size, boolean unused) {}

  /** A file with its header; without one when it is too short for that. */
  record Headed(long generation, Path path, Optional<JournalFormat> format) {}

  private final List<Headed> headed = new ArrayList<>();
  private final List<Scanned> scanned = new ArrayList<>();
  private long completeTo;

  private JournalReplay() {}

  /**
   * Looks at the headers.
   *
   * @throws StoreFailure when a file cannot be read or is none of this journal, with what to do
   */
  static JournalReplay of(List<Found> found) throws StoreFailure {
    JournalReplay replay = new JournalReplay();
    for (Found file : found) {
      Headed next = new Headed(file.generation(), file.path(), header(file));
      Optional<UUID> known = replay.journal();
      Optional<UUID> its = next.format().map(JournalFormat::journal);
      if (known.isPresent() && its.isPresent() && !its.equals(known)) {
        throw damage(file.path(), 0, "it belongs to another journal than the files before it");
      }
      replay.headed.add(next);
    }
    return replay;
  }

  private static Optional<JournalFormat> header(Found found) throws StoreFailure {
    ByteBuffer octets = read(found.path());
    if (octets.limit() < JournalFormat.HEADER) {
      // A file gets its name after its content is on the disk; but if a file system forgets that,
      // nothing was acknowledged in here, or the gap to the next file tells.
      return Optional.empty();
    }
    JournalFormat format;
    try {
      format = JournalFormat.header(octets);
    } catch (IllegalArgumentException e) {
      throw damage(found.path(), 0, String.valueOf(e.getMessage()));
    }
    if (format.generation() != found.generation()) {
      throw damage(found.path(), 0, "its name should have the number " + format.generation());
    }
    return Optional.of(format);
  }

  /** The random name in the headers; empty when there is no file yet. */
  Optional<UUID> journal() {
    return headed.stream()
        .flatMap(file -> file.format().stream())
        .findFirst()
        .map(f -> f.journal());
  }

  /** Oldest first; after {@link #replay}. */
  List<Scanned> files() {
    return List.copyOf(scanned);
  }

  /**
   * Adds up the commits that the database lacks.
   *
   * @param completeTo the last commit that it has
   * @return the last commit there is
   * @throws StoreFailure when a file is damaged where no crash can have damaged it and the database
   *     does not make up for that, with file, offset and what to do
   */
  long replay(long completeTo, LeaseOutcome into) throws StoreFailure {
    this.completeTo = completeTo;
    for (Headed file : headed) {
      scanned.add(scan(file));
    }
    long reached = completeTo;
    for (int i = 0; i < scanned.size(); i++) {
      Scanned file = scanned.get(i);
      long until = Math.min(file.last(), firstAfter(i) - 1);
      if (until > reached && !file.frames().isEmpty()) {
        checkGap(file, reached);
        add(file, until, into);
        reached = until;
      }
    }
    return reached;
  }

  private void checkGap(Scanned file, long reached) throws StoreFailure {
    long first = file.frames().get(0).from();
    if (first <= reached + 1) {
      return;
    }
    if (reached > completeTo) {
      throw damage(
          file.file().path(),
          JournalFormat.HEADER,
          "commits %d to %d before it are missing".formatted(reached + 1, first - 1));
    }
    LOG.error(
        "The database is older than the lease journal: commits {} to {} are in neither. Was it"
            + " restored from a copy? Leases of that time are not known and may be given again.",
        reached + 1,
        first - 1);
  }

  private long firstAfter(int index) {
    return scanned.stream()
        .skip(index + 1L)
        .filter(file -> !file.frames().isEmpty())
        .mapToLong(file -> file.frames().get(0).from())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static void add(Scanned file, long until, LeaseOutcome into) throws StoreFailure {
    ByteBuffer octets = read(file.file().path());
    for (Frame frame : file.frames()) {
      if (frame.from() <= until) {
        try {
          into.add(JournalFormat.changes(octets, frame));
        } catch (IllegalArgumentException e) {
          throw damage(file.file().path(), frame.start(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private Scanned scan(Headed file) throws StoreFailure {
    ByteBuffer octets = read(file.path());
    if (file.format().isEmpty()) {
      return new Scanned(file, List.of(), 0, octets.limit(), false);
    }
    List<Frame> frames = new ArrayList<>();
    long last = 0;
    int end = JournalFormat.HEADER;
    for (Optional<Frame> next = next(file, octets, end, last);
        next.isPresent();
        next = next(file, octets, end, last)) {
      if (next.get().to() > completeTo) {
        frames.add(next.get());
      }
      last = next.get().to();
      end = next.get().end();
    }
    boolean unused = end == JournalFormat.HEADER && isZero(octets, end);
    return new Scanned(file, List.copyOf(frames), last, octets.limit(), unused);
  }

  /** The next good frame; what a crash cut off, at the end, is passed over. */
  private Optional<Frame> next(Headed file, ByteBuffer octets, int offset, long last)
      throws StoreFailure {
    JournalFormat format = file.format().orElseThrow();
    Optional<Frame> next = format.frame(octets, offset);
    if (next.isPresent() && (last == 0 || next.get().from() == last + 1)) {
      return next;
    }
    if (next.isEmpty() && isZero(octets, offset)) {
      return next;
    }
    for (int later = offset; next.isEmpty() && later < octets.limit(); later++) {
      next = format.frame(octets, later);
    }
    if (next.isEmpty()) {
      LOG.info("{} ends at octet {} with a commit that was never finished", file.path(), offset);
    } else if (next.get().from() > completeTo + 1) {
      throw damage(file.path(), offset, "good commits follow it at octet " + next.get().start());
    } else {
      LOG.warn("{} is damaged at octet {}; the database has what stood there", file.path(), offset);
    }
    return next;
  }

  private static boolean isZero(ByteBuffer octets, int offset) {
    for (int i = offset; i < octets.limit(); i++) {
      if (octets.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer read(Path path) throws StoreFailure {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(path)).asReadOnlyBuffer();
    } catch (IOException e) {
      throw new Failures(path.toString()).failure("read the leases from", e);
    }
  }

  private static StoreFailure damage(Path path, long offset, String what) {
    String message =
        "the lease journal "
            + path
            + " is damaged at octet "
            + offset
            + ": "
            + what
            + "; no lease is given until this is settled: put back a good copy of the file, or move"
            + " it and all leases-*.journal with smaller numbers away, which forgets the leases that"
            + " are only there and may give their addresses a second time";
    return new StoreFailure(message, new IOException(what));
  }
}
