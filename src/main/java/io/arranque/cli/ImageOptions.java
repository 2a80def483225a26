package io.arranque.cli;

import io.arranque.images.ImageFailure;
import io.arranque.images.ImageStore;
import io.arranque.images.Mirror;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all of {@code arranque image …} know. */
final class ImageOptions {
  @Mixin private final Folders folders = new Folders();

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = {
        "Where copies of other hosts' files lie, as URL/HOST/PATH.",
        "Default: images: { mirror: … } in arranque.yaml, else where the files are."
      })
  private @Nullable URI mirror;

  /** Not the standard mix-in: its {@code --version} is the program's, and here it is an image's. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  /** A job on the images. */
  interface Job<T> {
    T run() throws ImageFailure;
  }

  Path site() {
    return folders.site();
  }

  ImageStore store() {
    return ImageStore.of(site(), this::mirror, InstantSource.system());
  }

  /** The result, or the failure's message as the program's last word. */
  static <T> T run(Job<T> job) {
    try {
      return job.run();
    } catch (ImageFailure e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private Mirror mirror() {
    if (mirror != null) {
      return Mirror.at(mirror);
    }
    // Also of a site that is broken elsewhere: an image may be what it needs.
    return SiteLoader.load(site())
        .draft()
        .map(Site::settings)
        .map(settings -> Mirror.of(settings.images()))
        .orElseGet(Mirror::none);
  }
}
