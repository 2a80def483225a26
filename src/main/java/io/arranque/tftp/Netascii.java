package io.arranque.tftp;

import java.io.ByteArrayOutputStream;

/** The text mode of RFC 1350: lines end in CR LF, a carriage return alone is CR NUL (RFC 764). */
final class Netascii {
  /**
   * Converting changes the length, which tsize and the block count need before the first block: the
   * file is converted whole, so it must be small. Nobody boots from larger text.
   */
  static final int SIZE_MAX = 1 << 20;

  private Netascii() {}

  static byte[] encode(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 16 + 16);
    for (byte octet : text) {
      if (octet == '\n') {
        out.write('\r');
        out.write('\n');
      } else if (octet == '\r') {
        out.write('\r');
        out.write(0);
      } else {
        out.write(octet);
      }
    }
    return out.toByteArray();
  }
}
