package io.arranque.images;

import java.net.URI;
import java.util.Optional;

/**
 * A file to be fetched.
 *
 * @param file its name in the image's folder
 * @param url http, https or file
 * @param sha256 what it must be; empty: see {@code checksums}
 * @param checksums where its makers list the checksums of their files; empty: what comes first is
 *     trusted and written down
 */
public record Source(String file, URI url, Optional<String> sha256, Optional<URI> checksums) {

  /** One of which nothing more is known. */
  public static Source of(String file, URI url, Optional<String> sha256) {
    return new Source(file, url, sha256, Optional.empty());
  }

  boolean isLocal() {
    return "file".equals(url.getScheme());
  }
}
