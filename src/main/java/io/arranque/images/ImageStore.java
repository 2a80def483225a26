package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import io.arranque.site.Image;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a site. Each version is a folder of its own that appears whole and never changes;
 * which one machines get is one line of {@code image.yaml}, replaced as a whole. So there is no
 * moment at which a machine could be given half of a version, and going back is as quick as going
 * forth.
 */
public final class ImageStore {
  private static final Logger log = LoggerFactory.getLogger(ImageStore.class);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path site;
  private final Supplier<Upstream> upstream;
  private final InstantSource clock;
  private final Duration pause;

  /**
   * @param pause before a broken download is tried again
   */
  ImageStore(Path site, Supplier<Upstream> upstream, InstantSource clock, Duration pause) {
    this.site = site;
    this.upstream = upstream;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * With the usual patience.
   *
   * @param mirror asked anew for each job
   */
  public static ImageStore of(Path site, Supplier<Mirror> mirror, InstantSource clock) {
    return new ImageStore(site, () -> new Upstream(mirror.get(), SILENCE), clock, PAUSE);
  }

  /** What verifying found of a file. */
  public record FileCheck(String file, State state, String detail) {
    /** How a file is. */
    public enum State {
      GOOD,
      BROKEN,
      MISSING,
      /** Nobody has written down what it should be. */
      UNKNOWN,
      /** Is fetched when the first machine asks for it. */
      NOT_YET
    }
  }

  /** All images of the site, by name. */
  public List<StoredImage> list() {
    return StoredImage.names(site).stream().map(name -> StoredImage.read(site, name)).toList();
  }

  /** One image as it is on disk, also one of which nothing is there yet. */
  public StoredImage stored(String name) {
    return StoredImage.read(site, name);
  }

  /** One image. */
  public StoredImage image(String name) throws ImageFailure {
    if (!StoredImage.isName(name) || !StoredImage.names(site).contains(name)) {
      throw new ImageFailure(Kind.UNKNOWN, "there is no image " + name);
    }
    return StoredImage.read(site, name);
  }

  /**
   * Adds a version, and makes it the active one if that was ordered. Until it is whole and verified
   * nothing of it is seen.
   *
   * @return the name of the version
   */
  public String add(Order order, Progress progress) throws ImageFailure {
    if (!StoredImage.isName(order.image())
        || order.version().filter(version -> !StoredImage.isName(version)).isPresent()) {
      throw new ImageFailure(
          Kind.WRONG, "names of images and versions have letters, digits, - _ and . only");
    }
    return alone(order.image(), () -> added(order, progress));
  }

  private String added(Order order, Progress progress) throws IOException, ImageFailure {
    String name = order.image();
    new Adoption(folder(name)).keep(StoredImage.read(site, name));
    String version = arrived(order, progress);
    if (order.activate()) {
      activate(name, version);
      progress.says("%s is now at version %s".formatted(name, version));
    } else {
      progress.says(
          "version %s of %s is there; machines get %s on as before"
              .formatted(version, name, active(name).orElse("none")));
    }
    return version;
  }

  private String arrived(Order order, Progress progress) throws IOException, ImageFailure {
    try {
      return new Arrival(folder(order.image()), order, upstream.get(), progress, pause)
          .complete(clock.instant());
    } catch (ImageFailure e) {
      if (e.kind() == Kind.WRONG) {
        // The next order will be another one.
        discard(order.image());
      }
      throw e;
    }
  }

  /** What is done to an image while nobody else may. */
  private interface Work<T> {
    T run() throws IOException, ImageFailure;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private <T> T alone(String name, Work<T> work) throws ImageFailure {
    try (ImageLock lock = ImageLock.of(folder(name))) {
      return work.run();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        // Others need the disk more than the next attempt needs what has come.
        discard(name);
      }
      throw disk(e);
    }
  }

  private void discard(String name) {
    try {
      Durable.removeTree(folder(name).resolve(Arrival.INCOMING));
    } catch (IOException e) {
      // The failure that is being told is the one that matters.
    }
  }

  /**
   * Makes another version the active one.
   *
   * @param version empty: the one that was active before
   * @return the version that machines get from now on
   */
  public String rollback(String name, Optional<String> version) throws ImageFailure {
    image(name);
    return alone(name, () -> switched(name, version));
  }

  private String switched(String name, Optional<String> version) throws IOException, ImageFailure {
    StoredImage stored = StoredImage.read(site, name);
    String wanted =
        version
            .or(stored::previous)
            .orElseThrow(
                () ->
                    new ImageFailure(
                        Kind.WRONG, "nothing was active before the present version of " + name));
    Image found = stored.versions().get(wanted);
    if (found == null) {
      throw new ImageFailure(
          Kind.UNKNOWN,
          "%s has no version %s; there are: %s"
              .formatted(name, wanted, String.join(", ", stored.versions().keySet())));
    }
    for (FileCheck check : checks(found, false)) {
      if (check.state() == FileCheck.State.MISSING) {
        throw new ImageFailure(
            Kind.BROKEN, "version %s lacks the file %s".formatted(wanted, check.file()));
      }
    }
    activate(name, wanted);
    return wanted;
  }

  /**
   * Reads every file of a version and compares.
   *
   * @param version empty: the active one
   */
  public List<FileCheck> verify(String name, Optional<String> version) throws ImageFailure {
    StoredImage stored = image(name);
    Image image = version.map(v -> stored.versions().get(v)).orElse(stored.image());
    if (version.isPresent() && !stored.versions().containsKey(version.get())) {
      throw new ImageFailure(Kind.UNKNOWN, name + " has no version " + version.get());
    }
    try {
      return checks(image, true);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  /**
   * Removes one version, which may not be the active one, or the whole image. Machines that are
   * fetching it go on: they have its files open.
   *
   * @param version empty: all of it
   */
  public void remove(String name, Optional<String> version) throws ImageFailure {
    StoredImage stored = image(name);
    String removed =
        alone(name, () -> version.isEmpty() ? removed(name) : removed(stored, name, version.get()));
    log.info("removed from images/: {}", removed);
  }

  private String removed(String name) throws IOException {
    Path aside = site.resolve("images").resolve(".removed-" + name);
    Durable.removeTree(aside);
    Durable.move(folder(name), aside);
    Durable.removeTree(aside);
    return name;
  }

  private String removed(StoredImage stored, String name, String version)
      throws IOException, ImageFailure {
    if (!stored.versions().containsKey(version)) {
      throw new ImageFailure(Kind.UNKNOWN, name + " has no version " + version);
    }
    if (active(name).filter(version::equals).isPresent()) {
      throw new ImageFailure(
          Kind.BUSY,
          "machines get version %s now; first make another one active (arranque image rollback %s)"
              .formatted(version, name));
    }
    Path aside = folder(name).resolve(".removed");
    Durable.removeTree(aside);
    Durable.move(versions(name).resolve(version), aside);
    Durable.removeTree(aside);
    return name + " " + version;
  }

  /** Bytes on disk of a version, or of what lies beside the versions. */
  public long bytes(Image image) {
    long sum = 0;
    for (String file : files(image)) {
      try {
        sum += Files.size(site.resolve("images").resolve(image.location(file)));
      } catch (IOException e) {
        // Not there: no bytes.
      }
    }
    return sum;
  }

  private List<FileCheck> checks(Image image, boolean read) throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    for (String file : files(image)) {
      checks.add(check(image, file, read));
    }
    return List.copyOf(checks);
  }

  private FileCheck check(Image image, String file, boolean read) throws IOException {
    Path path = site.resolve("images").resolve(image.location(file));
    Optional<Image.File> known = Optional.ofNullable(image.details().files().get(file));
    if (!Files.isRegularFile(path)) {
      boolean comes = image.details().cache() && known.flatMap(Image.File::from).isPresent();
      return new FileCheck(
          file, comes ? FileCheck.State.NOT_YET : FileCheck.State.MISSING, path.toString());
    }
    Optional<Long> size = known.flatMap(Image.File::size);
    if (size.isPresent() && size.get() != Files.size(path)) {
      return new FileCheck(
          file,
          FileCheck.State.BROKEN,
          "%d bytes instead of %d".formatted(Files.size(path), size.get()));
    }
    Optional<String> wanted = known.flatMap(Image.File::sha256);
    if (!read || wanted.isEmpty()) {
      return new FileCheck(file, FileCheck.State.UNKNOWN, "");
    }
    String got = Durable.sha256(path);
    return got.equals(wanted.get())
        ? new FileCheck(file, FileCheck.State.GOOD, got)
        : new FileCheck(
            file, FileCheck.State.BROKEN, "SHA-256 " + got + " instead of " + wanted.get());
  }

  private static List<String> files(Image image) {
    List<String> files = new ArrayList<>();
    if (!image.kernel().isEmpty()) {
      files.add(image.kernel());
    }
    files.addAll(image.initrds());
    for (Map.Entry<String, Image.File> entry : image.details().files().entrySet()) {
      if (!files.contains(entry.getKey())) {
        files.add(entry.getKey());
      }
    }
    return files;
  }

  private void activate(String name, String version) throws IOException, ImageFailure {
    Path notes = folder(name).resolve(Image.NOTES);
    Optional<String> before = active(name).filter(active -> !active.equals(version));
    Optional<String> previous =
        before.isPresent()
            ? before
            : StoredImage.read(site, name).previous().filter(p -> !p.equals(version));
    String text = Files.exists(notes) ? Files.readString(notes) : "";
    Durable.write(notes, ImageText.activated(text, version, previous));
    if (!active(name).filter(version::equals).isPresent()) {
      Durable.write(notes, text);
      throw new ImageFailure(
          Kind.WRONG,
          notes + " could not be changed to say version: " + version + "; do it by hand");
    }
  }

  private Optional<String> active(String name) {
    Image image = StoredImage.read(site, name).image();
    return image.version().filter(version -> image.details().versioned());
  }

  private Path folder(String name) {
    return site.resolve("images").resolve(name);
  }

  private Path versions(String name) {
    return folder(name).resolve(Image.VERSIONS);
  }

  private static ImageFailure disk(IOException e) {
    return new ImageFailure(Kind.DISK, "cannot be read or written: " + e.getMessage(), e);
  }
}
