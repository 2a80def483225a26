package io.arranque.web.images;

import io.arranque.images.CatalogueOrder;
import io.arranque.images.ImageFailure;
import io.arranque.images.Order;
import io.arranque.images.Source;
import io.arranque.site.Catalogue;
import io.arranque.site.StoredImage;
import io.arranque.web.base.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what somebody wants to be added. Files of this box are taken on its console only: whoever
 * has the page must not be able to publish any file that the appliance may read.
 */
final class ImageOrders {
  static final Set<String> FIELDS =
      Set.of(
          "from",
          "version",
          "kernel",
          "initrd",
          "iso",
          "kernelSha256",
          "initrdSha256",
          "isoSha256",
          "checksums",
          "arguments",
          "architecture",
          "cache");

  private final String image;
  private final Map<String, String> given;

  private ImageOrders(String image, Map<String, String> given) {
    this.image = image;
    this.given = given;
  }

  /**
   * @param given by the names of {@link #FIELDS}; empty texts count as absent
   */
  static Order read(Path site, String image, Map<String, String> given) throws ImageFailure {
    if (!StoredImage.isName(image)) {
      throw new Fault(422, "name: letters, digits, - _ and . only");
    }
    ImageOrders reader = new ImageOrders(image, given);
    Optional<String> entry = reader.text("from");
    return entry.isPresent()
        ? CatalogueOrder.of(
            CatalogueOrder.entry(Catalogue.load(site), entry.get()),
            image,
            reader.text("version"),
            reader.isCache())
        : reader.byUrl();
  }

  private Order byUrl() {
    Optional<URI> kernel = url("kernel");
    Optional<URI> iso = url("iso");
    if (kernel.isPresent() == iso.isPresent()) {
      throw new Fault(422, "wanted one of from, kernel and iso");
    }
    if (iso.isPresent() && isCache()) {
      throw new Fault(422, "cache: what is inside an ISO cannot be fetched when a machine asks");
    }
    List<Source> files = new ArrayList<>();
    kernel.ifPresent(url -> files.add(source("vmlinuz", url, "kernelSha256")));
    Optional<URI> initrd = url("initrd");
    initrd.ifPresent(url -> files.add(source("initrd", url, "initrdSha256")));
    return new Order(
        image,
        text("version"),
        text("architecture"),
        text("arguments").orElse(""),
        kernel.isPresent() ? "vmlinuz" : "",
        initrd.isPresent() ? List.of("initrd") : List.of(),
        files,
        iso.map(url -> source("image.iso", url, "isoSha256")),
        isCache(),
        true);
  }

  private Source source(String file, URI url, String hashField) {
    Optional<String> hash = text(hashField).map(hex -> hex.toLowerCase(Locale.ROOT));
    if (hash.filter(hex -> !hex.matches("[0-9a-f]{64}")).isPresent()) {
      throw new Fault(422, hashField + ": wanted 64 hex digits");
    }
    return new Source(file, url, hash, url("checksums"));
  }

  private boolean isCache() {
    return text("cache").filter(word -> word.equals("true")).isPresent();
  }

  private Optional<URI> url(String field) {
    return text(field)
        .map(
            text -> {
              try {
                URI url = URI.create(text);
                if (String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null) {
                  return url;
                }
              } catch (IllegalArgumentException e) {
                // Told below.
              }
              throw new Fault(422, field + ": wanted a URL, http or https");
            });
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable(given.get(field)).map(String::strip).filter(t -> !t.isEmpty());
  }
}
