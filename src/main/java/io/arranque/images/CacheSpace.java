package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import io.arranque.site.Image;
import io.arranque.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the cache has fetched within its bound: what was not read for longest goes first. */
final class CacheSpace {
  private static final Logger log = LoggerFactory.getLogger(CacheSpace.class);

  private final Site site;

  private record Cached(String image, Path file, long size, FileTime read) {}

  CacheSpace(Site site) {
    this.site = site;
  }

  /**
   * Makes room for a file.
   *
   * @param needed its size in bytes
   * @param image whose file it is; its other files stay, as the same machines want them
   */
  void make(long needed, String image) throws IOException, ImageFailure {
    List<Cached> files = files();
    long used = files.stream().mapToLong(Cached::size).sum();
    long most = site.settings().images().cacheMax();
    files.sort(Comparator.comparing(Cached::read));
    for (Cached cached : files) {
      if (used + needed <= most) {
        return;
      }
      if (!cached.image().equals(image)) {
        Files.deleteIfExists(cached.file());
        used -= cached.size();
        log.info("{} made room in the cache", cached.file());
      }
    }
    if (used + needed > most) {
      throw new ImageFailure(
          Kind.DISK,
          "the cache is full: %d MiB of %d; raise images: { cache-max: … } in arranque.yaml"
              .formatted((used + needed) >> 20, most >> 20));
    }
  }

  private List<Cached> files() {
    List<Cached> files = new ArrayList<>();
    for (Image image : site.images().values()) {
      if (image.details().cache()) {
        for (String name : image.details().files().keySet()) {
          Path file = site.folder().resolve("images").resolve(image.location(name));
          try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            files.add(new Cached(image.name(), file, seen.size(), seen.lastAccessTime()));
          } catch (IOException e) {
            // Not fetched yet.
          }
        }
      }
    }
    return files;
  }
}
