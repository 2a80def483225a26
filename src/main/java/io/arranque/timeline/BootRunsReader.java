package io.arranque.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Splits a machine's events into its boots: read once, from the oldest on. */
final class BootRunsReader {
  private static final int NONE = -1;

  private final List<BootEvent> oldestFirst;
  private final Optional<Instant> seen;
  private final Instant now;
  private final List<List<BootEvent>> boots = new ArrayList<>();

  private List<BootEvent> boot = new ArrayList<>();
  private Optional<BootEvent> progress = Optional.empty();

  /** Where a new boot would have begun, should what follows prove to be one. */
  private int perhapsFrom = NONE;

  private boolean scripted;
  private boolean reported;

  BootRunsReader(List<BootEvent> newestFirst, Optional<Instant> seen, Instant now) {
    List<BootEvent> events = new ArrayList<>(newestFirst);
    Collections.reverse(events);
    this.oldestFirst = events;
    this.seen = seen;
    this.now = now;
  }

  List<BootRun> runs() {
    oldestFirst.forEach(this::read);
    next(List.of());
    List<BootRun> runs = new ArrayList<>();
    for (int i = boots.size() - 1; i >= 0; i--) {
      runs.add(run(boots.get(i), runs.isEmpty()));
    }
    return runs;
  }

  private BootRun run(List<BootEvent> events, boolean newest) {
    List<BootEvent> newestFirst = new ArrayList<>(events);
    Collections.reverse(newestFirst);
    // A boot after which another began goes on no more, however short it was.
    Instant judged = newest ? now : newestFirst.get(0).at().plus(BootRules.PATIENCE).plusMillis(1);
    BootStatus status = BootStatus.of(newestFirst, newest ? seen : Optional.empty(), judged);
    return new BootRun(
        events, BootSteps.of(events, status.state(), now), status.state(), status.decisive());
  }

  private void read(BootEvent event) {
    if (BootRules.isAside(event)) {
      if (!boot.isEmpty()) {
        boot.add(event);
      }
    } else if (event.stage() == Stage.WAKE) {
      if (!boot.isEmpty() && boot.stream().anyMatch(e -> e.stage() != Stage.WAKE)) {
        next(List.of());
      }
      boot.add(event);
    } else if (BootRules.isDhcp(event)) {
      readDhcp(event);
    } else {
      readProgress(event);
    }
  }

  private void readDhcp(BootEvent event) {
    boolean discover = BootRules.isFirmwareDiscover(event);
    if (discover && beginsAnew(event)) {
      next(List.of());
    }
    boolean renewal =
        !discover && (boot.isEmpty() || event.at().isAfter(last().plus(BootRules.PATIENCE)));
    if (renewal) {
      return;
    }
    if (discover && progress.isPresent() && perhapsFrom == NONE) {
      perhapsFrom = boot.size();
    }
    boot.add(event);
  }

  private boolean beginsAnew(BootEvent discover) {
    return !boot.isEmpty()
        && progress
            .map(done -> BootRules.restarts(done, discover))
            .orElseGet(() -> discover.at().isAfter(last().plus(BootRules.PATIENCE)));
  }

  private void readProgress(BootEvent event) {
    if (isNewBoot(event)) {
      int from = perhapsFrom == NONE ? boot.size() : perhapsFrom;
      List<BootEvent> begun = List.copyOf(boot.subList(from, boot.size()));
      boot = new ArrayList<>(boot.subList(0, from));
      next(begun);
    }
    boot.add(event);
    progress = Optional.of(event);
    perhapsFrom = NONE;
    reported |= BootRules.isReport(event);
    boolean handedOut = event.stage() == Stage.SCRIPT || event.stage() == Stage.LOCAL_DISK;
    scripted |= handedOut && !event.isFailure();
  }

  /** Each script that is handed out is a boot of its own; so is a loader after it. */
  private boolean isNewBoot(BootEvent event) {
    return switch (event.stage().phase()) {
      case FIRMWARE -> scripted || reported;
      case KERNEL -> reported;
      case CALLED, ADDRESS, SYSTEM -> false;
    };
  }

  private Instant last() {
    return boot.get(boot.size() - 1).at();
  }

  private void next(List<BootEvent> begun) {
    if (!boot.isEmpty()) {
      boots.add(boot);
    }
    boot = new ArrayList<>(begun);
    progress = Optional.empty();
    perhapsFrom = NONE;
    scripted = false;
    reported = false;
  }
}
