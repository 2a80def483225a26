package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.Optional;

/** Of a machine that was handed its script. */
final class Script {
  private static final Duration KERNEL_WITHIN = Duration.ofSeconds(20);

  private Script() {}

  /** Another address or another machine asked in its name, and it was refused. */
  static Optional<Diagnosis> elsewhere(Case boot) {
    return boot.last(e -> e.stage() == Stage.SCRIPT)
        .flatMap(
            e ->
                switch (e.reason()) {
                  case OTHER_ADDRESS, SCRIPT_FROM_ELSEWHERE ->
                      Optional.of(
                          found(Symptom.SCRIPT_OTHER_ADDRESS)
                              .with("address", e.address().map(Object::toString).orElse("?"))
                              .by(e));
                  // From then on it asks in silence until somebody clears the alarm.
                  case MAC_TWICE -> Optional.of(found(Symptom.QUARANTINED).by(e));
                  default -> Optional.empty();
                });
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
        ? Images.otherMissing(boot)
            .or(
                () ->
                    Optional.of(
                        found(Symptom.KERNEL_NEVER_ASKED)
                            .with("took", boot.since(script.get()))
                            .by(script.get())))
        : Optional.empty();
  }
}
