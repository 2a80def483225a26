package io.arranque.editor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stands in a file, byte for byte.
 *
 * @param raw its text with the line ends and the byte order mark that it has
 * @param hash tells it from any other text; of a file that is not there, {@link #NONE}
 */
public record FileText(String raw, String hash) {
  /** In the place of a hash where there is no file. */
  public static final String NONE = "new";

  /** A larger one is edited by other means. */
  public static final int LARGEST = 256 * 1024;

  private static final int HASH_BYTES = 16;

  /** A file that is not there yet. */
  public static final FileText NOTHING = new FileText("", NONE);

  /** As it would be on disk. */
  public static FileText of(String raw) throws FileFailure {
    return of(bytes(raw));
  }

  static FileText of(byte[] bytes) throws FileFailure {
    if (bytes.length > LARGEST) {
      throw new FileFailure(FileFailure.Kind.TOO_LARGE, "larger than 256 KiB");
    }
    String raw;
    try {
      raw = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FileFailure(FileFailure.Kind.NOT_TEXT, "not UTF-8 text", e);
    }
    if (raw.indexOf('\0') >= 0) {
      throw new FileFailure(FileFailure.Kind.NOT_TEXT, "not text: it holds a NUL");
    }
    return new FileText(raw, hash(bytes));
  }

  /** What is written to the disk; half a surrogate pair cannot be. */
  static byte[] bytes(String raw) throws FileFailure {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(raw));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new FileFailure(FileFailure.Kind.NOT_TEXT, "not text: half a character", e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public boolean exists() {
    return !hash.equals(NONE);
  }

  /** For people: Unix line ends, no byte order mark. */
  public String shown() {
    String text = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
    return text.replace("\r\n", "\n");
  }

  /** What becomes of it when people have edited what they were shown. */
  public String edited(String text) {
    return LineEnds.kept(raw, text);
  }
}
