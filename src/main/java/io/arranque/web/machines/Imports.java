package io.arranque.web.machines;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.exchange.Import;
import io.arranque.exchange.Outcome;
import io.arranque.exchange.Reading;
import io.arranque.exchange.Terms;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Reservations;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Secrets;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Looks at a file, or takes it, in one commit. */
final class Imports {
  private static final int FINGERPRINT_BYTES = 12;

  private final Parts parts;
  private final Changes.Maker changes;

  Imports(Parts parts, Changes.Maker changes) {
    this.parts = parts;
    this.changes = changes;
  }

  /**
   * What came of it.
   *
   * @param overtaken whether it was not done because by now it would do something else than was
   *     looked at
   */
  record Result(Outcome outcome, boolean applied, boolean overtaken) {
    /** Stands for what the import would do, without telling it. */
    String fingerprint() {
      return Imports.fingerprint(outcome);
    }
  }

  Result look(Reading reading, Terms terms) {
    return new Result(decide(reading, terms, parts.book().view(), wire()), false, false);
  }

  /**
   * @param request who wants it; he may change no more by a file than otherwise
   * @param seen the fingerprint of what was looked at; empty: nobody looked
   */
  Result apply(Context request, Reading reading, Terms terms, Optional<String> seen)
      throws StoreFailure {
    Reservations.Wire wire = wire();
    AtomicReference<Result> result = new AtomicReference<>();
    changes
        .of(request)
        .commit(
            now -> {
              Outcome outcome = decide(reading, terms, now, wire);
              boolean overtaken = seen.filter(s -> !s.equals(fingerprint(outcome))).isPresent();
              boolean applied = !overtaken && !outcome.isRefused();
              result.set(new Result(outcome, applied, overtaken));
              return new Decision.Accepted(applied ? outcome.changes() : List.of());
            });
    return Objects.requireNonNull(result.get());
  }

  private Outcome decide(
      Reading reading, Terms terms, Inventory inventory, Reservations.Wire wire) {
    return Import.decide(reading, parts.site().get(), inventory, wire, terms);
  }

  /** The leases are taken once: a file may ask for ten thousand addresses. */
  private Reservations.Wire wire() {
    Map<Ipv4, Mac> leased =
        parts.leases().get().stream()
            .collect(Collectors.toMap(LeaseView::address, LeaseView::mac, (one, other) -> one));
    return new Reservations.Wire(
        address -> Optional.ofNullable(leased.get(address)),
        segment -> parts.serverAddress().apply(Optional.of(segment)));
  }

  private static String fingerprint(Outcome outcome) {
    return HexFormat.of().formatHex(Secrets.sha256(outcome.effect()), 0, FINGERPRINT_BYTES);
  }
}
