package io.arranque.cli;

import io.arranque.inventory.Inventory;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Impact;
import io.arranque.plan.ImpactText;
import io.arranque.plan.Planner;
import io.arranque.site.Site;
import io.arranque.site.SiteEdit;
import io.arranque.site.SiteLoader;
import io.arranque.site.SiteTexts;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a site means for the machines, against another: {@code arranque check --against OLD}. The
 * machines are those of the appliance that runs on the state folder, or of the folder itself; where
 * there is neither, as on somebody's own computer, one is made up for each role.
 */
final class Against {
  private final Planner planner;
  private final Path before;
  private final Path after;
  private final Path state;

  /** The lines, the last of which sums up. */
  record Result(List<String> lines, String summary, boolean breaks) {}

  Against(Planner planner, Path before, Path after, Path state) {
    this.planner = planner;
    this.before = before;
    this.after = after;
    this.state = state;
  }

  Result result(Site afterSite) {
    Site beforeSite =
        SiteLoader.load(before)
            .draft()
            .orElseThrow(() -> new Failure("there is no site in " + before));
    return running(beforeSite).orElseGet(() -> ours(new Impact.Change(beforeSite, afterSite)));
  }

  /** The appliance itself knows the machines, and holds the database. */
  private Optional<Result> running(Site site) {
    try {
      SiteEdit edit = SiteTexts.between(before, after);
      Optional<RunningAppliance> running = RunningAppliance.of(state, site.settings());
      return edit.isEmpty()
          ? Optional.of(new Result(List.of(), "changes nothing", false))
          : running
              .flatMap(appliance -> appliance.tryOut(edit))
              .map(
                  lines ->
                      new Result(
                          lines.subList(0, lines.size() - 1),
                          lines.get(lines.size() - 1) + ", says the appliance that runs",
                          lines.stream().anyMatch(line -> line.startsWith("breaks "))));
    } catch (IOException e) {
      throw new Failure("cannot compare " + before + " with " + after + ": " + e.getMessage(), e);
    }
  }

  private Result ours(Impact.Change change) {
    if (!Files.isDirectory(state)) {
      return result(change, Impact.standIns(change), " (one made-up machine for each role)");
    }
    try (Database database = Database.open(state, change.before().settings().database())) {
      Inventory inventory = new InventoryStore(database, InstantSource.system()).view();
      return inventory.count() == 0
          ? result(change, Impact.standIns(change), " (one made-up machine for each role)")
          : result(change, inventory, " of " + inventory.count());
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private Result result(Impact.Change change, Inventory inventory, String whose) {
    Impact impact = Impact.of(planner, change, inventory, Addresses::on, () -> true);
    return new Result(
        new ArrayList<>(ImpactText.lines(impact)),
        impact.summary() + whose,
        !impact.broken().isEmpty());
  }
}
