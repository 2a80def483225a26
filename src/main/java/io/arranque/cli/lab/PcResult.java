package io.arranque.cli.lab;

import java.time.Duration;
import java.util.List;

/**
 * How one PC's boot ended.
 *
 * @param wentOff whether it powered itself off
 * @param took from power-on to the end of watching
 * @param lastLines what its console said last
 */
record PcResult(
    PcSpec spec,
    String role,
    Progress progress,
    Findings findings,
    boolean wentOff,
    Duration took,
    List<String> lastLines) {

  boolean arrived() {
    return complaints().isEmpty();
  }

  /** Why this was no good boot, most telling first; empty when all is well. */
  List<String> complaints() {
    List<String> missing = new java.util.ArrayList<>();
    if (!progress.reached("registered")) {
      missing.add(
          progress
              .last()
              .map(e -> "the last that was heard was " + e.stage() + ": " + e.told())
              .orElse("nothing was heard of it"));
    }
    missing.addAll(findings.missing(spec.hostname()));
    if (!wentOff) {
      missing.add("it still ran after " + took.toSeconds() + " s");
    }
    return missing;
  }
}
