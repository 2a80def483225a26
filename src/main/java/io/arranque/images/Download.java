package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches one file into a folder: as {@code FILE.part} until all of it is there and is what it
 * should be. What has come stays, and the next attempt goes on from there, also one of another day.
 */
final class Download {
  /** In a row, without a single byte. */
  private static final int FUTILE_MAX = 4;

  private static final int BUFFER = 1 << 16;
  private static final long MARGIN = 32L << 20;

  private final Upstream upstream;
  private final Source source;
  private final Path target;
  private final Path part;
  private final Path notes;
  private final Progress progress;
  private final Duration pause;

  /** What has come. */
  record Fetched(String sha256, long size) {}

  /** The rest of the file does not fit to its beginning. */
  private static final class Changed extends IOException {
    private static final long serialVersionUID = 1;

    Changed(String message) {
      super(message);
    }
  }

  /**
   * @param pause before the second attempt; it doubles with each further one
   */
  Download(Upstream upstream, Source source, Path folder, Progress progress, Duration pause) {
    this.upstream = upstream;
    this.source = source;
    this.target = folder.resolve(source.file());
    this.part = folder.resolve(source.file() + ".part");
    this.notes = folder.resolve(source.file() + ".part.properties");
    this.progress = progress;
    this.pause = pause;
  }

  /** Where the bytes are while it is not whole. */
  Path part() {
    return part;
  }

  /**
   * Fetches until it is whole.
   *
   * @param wanted its SHA-256; without it whatever comes is taken
   */
  Fetched run(Optional<String> wanted) throws ImageFailure {
    int futile = 0;
    // The most that ever came: an upstream that lies about its length breaks off at the same place.
    long most = size();
    boolean afresh = false;
    while (true) {
      try {
        boolean resumed = size() > 0;
        Fetched fetched = attempt();
        if (wanted.isEmpty() || wanted.get().equals(fetched.sha256())) {
          keep();
          return fetched;
        }
        forget();
        if (!resumed || afresh) {
          throw broken(wanted.get(), fetched);
        }
        // The beginning may be of another day's file: once more, from the first byte on.
        progress.says("the checksum is wrong, and the beginning came earlier: starting afresh");
        afresh = true;
      } catch (Changed e) {
        progress.says(String.valueOf(e.getMessage()));
        forget();
        futile = checked(futile + 1, e);
      } catch (IOException e) {
        refuseFullDisk(e);
        futile = checked(size() > most ? 1 : futile + 1, e);
        most = Math.max(most, size());
        progress.says(e.getMessage() + "; trying again");
        rest(futile);
      }
    }
  }

  private Fetched attempt() throws IOException, ImageFailure {
    Optional<PartNotes> known = PartNotes.read(notes).filter(this::isOfSource);
    long have = size();
    if (have > 0 && (known.isEmpty() || known.get().validator().isEmpty())) {
      throw new Changed("what is left of an earlier attempt cannot be continued");
    }
    MessageDigest digest = Durable.sha256();
    if (known.isPresent() && have > 0 && known.get().total().filter(t -> t == have).isPresent()) {
      Durable.digest(part, have, digest);
      return new Fetched(Durable.hex(digest), have);
    }
    Optional<String> validator = known.flatMap(PartNotes::validator);
    try (Upstream.Opened opened = upstream.open(source, have, validator)) {
      if (opened.offset() != have) {
        if (have > 0) {
          throw new Changed("the file has changed since the last attempt: starting afresh");
        }
        throw new IOException(source.url() + " sends no beginning");
      }
      if (have > 0 && !known.flatMap(PartNotes::total).equals(opened.total())) {
        throw new Changed("the file has another size than at the last attempt: starting afresh");
      }
      opened.total().ifPresent(this::noteTotal);
      refuseTooLarge(opened.total(), have);
      if (have == 0) {
        new PartNotes(source.url().toString(), opened.validator(), opened.total()).write(notes);
      } else {
        progress.says("going on after %d bytes".formatted(have));
        Durable.digest(part, have, digest);
      }
      return take(opened, have, digest);
    }
  }

  private Fetched take(Upstream.Opened opened, long have, MessageDigest digest)
      throws IOException, ImageFailure {
    long done = have;
    byte[] buffer = new byte[BUFFER];
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      InputStream in = opened.body();
      progress.at(source.file(), done, opened.total());
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        digest.update(buffer, 0, read);
        done += read;
        progress.at(source.file(), done, opened.total());
        if (progress.isCancelled()) {
          throw new ImageFailure(Kind.CANCELLED, "broken off; the same again goes on from here");
        }
      }
      out.force(true);
    }
    if (opened.total().isPresent() && opened.total().get() != done) {
      throw new IOException(
          "%s broke off after %d of %d bytes".formatted(source.url(), done, opened.total().get()));
    }
    return new Fetched(Durable.hex(digest), done);
  }

  /** For whoever follows a file that grows. */
  private void noteTotal(long total) {
    progress.at(source.file(), size(), Optional.of(total));
  }

  private void keep() throws IOException {
    Durable.move(part, target);
    Files.deleteIfExists(notes);
  }

  private void forget() throws ImageFailure {
    try {
      Files.deleteIfExists(part);
      Files.deleteIfExists(notes);
    } catch (IOException e) {
      throw new ImageFailure(Kind.DISK, "cannot be removed: " + e.getMessage(), e);
    }
  }

  private boolean isOfSource(PartNotes known) {
    return known.url().equals(source.url().toString());
  }

  private long size() {
    try {
      return Files.size(part);
    } catch (IOException e) {
      return 0;
    }
  }

  private void refuseTooLarge(Optional<Long> total, long have) throws IOException, ImageFailure {
    if (total.isEmpty()) {
      return;
    }
    long free = Files.getFileStore(Durable.parent(part)).getUsableSpace();
    long needed = total.get() - have;
    if (needed + MARGIN > free) {
      throw full(
          "%d MiB are free and %d more are needed".formatted(free >> 20, (needed >> 20) + 1));
    }
  }

  /** Nothing is left in the way of others who need the disk. */
  private void refuseFullDisk(IOException e) throws ImageFailure {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("Disk quota exceeded")) {
      forget();
      throw full(message);
    }
    if (e instanceof java.nio.file.FileSystemException) {
      throw new ImageFailure(Kind.DISK, "cannot be written: " + message, e);
    }
  }

  private ImageFailure full(String detail) {
    return new ImageFailure(
        Kind.DISK,
        "the disk of %s is full: %s. Remove versions that are no longer needed (arranque image remove"
                .formatted(Durable.parent(target), detail)
            + " NAME --version V), then try again");
  }

  private ImageFailure broken(String wanted, Fetched fetched) {
    return new ImageFailure(
        Kind.BROKEN,
        "%s is not what it should be: wanted SHA-256 %s, got %s (%d bytes). Nothing was changed"
            .formatted(source.url(), wanted, fetched.sha256(), fetched.size()));
  }

  private static int checked(int futile, IOException e) throws ImageFailure {
    if (futile > FUTILE_MAX) {
      throw new ImageFailure(
          Kind.UPSTREAM, e.getMessage() + ". What has come is kept: the same again goes on", e);
    }
    return futile;
  }

  private void rest(int futile) throws ImageFailure {
    try {
      Thread.sleep(pause.toMillis() << Math.min(futile - 1, 5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageFailure(Kind.CANCELLED, "broken off", e);
    }
  }
}
