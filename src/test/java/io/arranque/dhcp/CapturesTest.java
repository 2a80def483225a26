package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CapturesTest {
  private static final Destination EVERYBODY = new Destination(Ipv4.BROADCAST, 68);
  private static final Mac OURS = Mac.of("02:00:00:00:00:01");

  private Instant now = Instant.parse("2026-03-01T08:00:00.123456Z");
  private final Captures captures = new Captures(() -> now);

  @Test
  void ofEachMachineTheLastPacketsAreKeptInBothDirections() {
    for (int i = 0; i < 40; i++) {
      captures.heard(discover(Fixture.MAC), Fixture.DIRECT);
      captures.sent(reply(Fixture.MAC, MessageType.OFFER), Fixture.DIRECT, EVERYBODY);
      now = now.plusMillis(1);
    }
    captures.heard(discover(Fixture.OTHER_MAC), Fixture.DIRECT);

    assertThat(captures.of(Fixture.MAC)).hasSize(Captures.PER_MACHINE);
    assertThat(captures.of(Fixture.MAC)).filteredOn(CapturedPacket::isSent).hasSize(16);
    assertThat(captures.of(Fixture.OTHER_MAC)).hasSize(1);
    assertThat(captures.all()).hasSize(Captures.PER_MACHINE + 1);
  }

  @Test
  void whatBelongsToNoMachineIsAmongAll() {
    captures.heard(new byte[] {1, 2, 3}, Fixture.DIRECT);
    assertThat(captures.all()).hasSize(1);
  }

  @Test
  void inventedMacsPushOutOtherInventionsAndNotTheMachineThatHasAnAddress() {
    captures.heard(discover(Fixture.MAC), Fixture.DIRECT);
    captures.sent(reply(Fixture.MAC, MessageType.ACK), Fixture.DIRECT, EVERYBODY);
    for (int i = 0; i < 3_000; i++) {
      captures.heard(discover(new Mac(0x020000000000L + i)), Fixture.DIRECT);
    }
    assertThat(captures.of(Fixture.MAC)).hasSize(2);
    assertThat(captures.all()).hasSize(2 + Captures.NEWCOMERS);
  }

  @Test
  void theMachineSilentLongestGoesFirst() {
    for (int i = 0; i <= Captures.SETTLED; i++) {
      captures.sent(
          reply(new Mac(0x520000000000L + i), MessageType.ACK), Fixture.DIRECT, EVERYBODY);
    }
    assertThat(captures.of(new Mac(0x520000000000L))).isEmpty();
    assertThat(captures.of(new Mac(0x520000000001L))).hasSize(1);
  }

  @Test
  void ofAFloodTheFirstOfEachSecondAreKept() {
    for (int i = 0; i < Captures.PER_SECOND + 10; i++) {
      captures.heard(discover(new Mac(0x020000000000L + i % 200)), Fixture.DIRECT);
    }
    captures.heard(discover(Fixture.MAC), Fixture.DIRECT);
    assertThat(captures.of(Fixture.MAC)).isEmpty();
    now = now.plusSeconds(1);
    captures.heard(discover(Fixture.MAC), Fixture.DIRECT);
    assertThat(captures.of(Fixture.MAC)).hasSize(1);
  }

  @Test
  void largePacketsDoNotFillTheMemory() {
    for (int i = 0; i < 30_000; i++) {
      now = now.plusMillis(1);
      Mac mac = new Mac(0x520000000000L + i % 900);
      byte[] ack = java.util.Arrays.copyOf(reply(mac, MessageType.ACK), 2_048);
      captures.sent(ack, Fixture.DIRECT, EVERYBODY);
    }
    int octets = captures.all().stream().mapToInt(p -> p.payload().length).sum();
    assertThat(octets).isBetween(Captures.MAX_OCTETS / 2, Captures.MAX_OCTETS);
  }

  @Test
  void theFileIsWhatWiresharkReads() throws Exception {
    byte[] question = discover(Fixture.MAC);
    byte[] answer = reply(Fixture.MAC, MessageType.ACK);
    captures.heard(question, Fixture.DIRECT);
    now = now.plusMillis(5);
    captures.sent(answer, Fixture.DIRECT, EVERYBODY);

    ByteBuffer file = ByteBuffer.wrap(PcapFile.of(captures.all(), Map.of("sala5", OURS)));
    assertThat(file.getInt()).isEqualTo(0xa1b2c3d4);
    assertThat(file.getShort()).isEqualTo((short) 2);
    assertThat(file.position(20).getInt()).isEqualTo(1);

    Frame first = Frame.next(file);
    assertThat(first.seconds).isEqualTo(Instant.parse("2026-03-01T08:00:00Z").getEpochSecond());
    assertThat(first.micros).isEqualTo(123_456);
    assertThat(first.ethernet).isEqualTo("ffffffffffff" + Fixture.MAC.bare() + "0800");
    assertThat(first.addresses).isEqualTo("0.0.0.0:68 255.255.255.255:67");
    assertThat(first.payload).isEqualTo(question);

    Frame second = Frame.next(file);
    assertThat(second.micros).isEqualTo(128_456);
    assertThat(second.ethernet).isEqualTo("ffffffffffff" + OURS.bare() + "0800");
    assertThat(second.addresses).isEqualTo("192.168.33.1:67 255.255.255.255:68");
    assertThat(DhcpCodec.decode(second.payload).messageType()).contains(MessageType.ACK);
    assertThat(file.remaining()).isZero();
  }

  @Test
  void aRelaysMacIsNotMadeUp() {
    Arrival relayed = new Arrival("sala6", Fixture.SERVER, 67, Ipv4.of("10.6.0.1"), 67);
    byte[] question =
        DhcpCodec.encode(Fixture.discover(Fixture.MAC).withGiaddr(Ipv4.of("10.6.0.1")));
    captures.heard(question, relayed);
    captures.sent(question, relayed, new Destination(Ipv4.of("10.6.0.1"), 67));
    ByteBuffer file = ByteBuffer.wrap(PcapFile.of(captures.all(), Map.of("sala6", OURS)));
    file.position(24);
    Frame in = Frame.next(file);
    assertThat(in.ethernet).isEqualTo(OURS.bare() + "000000000000" + "0800");
    assertThat(in.addresses).isEqualTo("10.6.0.1:67 192.168.33.1:67");
    Frame out = Frame.next(file);
    assertThat(out.ethernet).isEqualTo("000000000000" + OURS.bare() + "0800");
  }

  private static byte[] discover(Mac mac) {
    return DhcpCodec.encode(Fixture.discover(mac));
  }

  private static byte[] reply(Mac mac, MessageType type) {
    return DhcpCodec.encode(DhcpPacket.replyTo(Fixture.discover(mac)).with(type.option()));
  }

  /** Read by the RFCs' offsets, with checksums verified the way a receiver does. */
  private static final class Frame {
    private long seconds;
    private int micros;
    private String ethernet = "";
    private String addresses = "";
    private byte[] payload = new byte[0];

    static Frame next(ByteBuffer file) {
      Frame frame = new Frame();
      frame.seconds = file.getInt();
      frame.micros = file.getInt();
      int length = file.getInt();
      assertThat(file.getInt()).isEqualTo(length);
      byte[] octets = new byte[length];
      file.get(octets);
      ByteBuffer ip = ByteBuffer.wrap(octets).order(ByteOrder.BIG_ENDIAN);
      frame.ethernet = java.util.HexFormat.of().formatHex(octets, 0, 14);
      assertThat(ip.get(14)).isEqualTo((byte) 0x45);
      assertThat(ip.getShort(16) & 0xffff).isEqualTo(length - 14);
      assertThat(ip.get(23)).isEqualTo((byte) 17);
      assertThat(onesComplement(ip, 14, 34, 0)).isEqualTo(0xffff);
      int udp = ip.getShort(38) & 0xffff;
      assertThat(udp).isEqualTo(length - 34);
      assertThat(onesComplement(ip, 26, length, 17 + udp)).isEqualTo(0xffff);
      frame.addresses =
          Ipv4.of(octets, 26)
              + ":"
              + (ip.getShort(34) & 0xffff)
              + " "
              + Ipv4.of(octets, 30)
              + ":"
              + (ip.getShort(36) & 0xffff);
      frame.payload = java.util.Arrays.copyOfRange(octets, 42, length);
      return frame;
    }

    private static int onesComplement(ByteBuffer octets, int from, int to, int start) {
      int sum = start;
      for (int i = from; i < to; i += 2) {
        int low = i + 1 < to ? octets.get(i + 1) & 0xff : 0;
        sum += (octets.get(i) & 0xff) << 8 | low;
        sum = (sum & 0xffff) + (sum >> 16);
      }
      return sum;
    }
  }
}
