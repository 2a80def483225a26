package io.arranque.images;

import io.arranque.images.Download.Fetched;
import io.arranque.images.ImageFailure.Kind;
import io.arranque.images.iso.IsoImage;
import io.arranque.site.Image;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version on its way in: its files come into a hidden folder, which becomes the version's when
 * all of it is there and right.
 */
final class Arrival {
  static final String INCOMING = ".incoming";
  private static final String KERNEL = "vmlinuz";
  private static final String INITRD = "initrd";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path incoming;
  private final Order order;
  private final Upstream upstream;
  private final Progress progress;
  private final Duration pause;

  Arrival(Path folder, Order order, Upstream upstream, Progress progress, Duration pause) {
    this.folder = folder;
    this.incoming = folder.resolve(INCOMING);
    this.order = order;
    this.upstream = upstream;
    this.progress = progress;
    this.pause = pause;
  }

  /** Fetches, verifies and puts it into its place; the name of the version. */
  String complete(Instant now) throws IOException, ImageFailure {
    Files.createDirectories(incoming);
    removeStrangers();
    Contents contents = order.cache() ? announced() : fetched();
    Optional<String> twin = twin(contents);
    if (twin.isPresent() && order.version().filter(v -> !v.equals(twin.get())).isEmpty()) {
      Durable.removeTree(incoming);
      progress.says("this is version %s, which is there already".formatted(twin.get()));
      return twin.get();
    }
    String version = order.version().orElseGet(() -> free(DAY.format(now)));
    Path place = folder.resolve(Image.VERSIONS).resolve(version);
    if (Files.exists(place)) {
      Durable.removeTree(incoming);
      throw new ImageFailure(
          Kind.WRONG,
          "there is a version %s with other files; give this one another name".formatted(version));
    }
    Image image =
        new Image(
            order.image(),
            Optional.of(version),
            contents.kernel(),
            contents.initrds(),
            contents.arguments(),
            new Image.Details(order.architecture(), true, order.cache(), contents.files()));
    Durable.write(
        incoming.resolve(Image.NOTES), ImageText.of(image, "Added on " + DAY.format(now) + "."));
    Files.createDirectories(folder.resolve(Image.VERSIONS));
    Durable.sync(incoming);
    Durable.move(incoming, place);
    Durable.sync(folder);
    return version;
  }

  /** What a version consists of. */
  private record Contents(
      String kernel, List<String> initrds, String arguments, SortedMap<String, Image.File> files) {}

  /** Nothing is fetched now; the checksums that are known are written down. */
  private Contents announced() throws ImageFailure {
    SortedMap<String, Image.File> files = new TreeMap<>();
    for (Source source : order.files()) {
      files.put(
          source.file(),
          new Image.File(wanted(source), Optional.empty(), Optional.of(source.url().toString())));
    }
    return new Contents(order.kernel(), order.initrds(), order.arguments(), files);
  }

  private Contents fetched() throws IOException, ImageFailure {
    SortedMap<String, Image.File> files = new TreeMap<>();
    for (Source source : order.files()) {
      Fetched fetched = fetch(source);
      files.put(source.file(), known(fetched, source.url().toString()));
    }
    return order.iso().isPresent()
        ? unpacked(order.iso().get(), files)
        : new Contents(order.kernel(), order.initrds(), order.arguments(), files);
  }

  private Fetched fetch(Source source) throws IOException, ImageFailure {
    Optional<String> wanted = wanted(source);
    Path whole = incoming.resolve(source.file());
    if (Files.exists(whole)) {
      // It came in an earlier attempt, at which another file failed.
      String sha256 = Durable.sha256(whole);
      if (wanted.filter(sha256::equals).isPresent()) {
        return new Fetched(sha256, Files.size(whole));
      }
      Files.delete(whole);
    }
    Fetched fetched = new Download(upstream, source, incoming, progress, pause).run(wanted);
    progress.says(
        wanted.isPresent()
            ? source.file() + " is what it should be: SHA-256 " + fetched.sha256()
            : "%s: nobody says what it should be, so it is trusted this first time. SHA-256 %s"
                .formatted(source.file(), fetched.sha256()));
    return fetched;
  }

  private Optional<String> wanted(Source source) throws ImageFailure {
    if (source.sha256().isPresent() || source.checksums().isEmpty()) {
      return source.sha256();
    }
    try {
      String list = upstream.text(source.checksums().get());
      Optional<String> found = Checksums.find(list, source.url().getPath());
      if (found.isEmpty()) {
        progress.says("%s says nothing about %s".formatted(source.checksums().get(), source.url()));
      }
      return found;
    } catch (IOException e) {
      throw new ImageFailure(
          Kind.UPSTREAM, "the checksums cannot be had: %s".formatted(e.getMessage()), e);
    }
  }

