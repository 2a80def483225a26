package io.arranque.cli;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.Who;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.store.Database;
import io.arranque.store.PeopleStore;
import io.arranque.web.people.PeopleDesk;
import io.arranque.web.people.PeopleOffice;
import io.arranque.web.people.PeopleRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code arranque user …} and {@code arranque token …} know. */
final class PeopleOptions {
  private static final InstantSource CLOCK = InstantSource.system();

  @Mixin private final Folders folders = new Folders();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  /** A job in the office. */
  interface Job<T> {
    T run(PeopleOffice office) throws StoreFailure, IOException;
  }

  /** One without an answer. */
  interface Act {
    void run(PeopleOffice office) throws StoreFailure, IOException;
  }

  void act(Act act) {
    Object unused =
        run(
            office -> {
              act.run(office);
              return office;
            });
  }

  /** Whether there is anything at all; asking makes no state folder. */
  boolean isEmpty() {
    return !Files.exists(folders.state());
  }

  /**
   * By the running appliance, which alone may write the database; where none runs, on the state
   * folder itself.
   */
  <T> T run(Job<T> job) {
    // A site that is broken elsewhere must not keep anybody out.
    Site.Settings settings =
        SiteLoader.load(folders.site()).draft().map(Site::settings).orElse(Site.Settings.DEFAULT);
    Optional<RunningAppliance> running = RunningAppliance.of(folders.state(), settings);
    try {
      if (running.isPresent()) {
        return job.run(running.get().office(somebody()));
      }
      try (Database database = Database.open(folders.state(), settings.database())) {
        PeopleDesk desk = new PeopleDesk(new PeopleStore(database, CLOCK), CLOCK);
        return job.run(desk.office(Who.command(somebody())));
      }
    } catch (StoreFailure | IOException | PeopleRefused e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  static Grant grant(String level, String rooms) {
    return Grant.parse(level, rooms)
        .orElseThrow(
            () ->
                new Failure(
                    level
                        + " with rooms \""
                        + rooms
                        + "\": wanted a known word, and for operators --rooms, e.g. sala5,sala6 or *"));
  }

  /** Who is at the keyboard, also under sudo. */
  private static String somebody() {
    String sudo = System.getenv("SUDO_USER");
    String name = sudo != null ? sudo : System.getProperty("user.name", "");
    return name.matches("[A-Za-z0-9._-]{1,32}") ? name : "somebody";
  }
}
