package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.EnumSet;
import java.util.Set;

/** What went wrong with a word of its own. */
final class Failures {
  /** What the planner finds: once the plan no longer has it, somebody has mended it. */
  private static final Set<Reason> OF_THE_PLAN =
      EnumSet.of(
          Reason.ROLE_UNKNOWN,
          Reason.IMAGE_MISSING,
          Reason.VARIABLE_MISSING,
          Reason.VARIABLE_INVALID,
          Reason.TEMPLATE_BROKEN,
          Reason.DOCUMENT_INVALID);

  private Failures() {}

  static Diagnosis of(Case boot) {
    BootEvent event = boot.run().decisive().orElseThrow();
    boolean mended =
        event.stage() == Stage.SCRIPT
            && OF_THE_PLAN.contains(event.reason())
            && boot.around().troubles().filter(t -> !t.contains(event.reason())).isPresent();
    return mended ? found(Symptom.MENDED).by(event) : named(boot, event);
  }

  private static Diagnosis named(Case boot, BootEvent event) {
    String detail = event.detail();
    return switch (event.reason()) {
      case LOADER_MISSING -> found(Symptom.LOADER_MISSING).by(event);
      case ROLE_UNKNOWN -> found(Symptom.ROLE_GONE).with("detail", detail).by(event);
      case IMAGE_MISSING -> found(Symptom.IMAGE_MISSING).with("detail", detail).by(event);
      case VARIABLE_MISSING -> found(Symptom.VALUE_MISSING).with("detail", detail).by(event);
      case VARIABLE_INVALID -> found(Symptom.VALUE_WRONG).with("detail", detail).by(event);
      case TEMPLATE_BROKEN -> found(Symptom.TEMPLATE_BROKEN).with("detail", detail).by(event);
      case DOCUMENT_INVALID -> found(Symptom.DOCUMENT_INVALID).with("detail", detail).by(event);
      case BOOT_NOT_WRITTEN -> found(Symptom.BOOT_NOT_WRITTEN).by(event);
      case UPSTREAM_FAILED -> found(Symptom.UPSTREAM_FAILED).with("file", detail).by(event);
      case INSTALL_LOOP -> found(Symptom.INSTALL_LOOP).by(event);
      case MACHINE_FAILED -> found(Symptom.SYSTEM_FAILED).with("words", detail).by(event);
      case TOO_SLOW -> Images.tooSlow(event);
      case FILE_CHANGED -> found(Symptom.FILE_CHANGED).with("file", file(detail)).by(event);
      case TRANSFER_TIMED_OUT -> Loader.judge(boot).orElseGet(() -> silent(boot, event));
      default -> silent(boot, event);
    };
  }

  private static Diagnosis silent(Case boot, BootEvent event) {
    return found(Symptom.FELL_SILENT)
        .with("took", boot.since(event))
        .with("stage", event.stage())
        .by(event);
  }

  /** Without what is said of it. */
  static String file(String detail) {
    int end = detail.indexOf(": ");
    return end < 0 ? detail : detail.substring(0, end);
  }
}
