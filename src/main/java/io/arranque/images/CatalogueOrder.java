package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import io.arranque.site.Catalogue;
import io.arranque.site.Catalogue.Entry;
import io.arranque.site.Catalogue.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** An entry of the catalogue as an order. */
public final class CatalogueOrder {
  private CatalogueOrder() {}

  /**
   * The entry of a name.
   *
   * @throws ImageFailure when there is none; says which there are
   */
  public static Entry entry(Catalogue catalogue, String name) throws ImageFailure {
    Entry entry = catalogue.entries().get(name);
    if (entry == null) {
      throw new ImageFailure(
          Kind.UNKNOWN,
          "the catalogue has no entry %s; there are: %s"
              .formatted(name, String.join(", ", catalogue.entries().keySet())));
    }
    return entry;
  }

  /**
   * The order.
   *
   * @param image the name of the image
   * @param version another release than the entry's: its checksums then come from its makers' list
   * @param cache whether nothing is fetched before a machine asks
   */
  public static Order of(Entry entry, String image, Optional<String> version, boolean cache)
      throws ImageFailure {
    if (cache && entry.iso().isPresent()) {
      throw new ImageFailure(
          Kind.WRONG, "what is inside an ISO cannot be fetched when a machine asks for it");
    }
    Optional<String> release = version.or(entry::version);
    if (release.isEmpty() && needsVersion(entry)) {
      throw new ImageFailure(
          Kind.WRONG,
          "say which release of %s, with --version%s"
              .formatted(entry.name(), entry.page().map(page -> "; see " + page).orElse("")));
    }
    boolean same = release.equals(entry.version());
    return new Order(
        image,
        release,
        entry.architecture(),
        entry.arguments().replace(Catalogue.VERSION, release.orElse("")),
        entry.kernel().orElse(""),
        entry.initrds(),
        entry.files().stream().map(file -> source(entry, file, release, same)).toList(),
        entry.iso().map(file -> source(entry, file, release, same)),
        cache,
        true);
  }

  private static boolean needsVersion(Entry entry) {
    return Stream.concat(entry.files().stream(), entry.iso().stream())
        .anyMatch(origin -> origin.url().contains(Catalogue.VERSION));
  }

  private static Source source(Entry entry, Origin origin, Optional<String> release, boolean same) {
    return new Source(
        origin.file(),
        url(origin.url(), release),
        same ? origin.sha256() : Optional.empty(),
        entry.checksums().map(list -> url(list, release)));
  }

  private static URI url(String template, Optional<String> release) {
    return URI.create(template.replace(Catalogue.VERSION, release.orElse("")));
  }
}
