package io.arranque.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MagicPacketTest {
  @Test
  void six_octets_of_ones_and_sixteen_times_the_mac() {
    assertThat(HexFormat.of().formatHex(MagicPacket.of(Mac.of("52:54:00:0a:bc:ff"))))
        .isEqualTo("ffffffffffff" + "5254000abcff".repeat(16))
        .hasSize(2 * 102);
  }
}
