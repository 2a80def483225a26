package io.arranque.conformance;

import java.util.Optional;

/**
 * One thing that an RFC wants.
 *
 * @param theme its heading in the table
 * @param section where the RFC says so: {@code RFC 2131 §4.3.1}
 * @param sentence what is wanted
 * @param needs what a server must have been built for; empty: nothing but the protocol
 * @param script how it is found out
 * @param <L> what a script has to work with
 */
public record Case<L>(
    String theme, String section, String sentence, Optional<Feature> needs, Script<L> script) {

  /** Does the asking; ends normally when the server did as wanted. */
  @FunctionalInterface
  public interface Script<L> {
    /**
     * @throws Violation when the server did something else
     * @throws java.io.IOException when the network did
     */
    void run(L lab) throws InterruptedException, java.io.IOException;
  }

  /** Unique among all cases of a protocol. */
  public String name() {
    return section + ": " + sentence;
  }
}
