package io.arranque.timeline;

import io.arranque.timeline.BootRun.Step;
import io.arranque.timeline.BootStatus.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the time of one boot was spent. */
final class BootSteps {
  private BootSteps() {}

  static List<Step> of(List<BootEvent> oldestFirst, State state, Instant now) {
    List<Step> steps = new ArrayList<>();
    Instant last = oldestFirst.get(0).at();
    Stage farthest = Stage.WAKE;
    for (BootEvent event : oldestFirst) {
      boolean aside = BootRules.isAside(event);
      last = event.at().isAfter(last) && !aside ? event.at() : last;
      Stage stage = BootRules.isDhcp(event) ? Stage.ACK : event.stage();
      boolean ofBefore = stage == Stage.ACK && farthest.compareTo(Stage.ACK) > 0;
      boolean overtaken = BootRules.isReport(event) && stage.compareTo(farthest) < 0;
      if (!aside && !ofBefore && !overtaken) {
        add(steps, event, stage);
        farthest = stage.compareTo(farthest) > 0 ? stage : farthest;
      }
    }
    return open(steps, oldestFirst.get(0).at(), last, state, now);
  }

  private static void add(List<Step> steps, BootEvent event, Stage stage) {
    int at = steps.size() - 1;
    boolean failed = event.isFailure();
    if (at >= 0 && steps.get(at).stage() == stage) {
      Step before = steps.get(at);
      // What was asked in vain first, and was given in the end, did not fail.
      steps.set(
          at,
          new Step(
              stage, before.begin(), event.at(), before.bytes() + event.bytes(), failed, false));
      return;
    }
    Instant begin = at >= 0 ? steps.get(at).end() : event.at().minus(event.took());
    steps.add(new Step(stage, begin, event.at(), event.bytes(), failed, false));
  }

  /** What it was on its way to when it was last heard of, or is now. */
  private static List<Step> open(
      List<Step> steps, Instant first, Instant last, State state, Instant now) {
    Instant begin = steps.isEmpty() ? first : steps.get(steps.size() - 1).end();
    Stage stage = steps.isEmpty() ? Stage.ACK : next(steps.get(steps.size() - 1).stage());
    Instant end =
        switch (state) {
          case DHCP, LOADING, WAKING -> now;
          case STALLED, FAILED -> last;
          case NEVER_SEEN, WAITING, LOCAL_DISK, UP, INSTALLED, REGISTERED -> begin;
        };
    if (end.isAfter(begin)) {
      steps.add(new Step(stage, begin, end, 0, false, true));
    }
    return steps;
  }

  private static Stage next(Stage stage) {
    return switch (stage) {
      case WAKE -> Stage.ACK;
      case DISCOVER, OFFER, REQUEST, ACK -> Stage.LOADER;
      case LOADER -> Stage.SCRIPT;
      case SCRIPT, WAITING, LOCAL_DISK -> Stage.KERNEL;
      case KERNEL -> Stage.INITRD;
      case INITRD -> Stage.CLOUD_CONFIG;
      case CLOUD_CONFIG -> Stage.UP;
      case UP, REGISTERING, INSTALLED, REGISTERED -> Stage.REGISTERED;
    };
  }
}
