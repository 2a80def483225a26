package io.arranque.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that the cases can be run against, configured for {@link Net}. */
interface DhcpProgram {
  /** As in {@code -Dconformance.servers}. */
  String name();

  /** As in the table's head. */
  String title();

  /**
   * Writes its configuration.
   *
   * @param folder of its own, empty
   * @return the command that runs it in the foreground
   */
  List<String> prepare(Path folder) throws IOException;

  /** What prints its version. */
  List<String> version();

  /** What it was not built for, each with the words for the table. */
  Map<Feature, String> lacks();

  /** How long is waited for it. */
  Lab.Limits limits();

  /** Peers are given time: what is judged is what they say, not when. */
  static Lab.Limits patient() {
    return new Lab.Limits(Duration.ofSeconds(4), Duration.ofMillis(1200));
  }

  /** All of them, ours first. */
  static List<DhcpProgram> all() {
    return List.of(
        new ArranqueProgram(), new KeaProgram(), new DhcpdProgram(), new DnsmasqProgram());
  }
}
