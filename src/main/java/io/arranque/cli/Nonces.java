package io.arranque.cli;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What nobody can guess: one to each boot, so that its documents are given to that boot only. */
final class Nonces {
  private static final int BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Nonces() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
