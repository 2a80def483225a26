package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionParserTest {
  static List<Arguments> accepted() {
    return List.of(
        Arguments.of("ntp-servers", List.of("192.168.33.1"), "2a", "c0a82101"),
        Arguments.of("ntp-servers", "192.168.33.1, 192.168.33.2", "2a", "c0a82101c0a82102"),
        Arguments.of(150, "ip:192.168.33.1", "96", "c0a82101"),
        Arguments.of("150", "192.168.33.1", "96", "c0a82101"),
        Arguments.of("option-222", "hex:0a:0B", "de", "0a0b"),
        Arguments.of(222, "text:ja", "de", "6a61"),
        Arguments.of(222, "u8:255", "de", "ff"),
        Arguments.of(222, "u16:258", "de", "0102"),
        Arguments.of(222, "u32:4294967295", "de", "ffffffff"),
        Arguments.of(222, List.of("u8:1", "ip:10.0.0.1"), "de", "010a000001"),
        Arguments.of("subnet-mask", "255.255.255.0", "01", "ffffff00"),
        Arguments.of("Routers", "10.0.0.1", "03", "0a000001"),
        Arguments.of("host_name", "aula", "0c", "61756c61"),
        Arguments.of("interface-mtu", 1400, "1a", "0578"),
        Arguments.of("time-offset", -3600, "02", "fffff1f0"),
        Arguments.of("renewal-time", "12h", "3a", "0000a8c0"),
        Arguments.of("t2", 60, "3b", "0000003c"),
        Arguments.of("arp-timeout", "infinite", "23", "ffffffff"),
        Arguments.of("ip-forwarding", true, "13", "01"),
        Arguments.of("client-architecture", List.of(7, 16), "5d", "00070010"),
        Arguments.of("vendor-encapsulated-options", "hex:060108", "2b", "060108"),
        Arguments.of("static-routes", "10.1.0.0 10.0.0.1", "21", "0a0100000a000001"),
        Arguments.of("domain-search", List.of("a.lab", "b."), "77", "0161036c616200016200"),
        Arguments.of(
            "classless-static-route",
            List.of("10.0.0.0/8 192.168.33.1", "0.0.0.0/0 via 10.0.0.1"),
            "79",
            "080ac0a82101" + "000a000001"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void buildsTheOption(Object key, Object value, String code, String octets) {
    OptionParser.Parsed parsed = OptionParser.parse(key, value);
    assertThat(parsed.problem()).isEmpty();
    DhcpOption option = parsed.option().orElseThrow();
    assertThat("%02x".formatted(option.code())).isEqualTo(code);
    assertThat(option.encode()).hasToString(octets);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ntp-servers    | ntp.example    | wanted IPv4 addresses, got "ntp.example"
          ntp-servers    | 10.0.0.256     | wanted IPv4 addresses, got "10.0.0.256"
          subnet-mask    | 10.0.0.1,10.0.0.2 | wanted an IPv4 address, got "10.0.0.1,10.0.0.2"
          static-routes  | 10.0.0.1       | wanted an even number of IPv4 addresses, got "10.0.0.1"
          interface-mtu  | 65536          | wanted a number from 0 to 65535, got "65536"
          default-ip-ttl | -1             | wanted a number from 0 to 255, got "-1"
          renewal-time   | soon           | wanted a time span such as 12h or 3600, or "infinite", got "soon"
          ip-forwarding  | perhaps        | wanted true or false, got "perhaps"
          222            | naked          | wanted a value that begins with ip:, text:, hex:, u8:, u16: or u32:, got "naked"
          222            | u8:256         | wanted a value that begins with ip:, text:, hex:, u8:, u16: or u32:, got "u8:256"
          222            | hex:0a0        | wanted a value that begins with ip:, text:, hex:, u8:, u16: or u32:, got "hex:0a0"
          domain-search  | a..b           | wanted domain names, got "a..b"
          121            | 10.0.0.1/8 10.0.0.1 | wanted routes such as "10.0.0.0/8 192.168.33.1", got "10.0.0.1/8 10.0.0.1"
          ntp-serversx   | 10.0.0.1       | wanted an option's name or a number 1 to 254, got ntp-serversx; did you mean ntp-servers?
          no-such-thing  | 10.0.0.1       | wanted an option's name or a number 1 to 254, got no-such-thing
          255            | hex:00         | wanted an option's name or a number 1 to 254, got 255
          53             | 5              | wanted an option that is the same in every reply, got message-type, which is decided for each
          """)
  void saysWhatWasWantedAndWhatItGot(String key, String value, String problem) {
    OptionParser.Parsed parsed = OptionParser.parse(key, value);
    assertThat(parsed.option()).isEmpty();
    assertThat(parsed.problem()).contains(problem);
  }

  @Test
  void nothingAndAListWithNothingInItAreProblems() {
    List<Object> holed = new ArrayList<>(List.of("10.0.0.1"));
    holed.add(null);
    assertThat(OptionParser.parse("router", null).problem())
        .contains("wanted IPv4 addresses, got nothing");
    assertThat(OptionParser.parse("router", List.of()).problem())
        .contains("wanted IPv4 addresses, got []");
    assertThat(OptionParser.parse("router", holed).problem())
        .contains("wanted IPv4 addresses, got [10.0.0.1, null]");
    assertThat(OptionParser.parse("root-path", 17).problem()).contains("wanted text, got 17");
  }

  @Test
  void theOptionHasTheShapeOfItsCode() {
    assertThat(OptionParser.parse("ntp-servers", "10.0.0.1").option())
        .contains(new DhcpOption.Addresses(42, List.of(Ipv4.of("10.0.0.1"))));
    assertThat(OptionParser.parse(43, "hex:060108").option())
        .contains(
            new DhcpOption.Nested(
                43, List.of(new DhcpOption.Suboption(6, Octets.ofHex("08"))), false));
    assertThat(OptionParser.parse("router", "u8:1").option())
        .contains(new DhcpOption.Opaque(3, Octets.ofHex("01")));
  }
}
