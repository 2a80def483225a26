package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhcpOptionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1   | ffffff00                         | 255.255.255.0
          2   | fffff1f0                         | -3600
          3   | 0a0000010a000002                 | 10.0.0.1, 10.0.0.2
          12  | 61756c61                         | "aula"
          19  | 01                               | on
          19  | 02                               | 02
          51  | 0000a8c0                         | 43200 s
          51  | ffffffff                         | for ever
          53  | 05                               | ACK
          53  | 0d                               | 13
          55  | 0103                             | 1, 3
          57  | ff00                             | 65280
          82  | 0102616202016f                   | 1=6162, 2=6f
          93  | 00070010                         | 7, 16
          119 | 0161036c616200016200             | a.lab, b
          119 | 0161c000                         | 0161c000
          119 | 02611b00                         | 02611b00
          121 | 080ac0a82101000a000001           | 10.0.0.0/8 via 192.168.33.1, 0.0.0.0/0 via 10.0.0.1
          121 | 210a0000000a000001               | 210a0000000a000001
          222 | 6a61                             | 6a61 "ja"
          222 | 001b                             | 001b
          """)
  void isDescribedForPeople(int code, String hex, String description) {
    DhcpOption option = DhcpOption.decode(code, Octets.ofHex(hex));
    assertThat(option.describe()).isEqualTo(description);
    assertThat(option.encode()).hasToString(hex);
  }

  /** The nulls at the end of a text are the only octets that may be lost. */
  @Test
  void anyValueOfAnyCodeIsKeptAndCanBeDescribed() {
    Random random = new Random(2132);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt(256));
      }
      int code = 1 + random.nextInt(254);
      DhcpOption option = DhcpOption.decode(code, Octets.of(bytes));
      assertThat(option.code()).isEqualTo(code);
      assertThat(option.describe()).doesNotContain("\u001b", "\n");
      if (!(option instanceof DhcpOption.Text)) {
        assertThat(option.encode()).isEqualTo(Octets.of(bytes));
      }
    }
  }

  @Test
  void whatCannotGoOnTheWireCannotBeMade() {
    assertImpossible(() -> new DhcpOption.Flag(0, true));
    assertImpossible(() -> new DhcpOption.Flag(255, true));
    assertImpossible(() -> new DhcpOption.Text(12, ""));
    assertImpossible(() -> new DhcpOption.Text(12, "a\0"));
    assertImpossible(() -> new DhcpOption.Addresses(3, List.of()));
    assertImpossible(() -> new DhcpOption.Number(57, 2, 65536));
    assertImpossible(() -> new DhcpOption.Number(57, 2, -1));
    assertImpossible(() -> new DhcpOption.Number(57, 3, 1));
    assertImpossible(() -> new DhcpOption.Seconds(51, 1L << 32));
    assertImpossible(() -> new DhcpOption.Codes(55, 1, List.of(256)));
    assertImpossible(() -> new DhcpOption.Suboption(6, Octets.of(new byte[256])));
  }

  @Test
  void optionsAreEqualWhateverTheirOrder() {
    DhcpOption router = new DhcpOption.Addresses(3, List.of(Ipv4.of("10.0.0.1")));
    DhcpOption name = new DhcpOption.Text(12, "pc");
    assertThat(DhcpOptions.of(router, name)).isEqualTo(DhcpOptions.of(name, router));
    assertThat(DhcpOptions.of(router, name).with(new DhcpOption.Text(12, "b")).text(12))
        .contains("b");
    assertThat(DhcpOptions.of(router, name).without(3)).containsExactly(name);
  }

  private static void assertImpossible(Runnable make) {
    assertThatThrownBy(make::run).isInstanceOf(IllegalArgumentException.class);
  }
}
