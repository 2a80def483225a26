package io.arranque.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacTest {
  @ParameterizedTest
  @CsvSource({
    "52:54:00:12:34:56, 52:54:00:12:34:56",
    "52-54-00-12-34-56, 52:54:00:12:34:56",
    "5254.0012.3456, 52:54:00:12:34:56",
    "525400123456, 52:54:00:12:34:56",
    "AA:bb:CC:dd:EE:0f, aa:bb:cc:dd:ee:0f",
    "0:1:2:a:b:c, 00:01:02:0a:0b:0c",
    "'  ff-ff-ff-ff-ff-ff ', ff:ff:ff:ff:ff:ff",
    "000000000000, 00:00:00:00:00:00",
  })
  void every_notation_that_people_paste_is_read(String pasted, String expected) {
    assertThat(Mac.parse(pasted).orElseThrow()).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "52:54:00:12:34",
        "52:54:00:12:34:56:78",
        "52:54-00:12:34:56",
        "52:54:00:12:34:5g",
        "52:54:00:12:34:",
        "5254.0012.345",
        "5254-0012-3456",
        "5254001234567",
        "0x5254001234",
        "52:54:00:12:34:056",
        "٥٢:54:00:12:34:56",
      })
  void what_is_no_address_is_refused(String text) {
    assertThat(Mac.parse(text)).isEmpty();
    assertThatThrownBy(() -> Mac.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_is_written_as_urls_names_and_the_wire_want_it() {
    Mac mac = Mac.of("2:0:0:a:b:ff");

    assertThat(mac.hyphenated()).isEqualTo("02-00-00-0a-0b-ff");
    assertThat(mac.bare()).isEqualTo("0200000a0bff");
    assertThat(mac.octets()).containsExactly(2, 0, 0, 0x0a, 0x0b, 0xff);
    assertThat(Mac.of(new byte[] {9, 2, 0, 0, 0x0a, 0x0b, (byte) 0xff}, 1)).isEqualTo(mac);
  }

  @Test
  void the_group_bit_tells_what_is_no_machine() {
    assertThat(Mac.of("01:00:5e:00:00:01").isMulticast()).isTrue();
    assertThat(Mac.of("ff:ff:ff:ff:ff:ff").isMulticast()).isTrue();
    assertThat(Mac.of("52:54:00:12:34:56").isMulticast()).isFalse();
    assertThat(Mac.of("02:00:00:00:00:01").isMulticast()).isFalse();
  }

  @Test
  void more_than_48_bits_are_a_bug_of_ours() {
    assertThatThrownBy(() -> new Mac(1L << 48)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mac(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void they_sort_by_their_first_octet() {
    assertThat(Mac.of("ff:00:00:00:00:00")).isGreaterThan(Mac.of("01:ff:ff:ff:ff:ff"));
  }
}
