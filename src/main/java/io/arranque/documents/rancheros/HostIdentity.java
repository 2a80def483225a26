package io.arranque.documents.rancheros;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.arranque.address.Mac;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a machine that lives in RAM would otherwise invent anew at each boot, so that its cluster
 * took it for another one: made from its MAC, and where it must be secret, from a secret as well.
 */
final class HostIdentity {
  /** RFC 9562 §6.6, the namespace for URLs. */
  private static final UUID NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  private HostIdentity() {}

  /** RFC 9562 §5.5, version 5: the same each time, another for each MAC and purpose. */
  static UUID uuid(Mac mac, String purpose) {
    byte[] name = ("urn:arranque:" + purpose + ":" + mac).getBytes(UTF_8);
    byte[] namespace =
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array();
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(namespace);
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name));
      long high = (hash.getLong() & ~0xf000L) | 0x5000L;
      long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** 64 hex digits that nobody finds who does not know {@code secret}. */
  static String secret(String secret, Mac mac, String purpose) {
    try {
      javax.crypto.Mac hmac = javax.crypto.Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(("arranque:" + secret).getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(hmac.doFinal((purpose + ":" + mac).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  /** Changes when {@code text} does; tells nothing of it. */
  static String fingerprint(String text, Mac mac) {
    return secret(text, mac, "fingerprint").substring(0, 16);
  }
}
