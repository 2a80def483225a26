package io.arranque.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long boots take that go well: the median of many, one of each machine.
 *
 * @param stages by stage; those that half of the machines reached
 * @param whole from beginning to end
 * @param machines how many it was taken from
 * @param sameRole whether all of them had one role
 */
public record Pace(
    Map<Stage, Duration> stages, Duration whole, int machines, boolean sameRole) {
  public static final Pace UNKNOWN = new Pace(Map.of(), Duration.ZERO, 0, false);

  /** Below that nobody needs to look. */
  private static final Duration NOTICEABLE = Duration.ofSeconds(2);

  /**
   * A stage that took longer than elsewhere.
   *
   * @param by how much longer
   */
  public record Slower(Stage stage, Duration by) {}

  public Pace {
    stages = Map.copyOf(stages);
  }

  /** The median of these, which all went well. */
  public static Pace of(List<BootRun> good, boolean sameRole) {
    if (good.isEmpty()) {
      return UNKNOWN;
    }
    Map<Stage, List<Duration>> all = new EnumMap<>(Stage.class);
    for (BootRun run : good) {
      run.durations()
          .forEach((stage, took) -> all.computeIfAbsent(stage, s -> new ArrayList<>()).add(took));
    }
    Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    all.forEach(
        (stage, took) -> {
          if (2 * took.size() >= good.size()) {
            stages.put(stage, median(took));
          }
        });
    List<Duration> wholes = new ArrayList<>();
    good.forEach(run -> wholes.add(sum(run)));
    return new Pace(stages, median(wholes), good.size(), sameRole);
  }

  public boolean isKnown() {
    return machines > 0;
  }

  /** Where the boot lost most against the others; empty when it was not noticeably slower. */
  public Optional<Slower> slowest(BootRun run) {
    Optional<Slower> slowest = Optional.empty();
    for (Map.Entry<Stage, Duration> part : run.durations().entrySet()) {
      Duration usual = stages.get(part.getKey());
      if (usual == null) {
        continue;
      }
      Duration by = part.getValue().minus(usual);
      boolean counts = by.compareTo(NOTICEABLE) > 0 && by.multipliedBy(4).compareTo(usual) > 0;
      if (counts && slowest.filter(s -> s.by().compareTo(by) >= 0).isEmpty()) {
        slowest = Optional.of(new Slower(part.getKey(), by));
      }
    }
    return slowest;
  }

  /** Of so many no one value counts that is far off. */
  private static Duration median(List<Duration> values) {
    List<Duration> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
  }

  private static Duration sum(BootRun run) {
    return run.durations().values().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
