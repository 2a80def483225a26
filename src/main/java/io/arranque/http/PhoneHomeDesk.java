package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What machines report of themselves: cloud-init's form, or a stage and a message. */
final class PhoneHomeDesk {
  private static final int MAX_MESSAGE = 200;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** A machine's words for itself; another one is told before its message. */
  private static final Set<String> NAMED =
      Set.of("up", "registering", "registered", "failed", "disk-skipped");

  private final Admission admission;

  PhoneHomeDesk(Admission admission) {
    this.admission = admission;
  }

  Text answer(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    return admission
        .refusal(request.mac(), request.nonce(), BootRoutes.PHONE_HOME, snapshot, exchange)
        .orElseGet(() -> admitted(request, exchange));
  }

  private static Text admitted(BootRequest.PhoneHome request, Exchange exchange) {
    // By the body's first letter: busybox wget calls everything it posts a form.
    Optional<Map<String, String>> fields =
        exchange.body().stripLeading().startsWith("{")
            ? FlatJson.parse(exchange.body())
            : Optional.of(PercentText.pairs(exchange.body().strip(), true));
    if (fields.isEmpty()) {
      return Text.refusal(400, Reason.BAD_REQUEST, "wanted a JSON object of strings");
    }
    String stage = fields.get().getOrDefault("stage", "up");
    if (!WORD.matcher(stage).matches()) {
      return Text.refusal(400, Reason.BAD_REQUEST, "stage is a lower-case word such as up");
    }
    String words = fields.get().getOrDefault("message", fields.get().getOrDefault("hostname", ""));
    String message = MachineText.line(words, MAX_MESSAGE);
    String detail =
        NAMED.contains(stage) ? message : MachineText.line(stage + ": " + message, MAX_MESSAGE);
    return Text.plain(200, "noted\n")
        .with(
            BootEvent.of(
                exchange.now(),
                request.mac(),
                stage(stage),
                reason(stage),
                Optional.of(exchange.client()),
                detail));
  }

  private static Stage stage(String word) {
    return switch (word) {
      case "registering" -> Stage.REGISTERING;
      case "registered" -> Stage.REGISTERED;
      default -> Stage.UP;
    };
  }

  private static Reason reason(String word) {
    return switch (word) {
      case "failed" -> Reason.MACHINE_FAILED;
      case "disk-skipped" -> Reason.DISK_SKIPPED;
      default -> Reason.MACHINE_REPORTED;
    };
  }
}
