package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AnswerServer that nobody has to wait for: documents, reports, files. Thread-safe. */
final class AnswerServer {
  private static final Logger log = LoggerFactory.getLogger(AnswerServer.class);

  private final BootDesk desk;
  private final BootHttpServer.Wiring wiring;

  AnswerServer(BootDesk desk, BootHttpServer.Wiring wiring) {
    this.desk = desk;
    this.wiring = wiring;
  }

  BootSnapshot snapshot() {
    return snapshotOf(wiring.book().view());
  }

  private BootSnapshot snapshotOf(Inventory inventory) {
    return new BootSnapshot(wiring.site().get(), inventory, wiring.leased());
  }

  /** A machine that runs makes room for the next. */
  void letGo(BootRequest request, @Nullable BootAnswer answer) {
    if (request instanceof BootRequest.PhoneHome report
        && answer instanceof Text text
        && text.status() == 200) {
      wiring.downloads().leave(report.mac());
    }
  }

  /** Most documents change nothing; with a secret it is written down first who was told. */
  BootAnswer answer(BootRequest request, Exchange exchange) {
    try {
      BootAnswer answer = desk.answer(request, snapshot(), exchange);
      if (!answer.changes().isEmpty()) {
        answer = committed(request, exchange);
      }
      letGo(request, answer);
      return answer;
    } catch (StoreFailure e) {
      log.warn("{}: {}", Reason.BOOT_NOT_WRITTEN.sentence(), e.getMessage());
      return desk.failed(request, Reason.OVERLOADED, snapshot(), exchange);
    } catch (RuntimeException | AssertionError e) {
      return bug(request, exchange, e);
    }
  }

  BootAnswer bug(BootRequest request, Exchange exchange, Throwable e) {
    log.error("a bug: {} of {} could not be answered", request, exchange.client(), e);
    return desk.failed(request, Reason.INTERNAL_ERROR, snapshot(), exchange);
  }

  private BootAnswer committed(BootRequest request, Exchange exchange) throws StoreFailure {
    AtomicReference<@Nullable BootAnswer> decided = new AtomicReference<>();
    wiring
        .book()
        .commit(
            inventory -> {
              BootAnswer answer = desk.answer(request, snapshotOf(inventory), exchange);
              decided.set(answer);
              return answer.changes();
            });
    return Objects.requireNonNull(decided.get());
  }
}
