package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.diagnosis.Circumstances.Running;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of a machine that fetches kernel and initrd, or has them. */
final class Images {
  private static final Duration NEXT_FILE_WITHIN = Duration.ofSeconds(20);

  private Images() {}

  static Optional<Diagnosis> judge(Case boot) {
    if (boot.downloads()) {
      return boot.around().download().map(Images::running);
    }
    Optional<Diagnosis> missing = missing(boot);
    if (missing.isPresent()) {
      return missing;
    }
    BootEvent last = boot.last(Images::isOfThese).orElseThrow();
    if (last.reason() == Reason.TRANSFER_ABORTED) {
      return Optional.of(brokeOff(last));
    }
    if (last.stage() == Stage.KERNEL && boot.around().initrds() > 0) {
      return boot.quiet(NEXT_FILE_WITHIN)
          ? otherMissing(boot).or(() -> Optional.of(found(Symptom.INITRD_NEVER_ASKED).by(last)))
          : Optional.empty();
    }
    if (!boot.around().reports()) {
      Optional<Diagnosis> other =
          boot.quiet(NEXT_FILE_WITHIN) ? otherMissing(boot) : Optional.empty();
      return other.or(() -> Optional.of(found(Symptom.HANDED_OVER).by(last)));
    }
    return SystemStart.judge(boot, last);
  }

  /** It asked for a file that is not there, and got nothing more since. */
  static Optional<Diagnosis> missing(Case boot) {
    return boot.last(Images::isOfThese)
        .filter(e -> e.reason() == Reason.FILE_MISSING)
        .map(e -> found(Symptom.FILE_NOT_FOUND).with("file", e.detail()).by(e));
  }

  private static boolean isOfThese(BootEvent event) {
    return (event.stage() == Stage.KERNEL || event.stage() == Stage.INITRD)
        && event.reason() != Reason.OTHER_FILE_MISSING;
  }

  /** The last that was heard of it. It may do without the file, so let some time pass first. */
  static Optional<Diagnosis> otherMissing(Case boot) {
    return Optional.of(boot.newest())
        .filter(e -> e.reason() == Reason.OTHER_FILE_MISSING)
        .map(e -> found(Symptom.OTHER_FILE_NOT_FOUND).with("file", e.detail()).by(e));
  }

  static Diagnosis running(Running now) {
    Diagnosis.Finding finding =
        found(now.stalled() ? Symptom.DOWNLOAD_STANDS_STILL : Symptom.DOWNLOADING)
            .with("file", now.file())
            .octets("done", now.done())
            .octets("whole", now.whole());
    return (now.stalled() ? finding : finding.octets("speed", now.bytesPerSecond())).by(List.of());
  }

  static Diagnosis brokeOff(BootEvent event) {
    return far(found(Symptom.DOWNLOAD_BROKE_OFF), event).by(event);
  }

  static Diagnosis tooSlow(BootEvent event) {
    long millis = Math.max(1, event.took().toMillis());
    return far(found(Symptom.DOWNLOAD_TOO_SLOW), event)
        .octets("speed", event.bytes() * 1000 / millis)
        .by(event);
  }

  private static Diagnosis.Finding far(Diagnosis.Finding finding, BootEvent event) {
    Optional<Unfinished> read = Unfinished.of(event.detail());
    return finding
        .with("file", Failures.file(event.detail()))
        .octets("done", event.bytes())
        .octets("whole", read.map(Unfinished::whole).orElse(event.bytes()));
  }
}
