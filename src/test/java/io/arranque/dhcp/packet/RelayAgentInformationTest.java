package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayAgentInformationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4769312f302f37     | Gi1/0/7
          67652d302f302f372e30 | ge-0/0/7.0
          0004000c0107       | vlan 12, module 1, port 7
          01054661302f31     | Fa0/1
          0007               | 0x0007
          0004000c01         | 0x0004000c01
          1b5b324a           | 0x1b5b324a
          """)
  void a_circuit_is_text_or_the_numbers_of_cisco_or_hex(String hex, String text) {
    assertThat(RelayAgentInformation.describeCircuit(Octets.ofHex(hex))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0006001122aabbcc   | 00:11:22:aa:bb:cc
          001122aabbcc       | 00:11:22:aa:bb:cc
          737761756c61       | swaula
          0104737735         | 0x0104737735
          0103737735         | sw5
          ff                 | 0xff
          """)
  void a_remote_is_a_mac_or_text_or_hex(String hex, String text) {
    assertThat(RelayAgentInformation.describeRemote(Octets.ofHex(hex))).isEqualTo(text);
  }

  @Test
  void what_a_relay_wrote_is_read_verbatim_and_what_is_no_list_of_suboptions_is_nothing() {
    assertThat(RelayAgentInformation.of(packet("0106" + "0004000c0107" + "0202" + "6162")))
        .hasValueSatisfying(
            said -> {
              assertThat(said.circuitId()).map(Octets::toString).contains("0004000c0107");
              assertThat(said.remoteId()).map(Octets::toString).contains("6162");
            });
    assertThat(RelayAgentInformation.of(packet("0206616263"))).isEmpty();
    assertThat(RelayAgentInformation.of(packet("9802aabb"))).isEmpty();
    assertThat(RelayAgentInformation.of(packet("0100"))).isEmpty();
  }

  @Test
  void link_selection_and_server_id_override_are_addresses_or_nothing() {
    assertThat(RelayAgentInformation.of(packet("05040a000001" + "0b040a000002")))
        .hasValueSatisfying(
            said -> {
              assertThat(said.linkSelection()).contains(Ipv4.of("10.0.0.1"));
              assertThat(said.serverIdOverride()).contains(Ipv4.of("10.0.0.2"));
            });
    assertThat(RelayAgentInformation.of(packet("05030a0000" + "0b0400000000"))).isEmpty();
  }

  private static DhcpPacket packet(String hex) {
    return DhcpPacket.request(MessageType.DISCOVER, Mac.of("52:54:00:00:00:01"), 1)
        .with(DhcpOption.decode(OptionCode.RELAY_AGENT_INFORMATION, Octets.ofHex(hex)));
  }
}
