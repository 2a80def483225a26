package io.arranque.dhcp.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhcpCodecTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final DhcpPacket DISCOVER =
      DhcpPacket.request(MessageType.DISCOVER, MAC, 0xdeadbeef);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          35 01 01                                 | 53=01          | one option, no end
          35 01 01 ff 0c 01 41                     | 53=01          | rubbish after the end
          00 00 35 00 00 35 01 01 00 ff            | 53=01          | RFC 2132 §3.1: padding between options
          0c 02 41 42 35 01 01 0c 01 43 ff         | 12=414243,53=01| RFC 3396 §7: pieces are joined
          0c 00 ff                                 | 12=            | an empty value
          0c 03 41 00 00 ff                        | 12=41          | RFC 2132 §2: nulls at the end are not text
          0c 02 c3 28 ff                           | 12=c328        | text that is none
          0c 03 41 1b 42 ff                        | 12=411b42      | a terminal's escape is no text
          33 02 00 01 ff                           | 51=0001        | a time of the wrong width
          fe 01 07 ff                              | 254=07         | a code nobody knows
          52 04 01 02 61 62 ff                     | 82=01026162    | RFC 3046 suboptions
          52 04 01 09 61 62 ff                     | 82=01096162    | a suboption longer than its option
          """)
  void readsOptions(String hex, String expected, String why) throws MalformedPacket {
    DhcpPacket packet = DhcpCodec.decode(withOptions(hex));
    String found =
        String.join(",", packet.options().stream().map(o -> o.code() + "=" + o.encode()).toList());
    assertThat(found).as(why).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          35 01 01 0c        | option 12 has no length
          35 01 01 0c 05 41  | option 12 claims 5 octets, 1 are left
          0c ff 41 42        | option 12 claims 255 octets, 2 are left
          """)
  void refusesAnOptionThatIsCutOff(String hex, String reason) {
    assertThatThrownBy(() -> DhcpCodec.decode(withOptions(hex)))
        .isInstanceOf(MalformedPacket.class)
        .hasMessage(reason)
        .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty());
  }

  @Test
  void refusesWhatIsNoDhcpMessage() {
    byte[] good = DhcpCodec.encode(DISCOVER);
    assertRefused(new byte[0], "0 octets");
    assertRefused(Arrays.copyOf(good, 235), "235 octets");
    assertRefused(Arrays.copyOf(good, 239), "magic cookie");
    assertRefused(changed(good, 0, 3), "op 3");
    assertRefused(changed(good, 0, 0x81), "op 129");
    assertRefused(changed(good, 2, 17), "hlen 17");
    assertRefused(changed(good, 2, 0xff), "hlen 255");
    assertRefused(Arrays.copyOf(changed(good, 236, 0), 299), "magic cookie");
  }

  @Test
  void takesBootpWithoutCookieForAMessageWithoutOptions() throws MalformedPacket {
    byte[] bootp = Arrays.copyOf(changed(DhcpCodec.encode(DISCOVER), 236, 0), 300);
    assertThat(DhcpCodec.decode(bootp).options()).isEqualTo(DhcpOptions.EMPTY);
    assertThat(DhcpCodec.decode(bootp).isBootp()).isTrue();
    assertThat(DhcpCodec.decode(bootp).chaddr()).isEqualTo(DISCOVER.chaddr());
  }

  @Test
  void aMessageMayEndRightAfterTheCookie() throws MalformedPacket {
    byte[] cut = Arrays.copyOf(DhcpCodec.encode(DISCOVER), 240);
    assertThat(DhcpCodec.decode(cut).options()).isEqualTo(DhcpOptions.EMPTY);
  }

  @Test
  void readsOnlyWhatRemainsInABufferAndLeavesItsPosition() throws MalformedPacket {
    byte[] bytes = DhcpCodec.encode(DISCOVER);
    ByteBuffer datagram = ByteBuffer.allocate(1000).position(7).put(bytes).flip().position(7);
    assertThat(DhcpCodec.decode(datagram)).isEqualTo(DISCOVER);
    assertThat(datagram.position()).isEqualTo(7);
  }

  /** RFC 1542 §2.1. */
  @Test
  void isNeverShorterThanThreeHundredOctetsAndPaddedWithZeros() {
    byte[] bytes = DhcpCodec.encode(DISCOVER);
    assertThat(bytes).hasSize(300);
    assertThat(Arrays.copyOfRange(bytes, 240, 244)).containsExactly(53, 1, 1, 0xff);
    assertThat(Arrays.copyOfRange(bytes, 244, 300)).containsOnly(0);
  }

  @Test
  void theMessageTypeGoesFirstAndTheRelaysOptionLast() {
    byte[] bytes =
        DhcpCodec.encode(
            DISCOVER.withOptions(
                DhcpOptions.of(
                    DhcpOption.decode(82, Octets.ofHex("010161")),
                    new DhcpOption.Text(12, "pc"),
                    MessageType.ACK.option())));
    assertThat(Octets.of(bytes, 240, 253)).hasToString("3501050c0270635203010161ff");
  }

  /** RFC 3396 §6. */
  @ParameterizedTest
  @CsvSource({"255, 1", "256, 2", "510, 2", "511, 3", "1000, 4"})
  void splitsValuesLongerThanAnOptionAndJoinsThemAgain(int size, int pieces)
      throws MalformedPacket {
    DhcpPacket packet = DISCOVER.with(new DhcpOption.Text(67, "a".repeat(size)));
    byte[] bytes = DhcpCodec.encode(packet);
    assertThat(bytes).hasSize(240 + 3 + size + 2 * pieces + 1);
    assertThat(DhcpCodec.decode(bytes)).isEqualTo(packet);
  }

  /** RFC 2131 §4.1 and RFC 3396 §5: the options field, then file, then sname. */
  @Test
  void readsOverloadedFieldsInTheirOrder() throws MalformedPacket {
    byte[] bytes = withOptions("34 01 03 0c 01 41 ff");
    put(bytes, 108, "0c 01 42 ff");
    put(bytes, 44, "0c 01 43 34 01 00 ff");
    DhcpPacket packet = DhcpCodec.decode(bytes);
    assertThat(packet.options()).containsExactly(new DhcpOption.Text(12, "ABC"));
    assertThat(packet.file()).isEmpty();
    assertThat(packet.sname()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "01, AB, server, ''",
    "02, AC, '', loader",
    "00, A, server, loader",
    "04, A, server, loader"
  })
  void leavesFieldsThatAreNotOverloadedAlone(
      String overload, String name, String sname, String file) throws MalformedPacket {
    byte[] bytes = withOptions("0c 01 41 34 01 " + overload + " ff");
    if (file.isEmpty()) {
      put(bytes, 108, "0c 01 42 ff");
    } else {
      System.arraycopy("loader".getBytes(ISO_8859_1), 0, bytes, 108, 6);
    }
    if (sname.isEmpty()) {
      put(bytes, 44, "0c 01 43 ff");
    } else {
      System.arraycopy("server".getBytes(ISO_8859_1), 0, bytes, 44, 6);
    }
    DhcpPacket packet = DhcpCodec.decode(bytes);
    assertThat(packet.options().text(12)).contains(name);
    assertThat(packet.sname()).isEqualTo(sname);
    assertThat(packet.file()).isEqualTo(file);
    assertThat(packet.options().contains(OptionCode.OVERLOAD)).isFalse();
  }

  @Test
  void usesFileAndSnameOnlyWhenTheClientTakesNoMore() throws MalformedPacket {
    DhcpPacket packet =
        DISCOVER
            .with(DhcpOption.decode(82, Octets.ofHex("010161")))
            .with(new DhcpOption.Text(17, "r".repeat(250)))
            .with(new DhcpOption.Text(12, "h".repeat(100)))
            .with(new DhcpOption.Text(15, "d".repeat(50)));
    byte[] roomy = DhcpCodec.encode(packet, 1500);
    byte[] tight = DhcpCodec.encode(packet, 576);
    assertThat(roomy[108]).isZero();
    assertThat(tight).hasSizeLessThanOrEqualTo(576 - 28);
    assertThat(tight[108]).isEqualTo((byte) 12);
    assertThat(DhcpCodec.decode(tight)).isEqualTo(packet);
  }

  @Test
  void leavesOutTheLastOptionsRatherThanTheReplyWhenNothingFits() throws MalformedPacket {
    DhcpPacket packet =
        DISCOVER
            .withFile("undionly.kpxe")
            .withSname("boot")
            .with(new DhcpOption.Address(54, Ipv4.of("10.0.0.1")))
            .with(new DhcpOption.Text(17, "r".repeat(250)))
            .with(new DhcpOption.Text(18, "e".repeat(250)))
            .with(DhcpOption.decode(82, Octets.ofHex("010161")));
    byte[] bytes = DhcpCodec.encode(packet, 0);
    assertThat(bytes).hasSizeLessThanOrEqualTo(576 - 28);
    assertThat(DhcpCodec.decode(bytes)).isEqualTo(packet.without(18));
  }

  @Test
  void fillsTheFixedFieldsToTheirLastOctetAndNoFurther() throws MalformedPacket {
    DhcpPacket packet = DISCOVER.withSname("s".repeat(64)).withFile("f".repeat(128));
    byte[] bytes = DhcpCodec.encode(packet);
    assertThat(new String(bytes, 44, 64, ISO_8859_1)).isEqualTo("s".repeat(64));
    assertThat(new String(bytes, 108, 128, ISO_8859_1)).isEqualTo("f".repeat(128));
    assertThat(DhcpCodec.decode(bytes)).isEqualTo(packet);
    assertThatThrownBy(() -> DISCOVER.withSname("s".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DISCOVER.withFile("f".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DISCOVER.withFile("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ignoresWhatFirmwareLeavesBehindTheEndOfAName() throws MalformedPacket {
    byte[] bytes = DhcpCodec.encode(DISCOVER.withFile("boot"));
    bytes[108 + 10] = 'x';
    assertThat(DhcpCodec.decode(bytes).file()).isEqualTo("boot");
  }

  @Test
  void lengthsAndNumbersAreUnsigned() throws MalformedPacket {
    DhcpPacket packet =
        DISCOVER
            .withSecs(0xffff)
            .withFlags(0xffff)
            .withHops(255)
            .withCiaddr(Ipv4.BROADCAST)
            .with(new DhcpOption.Seconds(51, DhcpOption.Seconds.INFINITE))
            .with(new DhcpOption.Number(57, 2, 65535))
            .with(new DhcpOption.Codes(55, 1, List.of(250, 1)));
    assertThat(DhcpCodec.decode(DhcpCodec.encode(packet))).isEqualTo(packet);
  }

  /** Whoever sends the largest datagram there is must not cost more than its length. */
  @Test
  void listsAsLongAsADatagramAreWrittenInNoTime() {
    byte[] list = new byte[64_000];
    Arrays.fill(list, (byte) 1);
    for (int code : List.of(55, 6, 93)) {
      DhcpPacket packet = DISCOVER.with(DhcpOption.decode(code, Octets.of(list)));
      assertTimeout(
          Duration.ofSeconds(2),
          () -> {
            for (int i = 0; i < 20; i++) {
              DhcpPacket again = DhcpCodec.decode(DhcpCodec.encode(packet));
              assertThat(again.equals(packet)).as("option " + code).isTrue();
            }
          });
    }
  }

  /** RFC 2131 Table 3, RFC 3046 §2.2, RFC 6842, RFC 4578 §2.3. */
  @Test
  void aReplyEchoesWhatItMustAndNothingElse() {
    DhcpOption clientId = DhcpOption.decode(61, Octets.ofHex("01525400123456"));
    DhcpOption oddRelay = DhcpOption.decode(82, Octets.ofHex("01ff61"));
    DhcpOption machineId = DhcpOption.decode(97, Octets.ofHex("00" + "11".repeat(16)));
    DhcpPacket request =
        DISCOVER
            .withFlags(0x8000)
            .withGiaddr(Ipv4.of("10.9.0.1"))
            .withSecs(4)
            .withHops(1)
            .withCiaddr(Ipv4.of("10.9.0.7"))
            .withFile("asked")
            .with(oddRelay)
            .with(clientId)
            .with(machineId)
            .with(new DhcpOption.Text(12, "pc"));
    DhcpPacket reply = DhcpPacket.replyTo(request);
    assertThat(PacketText.lines(reply))
        .containsExactly(
            "BOOTP REPLY deadbeef to 52:54:00:12:34:56",
            "  flags: broadcast",
            "  giaddr: 10.9.0.1",
            "  82 relay-agent-information: 01ff61",
            "  61 client-identifier: 01525400123456",
            "  97 client-machine-identifier: 11111111-1111-1111-1111-111111111111");
    assertThat(DhcpPacket.replyTo(DISCOVER).options()).isEqualTo(DhcpOptions.EMPTY);
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> DhcpCodec.decode(bytes))
        .isInstanceOf(MalformedPacket.class)
        .hasMessageContaining(reason);
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }

  /** A DISCOVER whose options field is exactly this hex. */
  private static byte[] withOptions(String hex) {
    byte[] options = Octets.ofHex(hex.replace(" ", "")).toArray();
    byte[] bytes = Arrays.copyOf(DhcpCodec.encode(DISCOVER), 240 + options.length);
    System.arraycopy(options, 0, bytes, 240, options.length);
    return bytes;
  }

  private static void put(byte[] bytes, int at, String hex) {
    byte[] value = Octets.ofHex(hex.replace(" ", "")).toArray();
    System.arraycopy(value, 0, bytes, at, value.length);
  }
}
