package io.arranque.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Percent-encoding (RFC 3986 §2.1), strict for paths and forgiving for what firmware sends. */
final class PercentText {
  private PercentText() {}

  /** The decoded text; empty when an escape is malformed or the octets are no UTF-8. */
  static Optional<String> strict(String text) {
    Optional<byte[]> octets = octets(text, false);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.get())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * {@code a=1&b=2} as a map; of equal names the first counts. A lone {@code %} stands for itself,
   * since iPXE of some versions passes a product name on as it is.
   *
   * @param plusIsSpace as in HTML forms; in iPXE's queries {@code +} is a plus
   */
  static Map<String, String> pairs(String text, boolean plusIsSpace) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.putIfAbsent(lenient(name, plusIsSpace), lenient(value, plusIsSpace));
    }
    return pairs;
  }

  private static String lenient(String text, boolean plusIsSpace) {
    byte[] octets = octets(plusIsSpace ? text.replace('+', ' ') : text, true).orElseThrow();
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> octets(String text, boolean lenient) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.put(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high >= 0 && low >= 0) {
        out.put((byte) (high << 4 | low));
        i += 2;
      } else if (lenient) {
        out.put(in[i]);
      } else {
        return Optional.empty();
      }
    }
    byte[] octets = new byte[out.position()];
    out.flip().get(octets);
    return Optional.of(octets);
  }
}
