package io.arranque.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1-10.0.0.9, 10.0.0.1-10.0.0.9, 9",
    "' 10.0.0.1 - 10.0.0.1 ', 10.0.0.1-10.0.0.1, 1",
    "10.0.0.5, 10.0.0.5-10.0.0.5, 1",
    "127.255.255.255-128.0.0.0, 127.255.255.255-128.0.0.0, 2",
    "0.0.0.0-255.255.255.255, 0.0.0.0-255.255.255.255, 4294967296",
  })
  void two_ends_or_one_address_are_a_range(String text, String written, long size) {
    AddressRange range = AddressRange.parse(text).orElseThrow();

    assertThat(range).hasToString(written);
    assertThat(range.size()).isEqualTo(size);
    assertThat(range.contains(range.first())).isTrue();
    assertThat(range.contains(range.last())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "10.0.0.1-",
        "-10.0.0.1",
        "10.0.0.9-10.0.0.1",
        "10.0.0.1-10.0.0.2-10.0.0.3",
        "10.0.0.1-9",
        "10.0.0.0/24",
        "10.0.0.1–10.0.0.2"
      })
  void the_wrong_way_round_and_nonsense_are_refused(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1-10.0.0.9, 10.0.0.9-10.0.0.20, true",
    "10.0.0.1-10.0.0.9, 10.0.0.10-10.0.0.20, false",
    "10.0.0.1-10.0.0.9, 10.0.0.4, true",
    "10.0.0.1-10.0.0.9, 0.0.0.0-255.255.255.255, true",
    "127.0.0.1-127.0.0.9, 128.0.0.1-128.0.0.9, false",
  })
  void overlap_is_mutual(String one, String other, boolean expected) {
    assertThat(AddressRange.of(one).overlaps(AddressRange.of(other))).isEqualTo(expected);
    assertThat(AddressRange.of(other).overlaps(AddressRange.of(one))).isEqualTo(expected);
  }

  @Test
  void what_lies_outside_is_not_in_it() {
    AddressRange range = AddressRange.of("127.0.0.5-200.0.0.5");

    assertThat(range.contains(Ipv4.of("127.0.0.4"))).isFalse();
    assertThat(range.contains(Ipv4.of("200.0.0.6"))).isFalse();
    assertThat(range.contains(Ipv4.of("128.0.0.0"))).isTrue();
    assertThatThrownBy(() -> new AddressRange(range.last(), range.first()))
        .hasMessage("200.0.0.5 lies after 127.0.0.5");
  }
}
