package io.arranque.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is kept: Argon2id (RFC 9106) by BouncyCastle, in the usual text form, which
 * names its own parameters, so that they can be raised without making old hashes useless.
 *
 * <p>The parameters are the second of OWASP's equal choices: 19 MiB, two passes, one lane. RFC
 * 9106's 64 MiB would be a tenth of a small appliance's heap for every login.
 *
 * @param text {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}
 */
public record PasswordHash(String text) {
  /** Of random octets. */
  public static final int SALT_BYTES = 16;

  static final int MEMORY_KIB = 19_456;
  static final int PASSES = 2;
  private static final int HASH_BYTES = 32;

  /** More than ours, so that later programs may raise them; bounded, for a file can be damaged. */
  private static final int MEMORY_KIB_MAX = 1 << 20;

  private static final int PASSES_MAX = 16;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** Takes as long to check as any other; nothing matches it. */
  public static final PasswordHash OF_NOBODY =
      new PasswordHash(
          "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
              .formatted(
                  MEMORY_KIB, PASSES, base64(new byte[SALT_BYTES]), base64(new byte[HASH_BYTES])));

  /**
   * @param salt {@link #SALT_BYTES} random octets
   */
  public static PasswordHash of(String password, byte[] salt) {
    return of(password, salt, MEMORY_KIB, PASSES);
  }

  static PasswordHash of(String password, byte[] salt, int memory, int passes) {
    return new PasswordHash(
        "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
            .formatted(memory, passes, base64(salt), base64(hash(password, salt, memory, passes))));
  }

  /** Takes some 100 ms and 19 MiB, whether it matches or not. False when the text is damaged. */
  public boolean matches(String password) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return false;
    }
    int memory = Integer.parseInt(form.group(1));
    int passes = Integer.parseInt(form.group(2));
    if (memory > MEMORY_KIB_MAX || passes < 1 || passes > PASSES_MAX) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(form.group(3));
      byte[] kept = Base64.getDecoder().decode(form.group(4));
      return MessageDigest.isEqual(kept, hash(password, salt, memory, passes));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] hash(String password, byte[] salt, int memory, int passes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(1)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    // An "ñ" is one sign or two, as the keyboard has it (RFC 8265, section 4.2).
    String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "PasswordHash"; // must not end in a log
  }
}
