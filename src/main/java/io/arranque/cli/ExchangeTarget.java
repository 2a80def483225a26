package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.exchange.Export;
import io.arranque.exchange.Format;
import io.arranque.exchange.Import;
import io.arranque.exchange.Outcome;
import io.arranque.exchange.Reading;
import io.arranque.exchange.Terms;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.Reservations;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import io.arranque.store.LeaseStore;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Where import and export go: the appliance that runs, or else its state folder. */
final class ExchangeTarget {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Folders folders;
  private final Loaded loaded;
  private final Optional<RunningAppliance> running;

  private ExchangeTarget(Folders folders, Loaded loaded) {
    this.folders = folders;
    this.loaded = loaded;
    this.running =
        loaded.draft().flatMap(draft -> RunningAppliance.of(folders.state(), draft.settings()));
  }

  static ExchangeTarget of(Folders folders) {
    return new ExchangeTarget(folders, SiteLoader.load(folders.site()));
  }

  Optional<RunningAppliance> running() {
    return running;
  }

  /** What became of an import without an appliance. */
  record Done(Outcome outcome, boolean applied) {}

  String export(Format format, Optional<String> room) {
    if (running.isPresent()) {
      return running.get().export(format.label(), room);
    }
    // To ask must not make anything, and opening the database would.
    if (!Files.isDirectory(folders.state())) {
      return Export.write(format, site(), FixedInventory.of(), room);
    }
    try (Database database = open()) {
      return Export.write(format, site(), new InventoryStore(database, CLOCK).view(), room);
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  Done apply(Reading reading, Terms terms, boolean dryRun) {
    Site site = site();
    try (Database database = open();
        LeaseStore leases = LeaseStore.open(database, folders.state())) {
      InventoryBook book = new InventoryStore(database, CLOCK);
      Reservations.Wire wire = wire(leases);
      AtomicReference<Outcome> outcome = new AtomicReference<>();
      var unused =
          book.commit(
              now -> {
                Outcome decided = Import.decide(reading, site, now, wire, terms);
                outcome.set(decided);
                return dryRun ? List.of() : decided.changes();
              });
      Outcome decided = Objects.requireNonNull(outcome.get());
      return new Done(decided, !dryRun && !decided.isRefused());
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Reservations.Wire wire(LeaseStore leases) throws StoreFailure {
    Instant now = CLOCK.instant();
    Map<Ipv4, Mac> live =
        leases.load().leases().stream()
            .filter(lease -> lease.isLive(now))
            .collect(Collectors.toMap(Lease::address, Lease::mac, (one, other) -> one));
    return new Reservations.Wire(
        address -> Optional.ofNullable(live.get(address)),
        segment -> Addresses.on(Optional.of(segment)));
  }

  private Database open() throws StoreFailure {
    return Database.open(folders.state(), site().settings().database());
  }

  private Site site() {
    return loaded
        .site()
        .orElseThrow(
            () ->
                new Failure(
                    "the site in "
                        + folders.site()
                        + " cannot be used; see what is wrong with: arranque check --site "
                        + folders.site()));
  }
}
