package io.arranque.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetasciiTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | ''", "a | a", "a$ | a^$", "a^ | a^0", "^$ | ^0^$", "$$ | ^$^$"})
  void lineEndsAndCarriageReturnsAreWritten(String text, String expected) {
    assertThat(Netascii.encode(octets(text))).isEqualTo(octets(expected));
  }

  /** In the table: ^ is CR, $ is LF, 0 is NUL. */
  private static byte[] octets(String shown) {
    return shown.replace('^', '\r').replace('$', '\n').replace('0', '\0').getBytes(ISO_8859_1);
  }
}
