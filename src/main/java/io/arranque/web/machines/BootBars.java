package io.arranque.web.machines;

import io.arranque.timeline.BootRun;
import io.arranque.timeline.Pace;
import io.arranque.timeline.Stage;
import io.arranque.web.views.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Boots as bars that can be compared: all on one scale, drawn by the server as SVG, in per cent.
 * Pure.
 */
final class BootBars {
  private static final int BOOTS = 5;

  /** A part that is narrower than this per cent has no room for its word. */
  private static final double WORD_FITS = 9;

  /** What people and silence take would leave nothing of the rest: drawn at most so long. */
  private static final double LONGEST_WAIT = 0.2;

  private static final Duration SHORTEST = Duration.ofMillis(20);

  private BootBars() {}

  /**
   * A part of a bar.
   *
   * @param x per cent from the left, as SVG writes it
   * @param middle where its word stands
   * @param worded whether its word fits
   * @param cut whether it lasted longer than it is drawn
   */
  record Part(
      String stage,
      String x,
      String width,
      String middle,
      boolean worded,
      boolean open,
      boolean failed,
      boolean cut,
      long millis,
      long bytes) {}

  /**
   * @param began empty for the room's median
   * @param end per cent at which the bar ends
   */
  record Bar(String began, String state, long millis, String end, List<Part> parts) {}

  /**
   * @param stages those that are in the bars, in their order
   */
  record Bars(List<Bar> boots, List<Bar> median, List<String> stages) {}

  static Bars of(List<BootRun> newestFirst, Pace pace) {
    List<BootRun> shown =
        newestFirst.stream().filter(r -> !r.steps().isEmpty()).limit(BOOTS).toList();
    double scale = pace.isKnown() ? seconds(pace.whole()) : 0;
    for (BootRun run : shown) {
      scale = Math.max(scale, drawn(run).stream().mapToDouble(d -> d).sum());
    }
    double whole = Math.max(scale, 0.1);
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    shown.forEach(run -> run.steps().forEach(step -> stages.add(step.stage())));
    return new Bars(
        shown.stream().map(run -> bar(run, whole)).toList(),
        pace.isKnown() && !shown.isEmpty() ? List.of(median(pace, whole)) : List.of(),
        stages.stream().map(Stage::label).toList());
  }

  private static double seconds(Duration time) {
    return Math.max(time.toMillis(), SHORTEST.toMillis()) / 1000.0;
  }

  /** How long each step is drawn, in seconds. */
  private static List<Double> drawn(BootRun run) {
    double rest =
        run.steps().stream().filter(s -> !isWait(s)).mapToDouble(s -> seconds(s.took())).sum();
    double longest = Math.max(rest * LONGEST_WAIT, 2);
    return run.steps().stream()
        .map(s -> isWait(s) ? Math.min(seconds(s.took()), longest) : seconds(s.took()))
        .toList();
  }

  private static boolean isWait(BootRun.Step step) {
    return step.open() || step.stage() == Stage.WAITING || step.stage() == Stage.WAKE;
  }

  private static Bar bar(BootRun run, double whole) {
    List<Part> parts = new ArrayList<>();
    List<Double> drawn = drawn(run);
    double x = 0;
    for (int i = 0; i < drawn.size(); i++) {
      BootRun.Step step = run.steps().get(i);
      double width = 100 * drawn.get(i) / whole;
      boolean cut = seconds(step.took()) > drawn.get(i) + 0.01;
      parts.add(
          new Part(
              step.stage().label(),
              percent(x),
              percent(width),
              percent(x + width / 2),
              width >= WORD_FITS,
              step.open(),
              step.failed(),
              cut,
              step.took().toMillis(),
              step.bytes()));
      x += width;
    }
    return new Bar(
        Views.text(run.began()),
        DiagnosisViews.word(run),
        run.took().toMillis(),
        percent(x),
        parts);
  }

  private static Bar median(Pace pace, double whole) {
    List<Part> parts = new ArrayList<>();
    double x = 0;
    for (Stage stage : Stage.values()) {
      Duration took = pace.stages().get(stage);
      if (took != null) {
        double width = 100 * seconds(took) / whole;
        parts.add(
            new Part(
                stage.label(),
                percent(x),
                percent(Math.min(width, 100 - x)),
                percent(x + width / 2),
                width >= WORD_FITS,
                false,
                false,
                false,
                took.toMillis(),
                0));
        x = Math.min(100, x + width);
      }
    }
    return new Bar("", "", pace.whole().toMillis(), percent(x), parts);
  }

  private static String percent(double number) {
    return String.format(Locale.ROOT, "%.2f%%", Math.max(0, number));
  }
}
