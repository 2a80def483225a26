package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.Optional;

/** Of a machine whose system fetched its documents. */
final class Documents {
  private static final Duration LEAST = Duration.ofMinutes(2);
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofHours(1);

  private Documents() {}

  static Optional<Diagnosis> judge(Case boot) {
    Optional<BootEvent> document = boot.reached(Stage.CLOUD_CONFIG);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    return boot.quiet(boot.patience(Stage.UP, LEAST, USUAL, MOST))
        ? Optional.of(
            found(Symptom.NEVER_REPORTED)
                .with("document", document.get().detail())
                .with("took", boot.since(document.get()))
                .by(document.get()))
        : Optional.empty();
  }
}
