package io.arranque.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0",
    "0.0.0.1, 1",
    "127.255.255.255, 2147483647",
    "128.0.0.0, -2147483648",
    "192.168.33.1, -1062723327",
    "255.255.255.255, -1",
  })
  void a_dotted_quad_is_read_and_written(String text, int bits) {
    Ipv4 address = Ipv4.parse(" " + text + "\n").orElseThrow();

    assertThat(address.bits()).isEqualTo(bits);
    assertThat(address).hasToString(text);
    assertThat(Ipv4.of(address.octets(), 0)).isEqualTo(address);
    assertThat(Ipv4.of((Inet4Address) address.toInetAddress())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "10.1",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.0.1",
        "10.0.0.-1",
        "10.0.0.1/24",
        "10.0.0.1000",
        "0x0a.0.0.1",
        "10..0.1",
        "localhost",
        "::1",
        "١.2.3.4"
      })
  void shortened_forms_and_everything_else_are_refused(String text) {
    assertThat(Ipv4.parse(text)).isEmpty();
    assertThatThrownBy(() -> Ipv4.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void they_count_and_sort_as_unsigned() {
    assertThat(Ipv4.of("128.0.0.0")).isGreaterThan(Ipv4.of("127.255.255.255"));
    assertThat(Ipv4.of("127.255.255.255").plus(1)).isEqualTo(Ipv4.of("128.0.0.0"));
    assertThat(Ipv4.of("10.1.0.0").plus(-1)).isEqualTo(Ipv4.of("10.0.255.255"));
    assertThat(Ipv4.BROADCAST).isGreaterThan(Ipv4.of("192.168.33.1"));
    assertThat(Ipv4.ANY.isAny()).isTrue();
    assertThat(Ipv4.BROADCAST.isAny()).isFalse();
  }
}
