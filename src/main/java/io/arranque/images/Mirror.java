package io.arranque.images;

import io.arranque.site.Site;
import java.net.URI;

/**
 * A copy of other hosts' files on a host that can be reached: {@code https://HOST/PATH} lies at
 * {@code MIRROR/HOST/PATH}, which is what {@code wget --mirror} and {@code --force-directories}
 * make.
 */
public final class Mirror {
  private final String base;

  private Mirror(String base) {
    this.base = base;
  }

  /** None: files come from where they are. */
  public static Mirror none() {
    return new Mirror("");
  }

  /**
   * @param base http, https or file, with or without a slash at the end
   */
  public static Mirror at(URI base) {
    return new Mirror(base.toString().replaceAll("/+$", ""));
  }

  /** The one that a site has set. */
  public static Mirror of(Site.Images settings) {
    return settings.mirror().map(URI::create).map(Mirror::at).orElseGet(Mirror::none);
  }

  URI of(URI url) {
    boolean local = url.getHost() == null;
    if (base.isEmpty() || local || url.toString().startsWith(base + "/")) {
      return url;
    }
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(base + "/" + url.getHost() + url.getRawPath() + query);
  }
}
