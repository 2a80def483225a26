package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.Optional;

/** Of a machine whose system said something of itself. */
final class Reports {
  private static final Duration REGISTERS_WITHIN = Duration.ofMinutes(5);

  private Reports() {}

  static Diagnosis up(Case boot) {
    BootEvent decisive = boot.run().decisive().orElseThrow();
    Duration since = boot.since(decisive);
    if (decisive.stage().phase() != Stage.Phase.SYSTEM) {
      return found(Symptom.RUNS).by(decisive); // it asks for an address, and that is all
    }
    if (decisive.stage() == Stage.UP) {
      return justUp(boot, decisive, since);
    }
    if (decisive.stage() == Stage.REGISTERING) {
      return registering(boot, decisive, since);
    }
    boolean installed = decisive.stage() == Stage.INSTALLED;
    return good(boot, installed ? Symptom.INSTALLED : Symptom.REGISTERED, decisive);
  }

  private static Diagnosis registering(Case boot, BootEvent decisive, Duration since) {
    return since.compareTo(REGISTERS_WITHIN) < 0
        ? good(boot, Symptom.UP, decisive)
        : found(Symptom.REGISTERING_STILL)
            .with("took", since)
            .with("words", decisive.detail())
            .by(decisive);
  }

  private static Diagnosis justUp(Case boot, BootEvent decisive, Duration since) {
    boolean othersRegister =
        boot.around().pace().sameRole()
            && boot.around().pace().stages().containsKey(Stage.REGISTERED);
    Duration patience =
        boot.patience(
            Stage.REGISTERED, Duration.ofMinutes(2), REGISTERS_WITHIN, Duration.ofMinutes(30));
    return othersRegister && since.compareTo(patience) >= 0
        ? found(Symptom.NEVER_REGISTERED).with("took", since).by(decisive)
        : good(boot, Symptom.UP, decisive);
  }

  private static Diagnosis good(Case boot, Symptom symptom, BootEvent decisive) {
    Optional<BootEvent> skipped = boot.last(e -> e.reason() == Reason.DISK_SKIPPED);
    return skipped
        .map(e -> found(Symptom.DISK_LEFT_ALONE).with("words", e.detail()).by(e))
        .orElseGet(() -> found(symptom).with("took", boot.run().took()).by(decisive));
  }
}
