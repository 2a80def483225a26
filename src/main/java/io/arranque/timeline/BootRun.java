package io.arranque.timeline;

import io.arranque.timeline.BootStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One boot of a machine, from its first word to its system's last report.
 *
 * @param events oldest first; also what was refused and what people did meanwhile
 * @param steps how its time was spent, without gaps
 * @param state how it stands, or how it ended
 * @param decisive the event that says so
 */
public record BootRun(
    List<BootEvent> events, List<Step> steps, State state, Optional<BootEvent> decisive) {

  /**
   * A part of a boot. It ends when the machine has reached its stage, and begins where the part
   * before it ended: the loader's own DHCP is part of the way to the script, a system's start part
   * of the way to its documents.
   *
   * @param stage what was reached; {@link Stage#ACK} for all of DHCP
   * @param bytes what was sent meanwhile
   * @param failed whether something went wrong
   * @param open it was not reached: the machine is on its way there, or fell silent
   */
  public record Step(
      Stage stage, Instant begin, Instant end, long bytes, boolean failed, boolean open) {
    public Duration took() {
      return Duration.between(begin, end);
    }
  }

  public BootRun {
    events = List.copyOf(events);
    steps = List.copyOf(steps);
  }

  /**
   * A machine's boots.
   *
   * @param newestFirst its events
   * @param seen when it was last seen without an event being made of it
   * @return the newest first
   */
  public static List<BootRun> of(
      List<BootEvent> newestFirst, Optional<Instant> seen, Instant now) {
    return new BootRunsReader(newestFirst, seen, now).runs();
  }

  public Instant began() {
    return events.get(0).at();
  }

  /** Until it came up; else until the last that was heard of it. */
  public Duration took() {
    Instant end =
        decisive.filter(e -> isGood()).map(BootEvent::at).orElse(steps.get(steps.size() - 1).end());
    return Duration.between(began(), end);
  }

  /** Whether its system came up over the network. */
  public boolean isGood() {
    return switch (state) {
      case UP, INSTALLED, REGISTERED -> true;
      case NEVER_SEEN, WAKING, DHCP, LOADING, WAITING, LOCAL_DISK, STALLED, FAILED -> false;
    };
  }

  /** What each stage took that was reached; not what people or the queue let it wait for. */
  public Map<Stage, Duration> durations() {
    Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    for (Step step : steps) {
      if (!step.open() && step.stage() != Stage.WAITING && step.stage() != Stage.WAKE) {
        durations.merge(step.stage(), step.took(), Duration::plus);
      }
    }
    return durations;
  }
}
