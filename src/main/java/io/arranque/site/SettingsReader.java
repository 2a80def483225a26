package io.arranque.site;

import io.arranque.site.Site.Https;
import io.arranque.site.Site.Images;
import io.arranque.site.Site.Settings;
import io.arranque.site.Site.Tftp;
import io.arranque.site.Site.Web;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** {@code arranque.yaml}. */
final class SettingsReader {
  static final String FILE = "arranque.yaml";

  private static final String AUTO = "auto";
  private static final int HTTPS_PORT = 8443;
  private static final ValueType<String> HOST =
      ValueType.matching(
          "not a host name or address",
          "e.g. boot.lab.example",
          "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final ValueType<String> BOOT_URL =
      new ValueType<>(
          "not a URL that machines can reach",
          "auto or e.g. http://192.168.33.1:8081",
          SettingsReader::bootUrl);
  private static final ValueType<Long> CACHE_SIZE =
      new ValueType<>(
          "not a size",
          "e.g. 20G or 500M",
          text ->
              text.matches("[0-9]{1,6}[MG]")
                  ? Optional.of(
                      Long.parseLong(text.substring(0, text.length() - 1))
                          << (text.endsWith("G") ? 30 : 20))
                  : Optional.empty());
  private static final ValueType<String> DATABASE =
      ValueType.matching(
          "not a database",
          "auto or e.g. jdbc:h2:file:/srv/arranque/db",
          "auto|jdbc:(postgresql|h2):\\S+");

  private SettingsReader() {}

  static Settings read(Fields fields) {
    Settings defaults = Settings.DEFAULT;
    Optional<String> bootUrl = fields.scalar("boot-url", BOOT_URL).filter(url -> !AUTO.equals(url));
    if (bootUrl.filter(url -> url.startsWith("https:")).isPresent()) {
      fields.warning(
          "boot-url", "https, wanted http: the iPXE of Debian's package has no TLS and stops");
    }
    Fields http = fields.section("http");
    Settings settings =
        new Settings(
            fields.scalar("name", ValueType.LINE).orElse(defaults.name()),
            bootUrl,
            http.scalar("port", ValueType.PORT).orElse(defaults.httpPort()),
            fields.has("https") ? Optional.of(https(fields.section("https"))) : Optional.empty(),
            web(fields.section("web"), defaults.web()),
            tftp(fields.section("tftp"), defaults.tftp()),
            fields.scalar("database", DATABASE).filter(url -> !AUTO.equals(url)),
            OptionsReader.read(OptionRules.Place.ELSEWHERE, fields.section("options")),
            Vars.read(fields),
            images(fields.section("images"), defaults.images()),
            DownloadSettingsReader.read(fields.section("downloads")),
            fields
                .scalar("install-attempts", RolePolicyReader.ATTEMPTS)
                .orElse(defaults.installAttempts()));
    if (settings.httpPort() == settings.web().port()) {
      fields.error(
          fields.has("http") ? "http" : "web",
          "the port of http and of web, wanted two, got " + settings.httpPort() + " twice");
    }
    settings
        .https()
        .map(Https::port)
        .filter(port -> port == settings.httpPort() || port == settings.web().port())
        .ifPresent(
            port ->
                fields.error(
                    "https", "the port of http or web too, wanted one of its own, got " + port));
    http.finish();
    fields.finish();
    return settings;
  }

  private static Https https(Fields fields) {
    Https https =
        new Https(
            fields.scalar("port", ValueType.PORT).orElse(HTTPS_PORT),
            fields.list("names", HOST).stream().map(Located::value).toList());
    fields.finish();
    return https;
  }

  private static Web web(Fields fields, Web defaults) {
    Web web =
        new Web(
            fields.scalar("address", ValueType.ADDRESS).orElse(defaults.address()),
            fields.scalar("port", ValueType.PORT).orElse(defaults.port()),
            within(fields, "session-idle", 1, 7 * 24 * 60, defaults.sessionIdle()),
            within(fields, "session-end", 1, 90 * 24 * 60, defaults.sessionEnd()),
            within(fields, "audit-keep", 24 * 60, 3650 * 24 * 60, defaults.auditKeep()),
            fields.scalar("commit", ValueType.FLAG).orElse(defaults.commit()));
    fields.finish();
    return web;
  }

  /**
   * @param least minutes, as is {@code most}
   */
  private static Duration within(
      Fields fields, String key, long least, long most, Duration otherwise) {
    Duration given = fields.scalar(key, ValueType.DURATION).orElse(otherwise);
    if (given.toMinutes() < least || given.toMinutes() > most) {
      fields.error(
          key,
          "%s, wanted %s to %s"
              .formatted(
                  words(given), words(Duration.ofMinutes(least)), words(Duration.ofMinutes(most))));
    }
    return given;
  }

  private static String words(Duration time) {
    long minutes = time.toMinutes();
    if (minutes % (24 * 60) == 0) {
      return minutes / (24 * 60) + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }

  private static Images images(Fields fields, Images defaults) {
    Images images =
        new Images(
            fields.scalar("mirror", CatalogueReader.URL),
            fields.scalar("cache-max", CACHE_SIZE).orElse(defaults.cacheMax()));
    fields.finish();
    return images;
  }

  private static Tftp tftp(Fields fields, Tftp defaults) {
    Tftp tftp =
        new Tftp(
            fields.scalar("port", ValueType.PORT).orElse(defaults.port()),
            fields
                .scalar("block-size-max", ValueType.integer(8, 65464))
                .orElse(defaults.blockSizeMax()),
            fields
                .scalar("window-size-max", ValueType.integer(1, 65535))
                .orElse(defaults.windowSizeMax()));
    fields.finish();
    return tftp;
  }

  private static Optional<String> bootUrl(String text) {
    if (text.equals(AUTO)) {
      return Optional.of(text);
    }
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getQuery() == null && uri.getFragment() == null;
      return web && bare && uri.getHost() != null
          ? Optional.of(text.replaceAll("/+$", ""))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
