package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.diagnosis.Circumstances.Running;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How far a boot came, and which rules say what is missing there. */
final class Progress {
  private static final Duration HOUR = Duration.ofHours(1);

  private Progress() {}

  static Diagnosis judge(Case boot) {
    return switch (boot.run().state()) {
      case NEVER_SEEN -> found(Symptom.NEVER_SEEN).by(List.of());
      case WAKING -> woken(boot, Symptom.WAKING);
      case WAITING -> waiting(boot);
      case LOCAL_DISK -> ownDisk(boot);
      case UP, INSTALLED, REGISTERED -> Reports.up(boot);
      case FAILED -> Failures.of(boot);
      case DHCP, LOADING, STALLED -> onItsWay(boot);
    };
  }

  private static Diagnosis woken(Case boot, Symptom symptom) {
    return found(symptom).with("took", boot.since(boot.newest())).by(boot.newest());
  }

  private static Diagnosis onItsWay(Case boot) {
    BootEvent decisive = boot.run().decisive().orElseThrow();
    if (decisive.stage() == Stage.WAKE) {
      return woken(boot, Symptom.WOKEN_SILENT);
    }
    Optional<Diagnosis> judged =
        switch (decisive.stage()) {
          case WAKE, DISCOVER, OFFER, REQUEST, ACK -> refused(boot).or(() -> Address.judge(boot));
          case LOADER -> Script.elsewhere(boot).or(() -> Loader.judge(boot));
          case SCRIPT -> Script.judge(boot);
          case KERNEL, INITRD -> Images.judge(boot);
          case CLOUD_CONFIG -> Documents.judge(boot);
          case WAITING -> Optional.of(left(boot));
          case LOCAL_DISK, UP, REGISTERING, INSTALLED, REGISTERED -> Optional.empty();
        };
    return judged.orElseGet(() -> boot.quiet(HOUR) ? silent(boot, decisive) : loading(boot));
  }

  /** What it was refused is no progress, and says why there is none. */
  private static Optional<Diagnosis> refused(Case boot) {
    return Script.elsewhere(boot)
        .or(() -> boot.last(e -> e.stage() == Stage.LOADER).flatMap(e -> Loader.judge(boot)));
  }

  private static Diagnosis left(Case boot) {
    BootEvent newest = boot.newest();
    return found(Symptom.WAITED_AND_LEFT)
        .with("took", Duration.between(boot.around().seen().orElse(newest.at()), boot.now()))
        .by(newest);
  }

  private static Diagnosis silent(Case boot, BootEvent decisive) {
    return found(Symptom.FELL_SILENT)
        .with("took", boot.since(boot.newest()))
        .with("stage", decisive.stage())
        .by(decisive);
  }

  private static Diagnosis loading(Case boot) {
    Optional<Running> running = boot.around().download();
    if (running.isPresent()) {
      return Images.running(running.get());
    }
    BootEvent decisive = boot.run().decisive().orElseThrow();
    boolean dhcp = decisive.stage().compareTo(Stage.LOADER) < 0;
    return dhcp
        ? found(Symptom.ASKING).with("took", boot.sinceBegan()).by(boot.newest())
        : found(Symptom.LOADING)
            .with("stage", decisive.stage())
            .with("took", boot.since(decisive))
            .by(decisive);
  }

  private static Diagnosis waiting(Case boot) {
    BootEvent event = boot.run().decisive().orElseThrow();
    if (event.reason() == Reason.DOWNLOADS_FULL) {
      return found(Symptom.QUEUED).with("place", event.detail()).by(event);
    }
    if (event.reason() == Reason.PENDING_MAC) {
      return found(Symptom.NEW_CARD).with("machine", event.detail()).by(event);
    }
    if (event.reason() == Reason.NOT_ARMED) {
      return found(Symptom.NOT_ARMED).by(event);
    }
    if (event.reason() == Reason.ROOM_LOCKED) {
      return found(Symptom.LOCKED).with("words", event.detail()).by(event);
    }
    return found(event.reason() == Reason.QUARANTINED ? Symptom.QUARANTINED : Symptom.NO_ROLE)
        .by(event);
  }

  private static Diagnosis ownDisk(Case boot) {
    BootEvent event = boot.run().decisive().orElseThrow();
    if (event.reason() == Reason.INSTALLED) {
      return found(Symptom.OWN_DISK_INSTALLED).by(event);
    }
    if (event.reason() == Reason.BOOTED_ONCE) {
      return found(Symptom.OWN_DISK_BOOTED_ONCE).by(event);
    }
    if (event.reason() == Reason.ROOM_LOCKED) {
      return found(Symptom.OWN_DISK_LOCKED).with("words", event.detail()).by(event);
    }
    return found(
            event.reason() == Reason.POLICY_NEVER ? Symptom.OWN_DISK_POLICY : Symptom.OWN_DISK_ROLE)
        .by(event);
  }
}
