package io.arranque.conformance;

import java.util.Optional;

/**
 * One thing that an RFC wants.
 *
 * @param theme its heading in the table
 * @param section where the RFC says so: {@code RFC 2131 §4.3.1}
 * @param sentence what is wanted
 * @param needs what a server must have been built for; empty: nothing but DHCP
 * @param script how it is found out
 */
record Case(String theme, String section, String sentence, Optional<Feature> needs, Script script) {

  /** Does the asking; ends normally when the server did as wanted. */
  @FunctionalInterface
  interface Script {
    void run(Lab lab) throws InterruptedException;
  }

  /** Unique among all cases. */
  String name() {
    return section + ": " + sentence;
  }
}
