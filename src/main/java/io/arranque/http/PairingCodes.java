package io.arranque.http;

import io.arranque.inventory.Provisioning.Pairing;
import java.math.BigInteger;

/** The codes on the screens of machines that wait for somebody to confirm them. */
final class PairingCodes {
  /** Without those that look alike on a screen: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
  private static final String ALPHABET = "34679ACDEFGHJKMNPQRTWXY";

  private static final int LENGTH = 6;
  private static final int TOKEN_DIGITS = 16;

  private PairingCodes() {}

  /** From the request's random nonce, of which the boot itself makes no use then. */
  static Pairing make(Exchange exchange) {
    String random = exchange.freshNonce();
    BigInteger rest = new BigInteger(random.substring(TOKEN_DIGITS), 16);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      BigInteger[] next = rest.divideAndRemainder(BigInteger.valueOf(ALPHABET.length()));
      code.append(ALPHABET.charAt(next[1].intValue()));
      rest = next[0];
    }
    return new Pairing(
        code.toString(), random.substring(0, TOKEN_DIGITS), exchange.client(), exchange.now(), 0);
  }
}
