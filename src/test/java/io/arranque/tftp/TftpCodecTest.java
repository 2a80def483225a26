package io.arranque.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.tftp.TftpPacket.Ack;
import io.arranque.tftp.TftpPacket.Data;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.OptionAck;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.arranque.tftp.TftpPacket.WriteRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpCodecTest {
  static List<TftpPacket> packets() {
    List<TftpOption> options =
        List.of(new TftpOption("tsize", "0"), new TftpOption("blksize", "1468"));
    return List.of(
        new ReadRequest("snponly.efi", "octet", options),
        new ReadRequest("", "", List.of()),
        new WriteRequest("aula/pc\u00e1.txt", "netascii", options),
        new Data(65535, ByteBuffer.wrap(new byte[] {0, 1, -1})),
        new Data(0, ByteBuffer.allocate(0)),
        new Ack(40_000),
        new ErrorPacket(8, "User aborted the transfer"),
        new OptionAck(options),
        new OptionAck(List.of()));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void whatIsEncodedIsDecodedAsTheSame(TftpPacket packet) throws Exception {
    assertThat(TftpCodec.decode(TftpCodec.encode(packet))).isEqualTo(packet);
  }

  @Test
  void theRequestOfUefiFirmwareIsRead() throws Exception {
    String sent = "\0\1snponly.efi\0octet\0tsize\0000\0blksize\0001468\0windowsize\0004\0";
    assertThat(TftpCodec.decode(sent.getBytes(ISO_8859_1)))
        .isEqualTo(
            new ReadRequest(
                "snponly.efi",
                "octet",
                List.of(
                    new TftpOption("tsize", "0"),
                    new TftpOption("blksize", "1468"),
                    new TftpOption("windowsize", "4"))));
  }

  @Test
  void zerosBehindARequestArePadding() throws Exception {
    String sent = "\0\1a\0octet\0blksize\000512\0\0\0\0\0";
    assertThat(TftpCodec.decode(sent.getBytes(ISO_8859_1)))
        .isEqualTo(new ReadRequest("a", "octet", List.of(new TftpOption("blksize", "512"))));
  }

  @Test
  void anErrorMessageNeedsNoTerminator() throws Exception {
    assertThat(TftpCodec.decode("\0\5\0\1gone".getBytes(ISO_8859_1)))
        .isEqualTo(new ErrorPacket(1, "gone"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "\0\0",
        "\0\7x",
        "\1\1a\0octet\0",
        "\0\1",
        "\0\1a",
        "\0\1a\0",
        "\0\1a\0octet",
        "\0\1a\0octet\0blksize",
        "\0\1a\0octet\0blksize\0",
        "\0\1a\0octet\0blksize\0008",
        "\0\2a",
        "\0\3",
        "\0\3\0",
        "\0\4",
        "\0\4\0",
        "\0\5\0",
        "\0\6blksize\0"
      })
  void shortAndUnterminatedPacketsAreMalformed(String datagram) {
    assertThatThrownBy(() -> TftpCodec.decode(datagram.getBytes(ISO_8859_1)))
        .isInstanceOf(MalformedTftpPacket.class);
  }

  @Test
  void mutatedPacketsAreDecodedOrMalformedAndDecodingIsStable() throws Exception {
    long seed = 20260101;
    Random random = new Random(seed);
    int decoded = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = mutated(random);
      TftpPacket packet;
      try {
        packet = TftpCodec.decode(bytes);
      } catch (MalformedTftpPacket e) {
        continue;
      }
      decoded++;
      assertThat(TftpCodec.decode(TftpCodec.encode(packet)))
          .as("seed %d round %d", seed, round)
          .isEqualTo(packet);
    }
    assertThat(decoded).isBetween(10_000, 190_000);
  }

  private static byte[] mutated(Random random) {
    List<TftpPacket> packets = packets();
    byte[] bytes = TftpCodec.encode(packets.get(random.nextInt(packets.size())));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(600));
        default -> bytes[Math.min(1, bytes.length - 1)] = (byte) random.nextInt(8);
      }
    }
    return bytes;
  }
}
