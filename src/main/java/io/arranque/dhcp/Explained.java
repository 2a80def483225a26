package io.arranque.dhcp;

import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What DHCP would say to a {@link Question}, for people.
 *
 * @param asked the question in a line
 * @param reason why there is silence; for a reply what keeps it from being all that was wanted, or
 *     {@link Reason#OK}
 * @param summary the reply and where it goes in a line; empty when there is none
 * @param parts the reply's fields and options as the client reads them, in the order of the wire
 * @param leftOut options that did not fit the size that the client takes
 */
public record Explained(
    String asked, Reason reason, Optional<String> summary, List<Part> parts, List<Part> leftOut) {
  /**
   * A field, an option, or an option inside an option.
   *
   * @param depth 0, or 1 inside an option
   * @param name {@code yiaddr}, {@code 67 bootfile-name}
   * @param value as text
   * @param origin who wanted it so; empty inside an option
   */
  public record Part(int depth, String name, String value, String origin) {}

  private static final String LINE = "  %-30s %-36s %s";

  public Explained {
    parts = List.copyOf(parts);
    leftOut = List.copyOf(leftOut);
  }

  /** For a terminal. */
  public List<String> lines() {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("  to " + asked + ":");
    lines.add("  " + summary.orElseGet(() -> "silence (" + reason.name() + ")"));
    if (reason != Reason.OK) {
      lines.add(("  " + reason.sentence() + " " + reason.advice()).stripTrailing());
    }
    parts.forEach(part -> lines.add(line(part)));
    leftOut.forEach(part -> lines.add(line(part) + "  (left out: did not fit)"));
    return List.copyOf(lines);
  }

  private static String line(Part part) {
    return LINE.formatted("  ".repeat(part.depth()) + part.name(), part.value(), part.origin())
        .stripTrailing();
  }
}
