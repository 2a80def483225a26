package io.arranque.images;

import io.arranque.site.Image;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a version of what somebody put into an image's folder by hand, before the first version is
 * added: so that there is a way back to it. The files are linked, not copied.
 */
final class Adoption {
  private static final String NAME = "by-hand";
  private static final String INCOMING = ".adopting";

  private final Path folder;

  Adoption(Path folder) {
    this.folder = folder;
  }

  /** Does nothing when there is a version already, or nothing complete. */
  void keep(StoredImage stored) throws IOException {
    Image image = stored.image();
    if (!stored.versions().isEmpty()
        || stored.missing().isPresent()
        || image.details().cache()
        || image.kernel().isEmpty()) {
      return;
    }
    String version = image.version().filter(StoredImage::isName).orElse(NAME);
    Path incoming = folder.resolve(INCOMING);
    Durable.removeTree(incoming);
    Files.createDirectories(incoming);
    SortedMap<String, Image.File> files = new TreeMap<>();
    for (String file :
        Stream.concat(Stream.of(image.kernel()), image.initrds().stream()).toList()) {
      Path own = folder.resolve(file);
      link(own, incoming.resolve(file));
      files.put(
          file,
          new Image.File(
              Optional.of(Durable.sha256(own)), Optional.of(Files.size(own)), Optional.empty()));
    }
    Image adopted =
        new Image(
            image.name(),
            Optional.of(version),
            image.kernel(),
            image.initrds(),
            "",
            new Image.Details(image.details().architecture(), true, false, files));
    Durable.write(
        incoming.resolve(Image.NOTES), ImageText.of(adopted, "What had been put here by hand."));
    Files.createDirectories(folder.resolve(Image.VERSIONS));
    Durable.move(incoming, folder.resolve(Image.VERSIONS).resolve(version));
    String text =
        Files.exists(folder.resolve(Image.NOTES))
            ? Files.readString(folder.resolve(Image.NOTES))
            : "";
    try {
      Durable.write(
          folder.resolve(Image.NOTES), ImageText.activated(text, version, Optional.empty()));
    } catch (ImageFailure e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A symbolic link, as somebody may have put there, becomes what it leads to. */
  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }
}
