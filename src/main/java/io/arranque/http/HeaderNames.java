package io.arranque.http;

import org.jspecify.annotations.Nullable;

/** The request headers that change an answer. */
final class HeaderNames {
  private static final String[] KNOWN = {
    "host",
    "range",
    "expect",
    "if-range",
    "if-match",
    "connection",
    "if-none-match",
    "content-length",
    "transfer-encoding",
    "if-modified-since",
    "if-unmodified-since"
  };

  private HeaderNames() {}

  /** The name in lower case; null for one that is not heeded. No text is made for those. */
  static @Nullable String known(byte[] octets, int from, int to) {
    for (String name : KNOWN) {
      if (name.length() == to - from && same(name, octets, from)) {
        return name;
      }
    }
    return null;
  }

  private static boolean same(String name, byte[] octets, int from) {
    for (int i = 0; i < name.length(); i++) {
      int octet = octets[from + i];
      int lower = octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
      if (lower != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
