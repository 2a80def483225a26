package io.arranque.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to text, in the ways that spreadsheets write them.
 *
 * @param guessed whether nothing in the file says that it is so
 */
record Decoding(String text, boolean guessed) {
  /** What Excel writes as "CSV" in western Europe and the Americas; Latin-1 is a part of it. */
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final int LOOKED_AT = 1_024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  static Decoding of(byte[] bytes) {
    // Excel's "Unicode text".
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return new Decoding(unmarked(new String(bytes, StandardCharsets.UTF_16LE)), false);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return new Decoding(unmarked(new String(bytes, StandardCharsets.UTF_16BE)), false);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Decoding(unmarked(text), false);
    } catch (CharacterCodingException e) {
      return new Decoding(new String(bytes, WINDOWS), true);
    }
  }

  /** A spreadsheet as such, an archive, a picture. */
  static boolean isBinary(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return false;
    }
    for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static String unmarked(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }
}
