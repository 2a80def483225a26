package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.exchange.Export;
import io.arranque.exchange.Format;
import io.arranque.exchange.Import;
import io.arranque.exchange.Outcome;
import io.arranque.exchange.Proposal.State;
import io.arranque.exchange.Reading;
import io.arranque.exchange.Terms;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.Reservations;
import io.arranque.site.Site;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole site at once, into a real database. */
class LargeImportTest {
  private static final Terms TERMS = new Terms(Optional.empty(), false, false, false, "test");
  private static final Reservations.Wire WIRE =
      new Reservations.Wire(address -> Optional.empty(), segment -> Ipv4.of("192.168.33.2"));

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void two_thousand_machines_come_go_through_a_restart_and_go_again() throws Exception {
    Site site = new World(folder).site;
    Outcome done;
    String exported;
    try (Database database = Database.open(folder.resolve("state"), Optional.empty())) {
      InventoryBook book = new InventoryStore(database, InstantSource.system());
      Instant start = Instant.now();
      done = take(book, site, list(2_000));
      System.Logger log = System.getLogger("LargeImportTest");
      log.log(
          System.Logger.Level.INFO,
          "2 000 rows in " + Duration.between(start, Instant.now()).toMillis() + " ms");
      exported = Export.write(Format.CSV, site, book.view(), Optional.empty());
    }
    assertThat(done.refusals()).isEmpty();
    assertThat(done.counts()).containsEntry(State.NEW, 2_000);
    try (Database database = Database.open(folder.resolve("state"), Optional.empty())) {
      InventoryBook book = new InventoryStore(database, InstantSource.system());
      assertThat(book.view().count()).isEqualTo(2_000);
      assertThat(take(book, site, exported).changes()).isEmpty();
      assertThat(take(book, site, done.undo()).refusals()).isEmpty();
      assertThat(book.view().count()).isZero();
    }
  }

  /** The worst that a file may be: each row counts on the name that the one before gives up. */
  @Test
  @Timeout(60)
  void ten_thousand_rows_that_count_on_each_other_are_judged_in_seconds() throws Exception {
    Site site = new World(folder).site;
    io.arranque.MemoryBook book = new io.arranque.MemoryBook();
    take(book, site, list(10_000));
    StringBuilder chain = new StringBuilder("mac,hostname,role\n");
    for (int i = 0; i < 10_000; i++) {
      chain.append(new Mac(0x525400000000L + i)).append(",h").append(i + 1);
      chain.append(i == 9_999 ? ",no-such-role\n" : ",\n");
    }
    Outcome outcome = decide(book, site, chain.toString());
    assertThat(outcome.counts()).containsEntry(State.REFUSED, 10_000);
  }

  private static String list(int count) {
    StringBuilder rows = new StringBuilder("mac;hostname;room;seat;role;var.disk\n");
    for (int i = 0; i < count; i++) {
      rows.append(new Mac(0x525400000000L + i))
          .append(";h")
          .append(i)
          .append(";sala")
          .append(i / 40)
          .append(';')
          .append(i % 40)
          .append(";worker;/dev/sdb\n");
    }
    return rows.toString();
  }

  private static Outcome take(InventoryBook book, Site site, String text) throws Exception {
    Outcome outcome = decide(book, site, text);
    book.commit(now -> outcome.changes());
    return outcome;
  }

  private static Outcome decide(InventoryBook book, Site site, String text) {
    return Import.decide(Reading.ofText(text, Optional.empty()), site, book.view(), WIRE, TERMS);
  }
}
