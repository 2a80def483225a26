package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.diagnosis.Circumstances.Dhcp;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Looks at all of a machine's boots: most often the newest tells, sometimes the one before. */
record Rounds(List<BootEvent> newestFirst, List<BootRun> runs, Circumstances around) {
  /** A boot that failed begins again within that. */
  private static final Duration GOES_ROUND = Duration.ofMinutes(3);

  /** So many of the newest events tell whether it is refused all the time. */
  private static final int REFUSALS = 10;

  private static final Duration CRASHES = Duration.ofMinutes(30);

  Diagnosis diagnosis() {
    if (runs.isEmpty()) {
      return withoutBoot();
    }
    Diagnosis newest = Progress.judge(new Case(runs.get(0), around));
    if (newest.symptom().kind() != Kind.UNDER_WAY) {
      return newest;
    }
    return startsOver().or(() -> asBefore()).orElse(newest);
  }

  private Diagnosis withoutBoot() {
    List<BootEvent> last = new ArrayList<>(newestFirst.stream().limit(REFUSALS).toList());
    Collections.reverse(last);
    Optional<Diagnosis> refused =
        Address.silenced(last.stream().filter(Address::isDhcp).toList(), around);
    if (refused.isPresent()) {
      return refused.get();
    }
    boolean heard = newestFirst.stream().anyMatch(e -> e.stage() == Stage.ACK);
    if (heard || around.seen().isPresent()) {
      return around.dhcp() == Dhcp.OFF
          ? found(Symptom.SEGMENT_OFF).by(List.of())
          : found(Symptom.RUNS).by(newestFirst.stream().limit(1).toList());
    }
    return around.dhcp() == Dhcp.OFF
        ? found(Symptom.SEGMENT_OFF).by(List.of())
        : found(Symptom.NEVER_SEEN).by(List.of());
  }

  /**
   * A script that failed says so on the screen and asks anew: what the machine does in that moment
   * is not what is the matter with it.
   */
  private Optional<Diagnosis> asBefore() {
    if (runs.size() < 2) {
      return Optional.empty();
    }
    BootRun now = runs.get(0);
    BootRun before = runs.get(1);
    BootEvent end = before.events().get(before.events().size() - 1);
    boolean soon = now.began().isBefore(end.at().plus(GOES_ROUND));
    if (!soon || reach(now).compareTo(reach(before)) > 0) {
      return Optional.empty();
    }
    Case then = new Case(before, around.then(end.at().plus(BootStatus.PATIENCE)));
    Diagnosis diagnosis = Progress.judge(then);
    // Silence is no evidence where it was the machine itself that started over.
    boolean certain =
        diagnosis.symptom().kind() == Kind.PROBLEM && CERTAIN.contains(diagnosis.symptom());
    return certain ? Optional.of(diagnosis) : Optional.empty();
  }

  private static final List<Symptom> CERTAIN =
      List.of(
          Symptom.FILE_NOT_FOUND,
          Symptom.OTHER_FILE_NOT_FOUND,
          Symptom.DOWNLOAD_BROKE_OFF,
          Symptom.DOWNLOAD_TOO_SLOW,
          Symptom.LOADER_NOT_FOUND,
          Symptom.LOADER_BLOCKS_LOST,
          Symptom.LOADER_UNANSWERED,
          Symptom.SYSTEM_FAILED,
          Symptom.TEMPLATE_BROKEN,
          Symptom.UPSTREAM_FAILED,
          Symptom.SYSTEM_OTHER_ADDRESS,
          Symptom.DOCUMENT_OF_OLD_BOOT);

  private static Stage reach(BootRun run) {
    Stage farthest = Stage.WAKE;
    for (BootRun.Step step : run.steps()) {
      if (!step.open() && step.stage().compareTo(farthest) > 0) {
        farthest = step.stage();
      }
    }
    return farthest;
  }

  private Optional<Diagnosis> startsOver() {
    int times = 0;
    BootRun after = runs.get(0);
    for (BootRun run : runs.subList(1, runs.size())) {
      BootEvent end = run.events().get(run.events().size() - 1);
      boolean crashed =
          run.events().stream().anyMatch(e -> isLoaded(e))
              && run.events().stream().noneMatch(e -> e.stage().compareTo(Stage.CLOUD_CONFIG) >= 0)
              && end.reason() == Reason.OK
              && after.began().isBefore(end.at().plus(CRASHES));
      if (!crashed) {
        break;
      }
      times++;
      after = run;
    }
    return times < 2
        ? Optional.empty()
        : Optional.of(
            found(Symptom.SYSTEM_STARTS_OVER)
                .with("times", times)
                .by(newestFirst.stream().filter(Rounds::isLoaded).limit(times).toList()));
  }

  private static boolean isLoaded(BootEvent event) {
    return event.stage() == Stage.INITRD && event.reason() == Reason.OK;
  }
}
