package io.arranque.cli;

import io.arranque.http.BootHttpServer;
import io.arranque.site.Site;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** HTTPS of the boot plane, as {@code arranque.yaml} wants it. */
final class Https {
  private Https() {}

  /**
   * Empty when it is not wanted.
   *
   * @param folder where the certificate authority is kept
   */
  static Optional<BootHttpServer.Secure> of(Supplier<Site> site, Path folder) {
    Site.Settings settings = site.get().settings();
    return settings
        .https()
        .map(
            https ->
                new BootHttpServer.Secure(
                    https.port(), folder, settings.name(), () -> names(site.get().settings())));
  }

  /** Everything by which machines may call this box: its addresses, and the names it was given. */
  static Set<String> names(Site.Settings settings) {
    Set<String> names = new TreeSet<>();
    settings.https().ifPresent(https -> names.addAll(https.names()));
    settings.bootUrl().map(url -> URI.create(url).getHost()).ifPresent(names::add);
    Addresses.all().forEach(address -> names.add(address.toString()));
    names.add("127.0.0.1");
    return names;
  }
}
