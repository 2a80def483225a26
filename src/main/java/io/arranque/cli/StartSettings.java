package io.arranque.cli;

import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.Site;
import io.arranque.site.Site.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of {@code arranque.yaml} only a start takes on: where the appliance listens and keeps
 * things. Taken over while it runs, a new port would be told to PCs and nobody would answer there.
 */
final class StartSettings {
  private static final String FILE = "arranque.yaml";

  private StartSettings() {}

  /** The outcome of a reload with those settings as they are in force, and a warning of each. */
  static Loaded keep(Settings inForce, Loaded loaded) {
    return loaded.site().map(site -> keep(inForce, site, loaded)).orElse(loaded);
  }

  private static Loaded keep(Settings inForce, Site site, Loaded loaded) {
    Settings saved = site.settings();
    List<Problem> waiting = new ArrayList<>();
    note(waiting, "http", saved.httpPort() != inForce.httpPort());
    note(waiting, "https", !saved.https().equals(inForce.https()));
    Site.Web web = inForce.web().with(saved.web().commit());
    note(waiting, "web", !saved.web().equals(web));
    note(waiting, "tftp", !saved.tftp().equals(inForce.tftp()));
    note(waiting, "database", !saved.database().equals(inForce.database()));
    Settings kept =
        new Settings(
            saved.name(),
            saved.bootUrl(),
            inForce.httpPort(),
            inForce.https(),
            web,
            inForce.tftp(),
            inForce.database(),
            saved.options(),
            saved.vars(),
            saved.images(),
            saved.downloads(),
            saved.installAttempts());
    Site running =
        new Site(
            site.folder(),
            kept,
            site.segments(),
            site.roles(),
            site.scripts(),
            site.images(),
            site.loaders(),
            site.quirks());
    return new Loaded(Optional.of(running), loaded.draft(), loaded.problems()).with(waiting);
  }

  private static void note(List<Problem> waiting, String key, boolean changed) {
    if (changed) {
      waiting.add(
          new Problem(
              Problem.Severity.WARNING,
              FILE,
              1,
              key,
              "changed while the appliance runs: stays as it was until you restart it"));
    }
  }
}
