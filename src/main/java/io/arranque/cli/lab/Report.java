package io.arranque.cli.lab;

import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What stands at the end of a run; pure text. */
final class Report {
  /** Offer and request lie within milliseconds of their neighbours and are left to the timeline. */
  private static final List<Stage> SHOWN =
      List.of(
          Stage.DISCOVER,
          Stage.ACK,
          Stage.LOADER,
          Stage.SCRIPT,
          Stage.KERNEL,
          Stage.INITRD,
          Stage.CLOUD_CONFIG,
          Stage.UP,
          Stage.INSTALLED,
          Stage.REGISTERED);

  private Report() {}

  static String of(List<PcResult> results, Path folder) {
    StringBuilder text = new StringBuilder("\nSeconds from power-on to each stage\n\n");
    text.append("  %-8s%-10s".formatted("PC", ""));
    SHOWN.forEach(stage -> text.append(" %6s".formatted(stage.label())));
    text.append("       sent\n");
    results.forEach(result -> stages(text, result));
    text.append("\nSeen on each PC's own console\n\n");
    text.append(
        "  %-8s%-15s %-16s %-28s %s%n"
            .formatted("PC", "role", "its config says", "mounted", "container"));
    results.forEach(result -> console(text, result));
    for (PcResult result : results) {
      if (!result.arrived()) {
        complaint(text, result, folder);
      }
    }
    long arrived = results.stream().filter(PcResult::arrived).count();
    text.append("\n%d of %d PCs are up and registered.%n".formatted(arrived, results.size()));
    return text.toString();
  }

  private static void stages(StringBuilder text, PcResult result) {
    text.append(
        "  %-8s%-10s".formatted(result.spec().hostname(), result.spec().firmware().label()));
    for (Stage stage : SHOWN) {
      Duration time = result.progress().times().get(stage.label());
      int width = Math.max(6, stage.label().length());
      text.append((" %" + width + "s").formatted(time == null ? "-" : seconds(time)));
    }
    text.append("  %9s%n".formatted(megabytes(result.progress().bytes())));
  }

  private static void console(StringBuilder text, PcResult result) {
    Findings found = result.findings();
    text.append(
        "  %-8s%-15s %-16s %-28s %s%n"
            .formatted(
                result.spec().hostname(),
                result.role(),
                found.configHostname().orElse("-"),
                found.disk().orElse("-"),
                found.container().map(name -> name + " ran").orElse("-")));
  }

  private static void complaint(StringBuilder text, PcResult result, Path folder) {
    text.append("\n%s did not arrive:%n".formatted(result.spec().hostname()));
    result.complaints().forEach(line -> text.append("  ").append(line).append('\n'));
    Path log = folder.resolve("pc-" + result.spec().number() + ".console.log");
    text.append("  Its console (").append(log).append(") ended with\n");
    result.lastLines().forEach(line -> text.append("    ").append(line).append('\n'));
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
