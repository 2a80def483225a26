package io.arranque.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random tokens, and comparing them without telling how much was right. */
public final class Secrets {
  private final SecureRandom random = new SecureRandom();

  /** 192 random bits, fit for URLs and cookies. */
  public String fresh() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets(24));
  }

  /** Enough to tell a few thousand things apart; nothing secret. */
  public String id() {
    return HexFormat.of().formatHex(octets(4));
  }

  public byte[] octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Hashing first makes both sides equally long, so the time taken tells nothing. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(sha256(one), sha256(other));
  }

  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
