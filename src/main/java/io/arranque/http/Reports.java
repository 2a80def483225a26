package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers that change the inventory beside scripts: what machines report of themselves. Decided and
 * committed at once, so that two reports of one machine cannot undo each other; one that could not
 * be written is refused, and the machine sends it again or does not.
 */
final class Reports {
  private final InventoryBook book;
  private final Consumer<Mac> runs;
  private final Consumer<String> warn;

  /**
   * @param runs told of each machine whose system reports
   * @param warn told of what could not be written
   */
  Reports(InventoryBook book, Consumer<Mac> runs, Consumer<String> warn) {
    this.book = book;
    this.runs = runs;
    this.warn = warn;
  }

  /** As {@link #kept(BootAnswer, Function)}, and who reports makes room for the next. */
  BootAnswer kept(BootRequest request, BootAnswer first, Function<Inventory, BootAnswer> decide) {
    BootAnswer answer = kept(first, decide);
    if (request instanceof BootRequest.PhoneHome report
        && answer instanceof Text text
        && text.status() == 200) {
      runs.accept(report.mac());
    }
    return answer;
  }

  /** The answer, committed; without a commit when it changes nothing. */
  private BootAnswer kept(BootAnswer first, Function<Inventory, BootAnswer> decide) {
    if (first.changes().isEmpty()) {
      return first;
    }
    List<BootAnswer> decided = new ArrayList<>(List.of(first));
    try {
      var unused =
          book.commit(
              inventory -> {
                BootAnswer answer = decide.apply(inventory);
                decided.set(0, answer);
                return answer.changes();
              });
      return decided.get(0);
    } catch (StoreFailure e) {
      warn.accept("what a machine reported could not be written: " + e.getMessage());
      return Text.refusal(503, Reason.BOOT_NOT_WRITTEN, "")
          .with("retry-after", "5")
          .with(List.of());
    }
  }
}
