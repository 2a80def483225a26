package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.plan.Planner;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides every request of the boot plane. Does nothing itself: what is to be committed, sent and
 * recorded is in the answer.
 */
final class BootDesk {
  /** Bounds memory: hundreds of boots under way at once with some ten thousand characters each. */
  private static final long KEPT_CHARACTERS = 8_000_000;

  private final ScriptDesk scripts;
  private final DocumentDesk documents;
  private final PhoneHomeDesk reports;
  private final FileDesk files = new FileDesk();
  private final Supplier<String> authority;

  /**
   * @param documentLife how long after its script a boot's documents are served
   * @param repeats a machine that asks again before it was silent so long gets the same script
   */
  BootDesk(Planner planner, Duration documentLife, Duration repeats) {
    this(planner, documentLife, repeats, () -> "");
  }

  /**
   * @param authority the certificate that HTTPS clients have to trust; empty: no HTTPS
   */
  BootDesk(Planner planner, Duration documentLife, Duration repeats, Supplier<String> authority) {
    this.authority = authority;
    Admission admission = new Admission(documentLife);
    BootsUnderWay boots = new BootsUnderWay(repeats);
    scripts = new ScriptDesk(planner, boots);
    Claims claims = new Claims();
    documents =
        new DocumentDesk(planner, admission, new BootDocuments(KEPT_CHARACTERS), boots, claims);
    reports = new PhoneHomeDesk(admission, documents, claims);
  }

  /**
   * The answer if it is at hand: nothing to render, nothing to commit. Null: {@link #answer} makes
   * it, which takes its time.
   */
  @Nullable BootAnswer ready(BootRequest request, BootSnapshot snapshot, Exchange exchange) {
    if (request instanceof BootRequest.MachineScript script) {
      return scripts.ready(script, snapshot, exchange);
    }
    if (request instanceof BootRequest.FirstScript) {
      return scripts.readyFirst(snapshot.site(), exchange);
    }
    if (request instanceof BootRequest.Document document) {
      return documents.ready(document, snapshot, exchange);
    }
    if (request instanceof BootRequest.PhoneHome report) {
      return reports.ready(report, snapshot, exchange);
    }
    return request instanceof BootRequest.Overlay ? null : answer(request, snapshot, exchange);
  }

  BootAnswer answer(BootRequest request, BootSnapshot snapshot, Exchange exchange) {
    if (request instanceof BootRequest.FirstScript) {
      return scripts.first(snapshot.site(), exchange);
    }
    if (request instanceof BootRequest.MachineScript script) {
      return scripts.answer(script, snapshot, exchange);
    }
    if (request instanceof BootRequest.ImageFile file) {
      return files.image(file, snapshot, exchange);
    }
    if (request instanceof BootRequest.LoaderFile file) {
      return files.loader(file, snapshot, exchange);
    }
    if (request instanceof BootRequest.Document document) {
      return documents.document(document, snapshot, exchange);
    }
    if (request instanceof BootRequest.Overlay overlay) {
      return documents.overlay(overlay, snapshot, exchange);
    }
    if (request instanceof BootRequest.PhoneHome report) {
      return reports.answer(report, snapshot, exchange);
    }
    if (request instanceof BootRequest.AuthorityCertificate) {
      String pem = authority.get();
      return pem.isEmpty()
          ? Text.refusal(404, Reason.FILE_MISSING, "https is not set in arranque.yaml")
          : Text.plain(200, pem).typed("application/x-pem-file");
    }
    if (request instanceof BootRequest.Refused refused && refused.isNoFile()) {
      return files.unknown(refused, snapshot, exchange);
    }
    if (request instanceof BootRequest.Refused refused) {
      Text text = Text.refusal(refused.status(), refused.reason(), refused.detail());
      return refused.allow().isEmpty() ? text : text.with("allow", refused.allow());
    }
    if (request instanceof BootRequest.ScriptRefused refused) {
      return builtIn(refused.reason(), refused.detail(), snapshot, exchange);
    }
    throw new AssertionError(request);
  }

  /**
   * What is sent instead of an answer that could not be committed or not even be made: a script
   * where a script was asked for, as nothing else reaches the PC's screen.
   */
  BootAnswer failed(BootRequest request, Reason reason, BootSnapshot snapshot, Exchange exchange) {
    if (request instanceof BootRequest.MachineScript script && reason == Reason.BOOT_NOT_WRITTEN) {
      return scripts.notKept(script, reason, snapshot, exchange);
    }
    if (request instanceof BootRequest.MachineScript
        || request instanceof BootRequest.FirstScript) {
      return builtIn(reason, "", snapshot, exchange);
    }
    return reason == Reason.OVERLOADED
        ? Text.refusal(503, reason, "").with("retry-after", "5")
        : Text.refusal(500, reason, "");
  }

  private static Text builtIn(
      Reason reason, String detail, BootSnapshot snapshot, Exchange exchange) {
    String message = detail.isEmpty() ? reason.sentence() : reason.sentence() + " " + detail;
    return Text.script(
        LastResort.script(message, snapshot.site().settings().bootUrl(exchange.local())));
  }
}