  private Contents unpacked(Source source, SortedMap<String, Image.File> files)
      throws IOException, ImageFailure {
    Fetched cd = fetch(source);
    Path path = incoming.resolve(source.file());
    String url = source.url().toString();
    List<String> initrds = new ArrayList<>();
    IsoLayout.Found found;
    try (IsoImage iso = IsoImage.open(path)) {
      found =
          IsoLayout.of(iso)
              .orElseThrow(
                  () ->
                      new ImageFailure(
                          Kind.WRONG,
                          "no kernel was found in the ISO at the places where distributions have"
                              + " it; take it out by hand and use --kernel and --initrd"));
      progress.says(
          "the ISO is laid out as %s: /%s".formatted(found.layout().name(), found.kernel()));
      files.put(KERNEL, copy(iso, found.kernel(), KERNEL, url));
      for (String initrd : found.initrds()) {
        String name = initrds.isEmpty() ? INITRD : INITRD + (initrds.size() + 1);
        files.put(name, copy(iso, initrd, name, url));
        initrds.add(name);
      }
      for (Map.Entry<String, String> more : found.files().entrySet()) {
        files.put(more.getKey(), copy(iso, more.getValue(), more.getKey(), url));
      }
    }
    if (found.layout().whole()) {
      Path kept = incoming.resolve(IsoLayout.WHOLE);
      if (!path.equals(kept)) {
        Durable.move(path, kept);
      }
      files.put(IsoLayout.WHOLE, known(cd, url));
    } else {
      Files.delete(path);
    }
    String arguments = order.arguments().isEmpty() ? found.layout().arguments() : order.arguments();
    return new Contents(KERNEL, List.copyOf(initrds), arguments, files);
  }

  private Image.File copy(IsoImage iso, String from, String name, String url)
      throws IOException, ImageFailure {
    Path to = incoming.resolve(name);
    Files.deleteIfExists(to);
    long needed = iso.find(from).orElseThrow().size();
    long free = Files.getFileStore(incoming).getUsableSpace();
    if (needed > free) {
      throw new ImageFailure(
          Kind.DISK,
          "the disk is full: %s needs %d MiB, %d are free"
              .formatted(name, (needed >> 20) + 1, free >> 20));
    }
    try (InputStream in = iso.open(from)) {
      Files.copy(in, to);
    }
    Durable.sync(to);
    return known(new Fetched(Durable.sha256(to), Files.size(to)), url + "#/" + from);
  }

  private static Image.File known(Fetched fetched, String from) {
    return new Image.File(
        Optional.of(fetched.sha256()), Optional.of(fetched.size()), Optional.of(from));
  }

  /** A version of the very same files. */
  private Optional<String> twin(Contents contents) {
    for (Map.Entry<String, Image> entry :
        StoredImage.read(site(), order.image()).versions().entrySet()) {
      Image there = entry.getValue();
      if (there.kernel().equals(contents.kernel())
          && there.initrds().equals(contents.initrds())
          && there.details().cache() == order.cache()
          && hashes(there.details().files()).equals(hashes(contents.files()))) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> hashes(Map<String, Image.File> files) {
    Map<String, String> hashes = new TreeMap<>();
    files.forEach((name, file) -> hashes.put(name, file.sha256().or(file::from).orElse("")));
    return hashes;
  }

  private String free(String day) {
    String version = day;
    for (int i = 2; Files.exists(folder.resolve(Image.VERSIONS).resolve(version)); i++) {
      version = day + "-" + i;
    }
    return version;
  }

  /** What an order of something else has left behind. */
  private void removeStrangers() throws IOException {
    Set<String> own = new HashSet<>();
    List<Source> sources = new ArrayList<>(order.files());
    order.iso().ifPresent(sources::add);
    for (Source source : sources) {
      own.addAll(
          List.of(source.file(), source.file() + ".part", source.file() + ".part.properties"));
    }
    List<Path> strangers = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(incoming)) {
      all.forEach(
          path -> {
            if (!own.contains(path.getFileName().toString())) strangers.add(path);
          });
    }
    for (Path stranger : strangers) {
      Durable.removeTree(stranger);
    }
  }

  private Path site() {
    return Durable.parent(Durable.parent(folder));
  }
}
