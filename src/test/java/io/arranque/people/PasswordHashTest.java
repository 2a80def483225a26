package io.arranque.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  /** From the test suite of the reference implementation of Argon2. */
  private static final PasswordHash REFERENCE =
      new PasswordHash(
          "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
              + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

  @Test
  void a_hash_of_the_reference_implementation_matches_whatever_its_parameters() {
    assertThat(REFERENCE.matches("password")).isTrue();
    assertThat(REFERENCE.matches("Password")).isFalse();
  }

  @Test
  void what_was_hashed_matches_and_nothing_else() {
    PasswordHash hash = PasswordHash.of("correct horse battery", SALT);
    assertThat(hash.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hash.matches("correct horse battery")).isTrue();
    assertThat(hash.matches("correct horse battery ")).isFalse();
    assertThat(hash.matches("")).isFalse();
  }

  @Test
  void an_accented_letter_is_the_same_however_the_keyboard_composes_it() {
    PasswordHash hash = PasswordHash.of("contrase\u00f1a larga", SALT);
    assertThat(hash.matches("contrasen\u0303a larga")).isTrue();
  }

  @Test
  void nothing_matches_nobody_and_a_damaged_hash() {
    assertThat(PasswordHash.OF_NOBODY.matches("")).isFalse();
    for (String damaged :
        new String[] {
          "",
          "plain",
          "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
          "$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
          "$argon2id$v=19$m=19456,t=2,p=1$c$CTFhFdXPJO1a"
        }) {
      assertThat(new PasswordHash(damaged).matches("plain")).as(damaged).isFalse();
    }
  }

  @Test
  void no_log_can_tell_it() {
    assertThat(REFERENCE.toString()).doesNotContain("argon2");
  }
}
