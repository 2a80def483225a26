package io.arranque.dhcp;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Timeline;
import java.util.EnumSet;
import java.util.Set;

/**
 * Puts on the timeline what there is budget for; what is left out is counted. Belongs to the
 * decision lane.
 */
final class Recorder {
  /** A thousand PCs that power on at once are ten thousand events: ROM, iPXE and system. */
  private final EventBudget boots = new EventBudget(10_000, 500);

  /** Phones and operating systems that want an address; nobody reads more of it. */
  private final EventBudget addresses = new EventBudget(200, 50);

  /**
   * What phones are told, and strangers beyond measure: these must not use up the boots' budget.
   */
  private static final Set<Reason> PLAIN =
      EnumSet.of(Reason.ADDRESS_ONLY, Reason.POOL_KEPT_FOR_KNOWN, Reason.TOO_MANY_STRANGERS);

  private final Timeline timeline;
  private final DhcpStatistics statistics;

  Recorder(Timeline timeline, DhcpStatistics statistics) {
    this.timeline = timeline;
    this.statistics = statistics;
  }

  void record(BootEvent event) {
    EventBudget budget = PLAIN.contains(event.reason()) ? addresses : boots;
    if (budget.take(event.at())) {
      timeline.record(event);
    } else {
      statistics.countUnrecorded();
    }
  }
}
