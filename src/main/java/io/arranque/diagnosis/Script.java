package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.Optional;

/** Of a machine that was handed its script. */
final class Script {
  private static final Duration KERNEL_WITHIN = Duration.ofSeconds(20);

  private Script() {}

  /** Another address asked in its name, and it was refused. */
  static Optional<Diagnosis> elsewhere(Case boot) {
    return boot.last(e -> e.stage() == Stage.SCRIPT)
        .filter(
            e ->
                e.reason() == Reason.OTHER_ADDRESS || e.reason() == Reason.SCRIPT_FROM_ELSEWHERE)
        .map(
            e ->
                found(Symptom.SCRIPT_OTHER_ADDRESS)
                    .with("address", e.address().map(Object::toString).orElse("?"))
                    .by(e));
  }

  static Optional<Diagnosis> judge(Case boot) {
    Optional<BootEvent> script = boot.reached(Stage.SCRIPT);
    if (script.isEmpty()) {
      return elsewhere(boot);
    }
    Optional<Diagnosis> missing = Images.missing(boot);
    if (missing.isPresent()) {
      return missing;
    }
    if (boot.downloads()) {
      return boot.around().download().map(Images::running);
    }
    return boot.quiet(KERNEL_WITHIN)
        ? Optional.of(
            found(Symptom.KERNEL_NEVER_ASKED)
                .with("took", boot.since(script.get()))
                .by(script.get()))
        : Optional.empty();
  }
}
