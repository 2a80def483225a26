package io.arranque.images;

import io.arranque.site.Image;
import io.arranque.site.Site;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the files of images with {@code cache: true} when the first machine asks for them: once,
 * however many ask, and never into its place before it is verified.
 */
public final class PullCache implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PullCache.class);

  /** More would share the same way to the internet. */
  private static final int AT_ONCE = 4;

  /** How long a failure is the answer, so that a room does not hammer a host that is down. */
  private static final Duration REST = Duration.ofSeconds(10);

  private static final String INCOMING = ".coming";

  private final Supplier<Site> site;
  private final Function<Site, Upstream> upstream;
  private final InstantSource clock;
  private final Duration pause;
  private final Map<String, Pull> pulls = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, task -> new Thread(task, "image-cache"));

  PullCache(
      Supplier<Site> site, Function<Site, Upstream> upstream, InstantSource clock, Duration pause) {
    this.site = site;
    this.upstream = upstream;
    this.clock = clock;
    this.pause = pause;
  }

  /** With the usual patience. */
  public static PullCache of(Supplier<Site> site, InstantSource clock) {
    return new PullCache(site, PullCache::upstream, clock, Duration.ofMillis(500));
  }

  private static Upstream upstream(Site site) {
    return new Upstream(Mirror.of(site.settings().images()), Duration.ofSeconds(10));
  }

  /**
   * Begins to fetch a file or joins those who wait for it. Never waits.
   *
   * @param location below {@code images/}
   * @return empty when it is of no such image
   */
  public Optional<Pull> fetch(String location) {
    Site now = site.get();
    int slash = location.indexOf('/');
    Image image = slash < 0 ? null : now.images().get(location.substring(0, slash));
    if (image == null || !image.details().cache()) {
      return Optional.empty();
    }
    String file = image.own(location.substring(slash + 1));
    Optional<String> from =
        Optional.ofNullable(image.details().files().get(file)).flatMap(Image.File::from);
    boolean fetchable =
        from.filter(url -> url.startsWith("http") && !url.contains("#")).isPresent()
            && image.location(file).equals(location);
    if (!fetchable) {
      return Optional.empty();
    }
    Instant time = clock.instant();
    return Optional.of(
        pulls.compute(
            location,
            (key, old) ->
                old != null && !old.isStale(time) ? old : begin(now, image, file, location)));
  }

  private Pull begin(Site now, Image image, String file, String location) {
    Path folder = now.folder().resolve("images").resolve(image.folder());
    Path incoming =
        now.folder()
            .resolve("images")
            .resolve(image.name())
            .resolve(INCOMING)
            .resolve(image.details().versioned() ? image.version().orElse("") : "flat");
    Pull pull = new Pull(incoming.resolve(file + ".part"));
    log.info("images/{} is asked for and not here: it is fetched", location);
    threads.execute(() -> run(pull, now, image, file, folder, incoming));
    return pull;
  }

  private void run(Pull pull, Site now, Image image, String file, Path folder, Path incoming) {
    String location = image.location(file);
    try {
      Image.File known = known(now, image, file).orElseThrow();
      String url = known.from().orElseThrow();
      Files.createDirectories(incoming);
      new CacheSpace(now).make(known.size().orElse(0L), image.name());
      Source source = Source.of(file, URI.create(url), known.sha256());
      Download.Fetched fetched =
          new Download(upstream.apply(now), source, incoming, pull, pause).run(known.sha256());
      new CacheSpace(now).make(fetched.size(), image.name());
      Durable.move(incoming.resolve(file), folder.resolve(file));
      if (known.sha256().isEmpty() && image.details().versioned()) {
        remember(now, image, file, url, fetched);
      }
      pull.ended(Pull.State.THERE, clock.instant());
      pulls.remove(location, pull);
      log.info(
          "images/{} is here now, {} bytes, SHA-256 {}",
          location,
          fetched.size(),
          fetched.sha256());
    } catch (ImageFailure e) {
      log.warn("images/{} could not be fetched: {}", location, e.getMessage());
      discard(e, incoming.resolve(file));
      boolean broken = e.kind() == ImageFailure.Kind.BROKEN;
      pull.ended(broken ? Pull.State.BROKEN : Pull.State.UNREACHABLE, clock.instant().plus(REST));
    } catch (IOException | RuntimeException e) {
      log.warn("images/{} could not be fetched", location, e);
      pull.ended(Pull.State.UNREACHABLE, clock.instant().plus(REST));
    }
  }

  /** What has no room does not keep it either. */
  private static void discard(ImageFailure failure, Path whole) {
    try {
      if (failure.kind() == ImageFailure.Kind.DISK) {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      log.debug("{} stays", whole, e);
    }
  }

  /** From disk: another file's checksum may have been written down since the site was read. */
  private static Optional<Image.File> known(Site now, Image image, String file) {
    Image there = StoredImage.read(now.folder(), image.name()).image();
    return Optional.ofNullable(there.details().files().get(file))
        .or(() -> Optional.ofNullable(image.details().files().get(file)));
  }

  /** What came first is trusted, and from now on it must be the same. */
  private synchronized void remember(
      Site now, Image image, String file, String url, Download.Fetched fetched) throws IOException {
    Image there =
        StoredImage.read(now.folder(), image.name()).versions().get(image.version().orElseThrow());
    if (there == null) {
      return;
    }
    SortedMap<String, Image.File> files = new TreeMap<>(there.details().files());
    files.put(
        file,
        new Image.File(
            Optional.of(fetched.sha256()), Optional.of(fetched.size()), Optional.of(url)));
    Image.Details details =
        new Image.Details(there.details().architecture(), true, there.details().cache(), files);
    Image written =
        new Image(
            there.name(),
            there.version(),
            there.kernel(),
            there.initrds(),
            there.arguments(),
            details);
    Durable.write(
        now.folder().resolve("images").resolve(there.folder()).resolve(Image.NOTES),
        ImageText.of(written, "Fetched when machines asked."));
  }

  @Override
  public void close() {
    pulls.values().forEach(Pull::cancel);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("a download did not end; what has come of it is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
