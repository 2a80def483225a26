package io.arranque.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The page's files: packed into the jar, and file by file overridden by the site's own {@code web/}
 * folder, read anew each time so that an edit shows at the next reload.
 */
public final class WebFiles {
  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/";
  private static final String TABLER = "META-INF/resources/webjars/tabler__core/1.4.0/dist/";

  /** Libraries under names without version; the list is closed, so nothing else leaks out. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "htmx.min.js", HTMX + "htmx.min.js",
          "tabler.min.css", TABLER + "css/tabler.min.css");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*(\\.[a-z0-9]+)+");

  private final Supplier<Path> siteFolder;

  public WebFiles(Supplier<Path> siteFolder) {
    this.siteFolder = siteFolder;
  }

  /** Changes when the file does; for caches. */
  String version(String path) {
    Path override = override(path);
    try {
      return Files.isRegularFile(override)
          ? Files.getLastModifiedTime(override) + "/" + Files.size(override)
          : "packed";
    } catch (IOException e) {
      return "packed";
    }
  }

  /** A file of {@code web/}, e.g. {@code templates/row.html}. */
  Optional<byte[]> read(String path) {
    Path override = override(path);
    if (Files.isRegularFile(override)) {
      try {
        return Optional.of(Files.readAllBytes(override));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packed("web/" + path);
  }

  /** A file under {@code /static/}: ours, or one of the libraries'. */
  public Optional<byte[]> readStatic(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Optional<byte[]> own = read("static/" + name);
    return own.isPresent()
        ? own
        : Optional.ofNullable(LIBRARIES.get(name)).flatMap(WebFiles::packed);
  }

  private Path override(String path) {
    return siteFolder.get().resolve("web").resolve(path);
  }

  public static Optional<byte[]> packed(String resource) {
    try (InputStream in = WebFiles.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
