package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A site's images in a temporary folder. */
final class Shelf {
  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  final Path site;
  final Recording progress = new Recording();
  final ImageStore store;

  Shelf(Path site) {
    this.site = site;
    this.store = store(Mirror.none());
  }

  ImageStore store(Mirror mirror) {
    return new ImageStore(
        site, () -> new Upstream(mirror, Duration.ofSeconds(5)), () -> NOW, Duration.ofMillis(1));
  }

  Path file(String path) {
    return site.resolve("images").resolve(path);
  }

  Shelf put(String path, String text) {
    return put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Shelf put(String path, byte[] bytes) {
    try {
      Files.createDirectories(file(path).getParent());
      Files.write(file(path), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names under a folder of images, hidden ones too, without the lock. */
  List<String> names(String folder) {
    try (var all = Files.list(file(folder))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    var digest = Durable.sha256();
    digest.update(bytes);
    return Durable.hex(digest);
  }

  static Order order(String version, Source kernel, Source initrd) {
    return new Order(
        "os",
        Optional.of(version).filter(v -> !v.isEmpty()),
        Optional.of("x86-64"),
        "console=ttyS0",
        kernel.file(),
        List.of(initrd.file()),
        List.of(kernel, initrd),
        Optional.empty(),
        false,
        true);
  }

  static Source source(String file, URI url) {
    return Source.of(file, url, Optional.empty());
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Kind kind, ThrowingCallable call) {
    return Assertions.assertThatThrownBy(call)
        .isInstanceOf(ImageFailure.class)
        .satisfies(e -> Assertions.assertThat(((ImageFailure) e).kind()).isEqualTo(kind));
  }
}
