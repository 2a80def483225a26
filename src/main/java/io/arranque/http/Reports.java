package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that change the inventory beside scripts: what machines report of themselves. Decided and
 * committed at once, so that two reports of one machine cannot undo each other; one that could not
 * be written is refused, and the machine sends it again or does not.
 */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  private final InventoryBook book;

  Reports(InventoryBook book) {
    this.book = book;
  }

  /** The answer to {@code first}, committed; without a commit when it changes nothing. */
  BootAnswer kept(BootAnswer first, Function<Inventory, BootAnswer> decide) {
    if (first.changes().isEmpty()) {
      return first;
    }
    AtomicReference<BootAnswer> decided = new AtomicReference<>(first);
    try {
      var unused =
          book.commit(
              inventory -> {
                BootAnswer answer = decide.apply(inventory);
                decided.set(answer);
                return answer.changes();
              });
      return decided.get();
    } catch (StoreFailure e) {
      log.warn("What a machine reported could not be written: {}", e.getMessage());
      return Text.refusal(503, Reason.BOOT_NOT_WRITTEN, "")
          .with("retry-after", "5")
          .with(List.of());
    }
  }
}
