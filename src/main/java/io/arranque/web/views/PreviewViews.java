package io.arranque.web.views;

import io.arranque.plan.Difference;
import io.arranque.plan.Impact;
import io.arranque.plan.LastGood;
import io.arranque.site.Problem;
import io.arranque.site.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Differences and impacts as page and API show them. */
public final class PreviewViews {
  private PreviewViews() {}

  public record LineView(String kind, String text) {}

  public record PartView(String name, String change, List<LineView> lines) {}

  /**
   * @param at when the machine came up last; empty when it has not
   */
  public record DifferenceView(String at, String role, boolean same, List<PartView> parts) {}

  public record AffectedView(String mac, String id, String name, List<String> what) {}

  public record ImpactView(
      int machines,
      int unchanged,
      int unlooked,
      List<AffectedView> changed,
      List<AffectedView> broken,
      List<AffectedView> mended,
      String summary) {}

  public record ProblemView(String file, int line, String key, String severity, String message) {}

  /**
   * @param good whether the site would be taken; if not, the last good one stays in force
   */
  public record ChangeView(boolean good, List<ProblemView> problems, ImpactView impact) {}

  public record ReloadView(String at, ImpactView impact) {}

  public static DifferenceView difference(Optional<LastGood> last, Difference difference) {
    return new DifferenceView(
        last.map(boot -> Views.text(boot.at())).orElse(""),
        last.map(LastGood::role).orElse(""),
        last.isPresent() && difference.isEmpty(),
        last.isEmpty() ? List.of() : difference.parts().stream().map(PreviewViews::part).toList());
  }

  public static PartView part(Difference.Part part) {
    return new PartView(
        part.name(),
        part.change().name().toLowerCase(Locale.ROOT),
        part.lines().stream().map(line -> new LineView(kind(line), line)).toList());
  }

  public static String kind(String line) {
    if (line.startsWith("---") || line.startsWith("+++") || line.startsWith("@@")) {
      return "place";
    }
    return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
  }

  public static ImpactView impact(Impact impact) {
    int touched = impact.changed().size() + impact.broken().size() + impact.mended().size();
    return new ImpactView(
        impact.machines(),
        impact.machines() - touched,
        impact.unlooked(),
        affected(impact.changed()),
        affected(impact.broken()),
        affected(impact.mended()),
        impact.summary());
  }

  private static List<AffectedView> affected(List<Impact.Affected> machines) {
    return machines.stream()
        .map(m -> new AffectedView(m.mac().toString(), m.mac().hyphenated(), m.name(), m.what()))
        .toList();
  }

  public static List<ProblemView> problems(Problems problems) {
    return problems.all().stream().map(PreviewViews::problem).toList();
  }

  public static ProblemView problem(Problem problem) {
    return new ProblemView(
        problem.file(),
        problem.line(),
        problem.key(),
        problem.severity().name().toLowerCase(Locale.ROOT),
        problem.message());
  }
}
