package io.arranque.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.33.0/24, 255.255.255.0, 192.168.33.255",
    "10.0.0.0/8, 255.0.0.0, 10.255.255.255",
    "172.16.4.0/22, 255.255.252.0, 172.16.7.255",
    "10.9.8.4/30, 255.255.255.252, 10.9.8.7",
    "10.9.8.7/32, 255.255.255.255, 10.9.8.7",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
  })
  void mask_and_broadcast_follow_from_the_prefix(String text, String mask, String broadcast) {
    Cidr subnet = Cidr.of(text);

    assertThat(subnet).hasToString(text);
    assertThat(subnet.mask()).hasToString(mask);
    assertThat(subnet.broadcast()).hasToString(broadcast);
    assertThat(Cidr.around(subnet.broadcast(), subnet.prefix())).isEqualTo(subnet);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.33.0/24, 192.168.33.0, true",
    "192.168.33.0/24, 192.168.33.255, true",
    "192.168.33.0/24, 192.168.34.0, false",
    "192.168.33.0/24, 192.168.32.255, false",
    "128.0.0.0/1, 255.255.255.255, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "10.9.8.7/32, 10.9.8.6, false",
  })
  void it_knows_what_lies_in_it(String subnet, String address, boolean expected) {
    assertThat(Cidr.of(subnet).contains(Ipv4.of(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.5.0.0/16, true",
    "10.5.0.0/24, 10.5.0.0/24, true",
    "10.5.0.0/24, 10.5.1.0/24, false",
    "0.0.0.0/0, 10.5.1.0/24, true",
  })
  void overlap_is_mutual(String one, String other, boolean expected) {
    assertThat(Cidr.of(one).overlaps(Cidr.of(other))).isEqualTo(expected);
    assertThat(Cidr.of(other).overlaps(Cidr.of(one))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/33",
        "10.0.0.1/24",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/ 8",
        "10.0/8"
      })
  void host_bits_and_nonsense_are_refused(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
    assertThatThrownBy(() -> Cidr.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_cannot_be_made_with_host_bits() {
    assertThatThrownBy(() -> new Cidr(Ipv4.of("10.0.0.1"), 24))
        .hasMessage("10.0.0.1/24 has host bits set");
    assertThatThrownBy(() -> new Cidr(Ipv4.ANY, 33)).hasMessage("a prefix is 0 to 32: 33");
  }
}
