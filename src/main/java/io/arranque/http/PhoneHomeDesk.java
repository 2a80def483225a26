package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.plan.Mask;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What machines report of themselves: cloud-init's form, or a stage and a message. */
final class PhoneHomeDesk {
  private static final int MAX_MESSAGE = 200;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private final Admission admission;
  private final DocumentDesk documents;
  private final Claims claims;

  PhoneHomeDesk(Admission admission, DocumentDesk documents, Claims claims) {
    this.admission = admission;
    this.documents = documents;
    this.claims = claims;
  }

  /** The answer if nothing has to be committed; else null. */
  @Nullable Text ready(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    Text answer = answer(request, snapshot, exchange);
    return answer.changes().isEmpty() ? answer : null;
  }

  Text answer(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    return admission
        .refusal(request.mac(), request.nonce(), BootRoutes.PHONE_HOME, snapshot, exchange)
        .map(no -> claims.refused(request.mac(), request.nonce(), no, snapshot, exchange))
        .orElseGet(() -> admitted(request, snapshot, exchange));
  }

  private Text admitted(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
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
    // A script that fails likes to print its whole command line, the token in it.
    String words =
        Mask.of(documents.plan(request.mac(), snapshot, exchange))
            .of(fields.get().getOrDefault("message", fields.get().getOrDefault("hostname", "")));
    String message = MachineText.line(words, MAX_MESSAGE);
    boolean named = stage.equals("up") || stage.equals("registered") || stage.equals("failed");
    boolean up = stage.equals("up") || stage.equals("registered");
    if (up) {
      documents.forget(request.nonce());
    }
    String detail = named ? message : MachineText.line(stage + ": " + message, MAX_MESSAGE);
    return Text.plain(200, "noted\n")
        .with(up ? claims.up(request.mac(), request.nonce(), snapshot, exchange) : List.of())
        .with(
            BootEvent.of(
                exchange.now(),
                request.mac(),
                stage.equals("registered") ? Stage.REGISTERED : Stage.UP,
                stage.equals("failed") ? Reason.MACHINE_FAILED : Reason.MACHINE_REPORTED,
                Optional.of(exchange.client()),
                detail));
  }
}
