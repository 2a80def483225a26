package io.arranque.plan;

import java.util.ArrayList;
import java.util.List;

/** An impact as text for a terminal: a line for each machine that is not left as it is. */
public final class ImpactText {
  private ImpactText() {}

  /** E.g. {@code breaks 52:54:00:12:34:56 pc-07 A value is not of the type …}. */
  public static List<String> lines(Impact impact) {
    List<String> lines = new ArrayList<>();
    impact.broken().forEach(machine -> lines.add(line("breaks ", machine)));
    impact.mended().forEach(machine -> lines.add(line("mends  ", machine)));
    impact.changed().forEach(machine -> lines.add(line("changes", machine)));
    return lines;
  }

  private static String line(String verb, Impact.Affected machine) {
    return "%s %s %s: %s"
        .formatted(verb, machine.mac(), machine.name(), String.join(", ", machine.what()));
  }
}
