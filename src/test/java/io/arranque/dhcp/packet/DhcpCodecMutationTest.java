package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes over the wire, decoding gives a packet or {@link MalformedPacket}, and a packet
 * once decoded survives the wire.
 */
class DhcpCodecMutationTest {
  /** For each seed; {@code -Dcodec.mutations=1000000} for a longer look. */
  private static final int ROUNDS = Integer.getInteger("codec.mutations", 40_000);

  private static final List<byte[]> SEEDS =
      Captures.all().stream().map(capture -> capture.octets().toArray()).toList();

  /** Two fixed seeds, so that a failure stays, and a new one on each run. */
  static List<Long> seeds() {
    return List.of(1L, 2131L, System.nanoTime());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingButMalformedPacketComesOut(long seed) {
    Random random = new Random(seed);
    int decoded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = input(random);
      try {
        decoded += survives(input) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed %d, round %d, input %s".formatted(seed, round, HexFormat.of().formatHex(input)),
            e);
      }
    }
    // Mutations that are all refused would test nothing behind the header.
    assertThat(decoded).as("decoded with seed %d", seed).isBetween(ROUNDS / 5, ROUNDS - 1);
  }

  private static boolean survives(byte[] input) {
    DhcpPacket packet;
    try {
      packet = DhcpCodec.decode(input);
    } catch (MalformedPacket expected) {
      return false;
    }
    try {
      byte[] once = DhcpCodec.encode(packet);
      DhcpPacket again = DhcpCodec.decode(once);
      check(again.equals(packet), "reads back as it was written");
      check(Arrays.equals(DhcpCodec.encode(again), once), "is written the same again");
      check(once.length >= 300, "has the least length");
      byte[] tight = DhcpCodec.encode(packet, packet.maxMessageSize());
      check(tight.length <= tightLimit(packet), "keeps to the client's size");
      DhcpCodec.decode(tight);
      DhcpCodec.decode(DhcpCodec.encode(DhcpPacket.replyTo(packet)));
      check(!PacketText.lines(packet).isEmpty(), "can be shown");
      packet.uuid();
      packet.architecture();
      packet.requestedOptions();
    } catch (MalformedPacket e) {
      throw new AssertionError("wrote what it cannot read: " + e.getMessage(), e);
    }
    return true;
  }

  /** Not AssertJ's, which takes longer than the codec. */
  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("broken: " + rule);
    }
  }

  /** Option 82 is never left out and does not count: the relay takes it out again. */
  private static int tightLimit(DhcpPacket packet) {
    int relay =
        packet
            .options()
            .octets(82)
            .map(v -> v.size() + 2 * Math.max(1, (v.size() + 254) / 255))
            .orElse(0);
    return packet.maxMessageSize() - 28 + relay;
  }

  private static byte[] input(Random random) {
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(700)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      bytes = mutated(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    // Most of the meaning lies behind the fixed fields.
    int from = bytes.length > 240 && random.nextInt(4) > 0 ? 240 : 0;
    int at = from + random.nextInt(bytes.length - from);
    byte[] copy = bytes.clone();
    switch (random.nextInt(7)) {
      case 0 -> copy[at] = (byte) random.nextInt(256);
      case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 2 ->
          copy[at] =
              (byte) List.of(0, 1, 52, 53, 82, 127, 128, 255).get(random.nextInt(8)).intValue();
      case 3 ->
          copy =
              Arrays.copyOf(bytes, random.nextInt(8) == 0 ? at : bytes.length + random.nextInt(40));
      case 4 -> copy = doubled(bytes, at, random);
      case 5 -> copy = overloaded(bytes, random);
      default -> {
        int length = Math.min(random.nextInt(8), bytes.length - at);
        System.arraycopy(bytes, from, copy, at, length);
      }
    }
    return copy;
  }

  /** A stretch of the options twice, which is what RFC 3396 is about. */
  private static byte[] doubled(byte[] bytes, int at, Random random) {
    int length = Math.min(random.nextInt(300), bytes.length - at);
    byte[] copy = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, copy, at + length, bytes.length - at);
    return copy;
  }

  private static byte[] overloaded(byte[] bytes, Random random) {
    if (bytes.length < 246) {
      return bytes;
    }
    byte[] copy = Arrays.copyOf(bytes, bytes.length + 3);
    System.arraycopy(bytes, 240, copy, 243, bytes.length - 240);
    System.arraycopy(new byte[] {52, 1, (byte) random.nextInt(4)}, 0, copy, 240, 3);
    System.arraycopy(bytes, 240, copy, 108, Math.min(bytes.length - 240, random.nextInt(128)));
    System.arraycopy(bytes, 240, copy, 44, Math.min(bytes.length - 240, random.nextInt(64)));
    return copy;
  }
}
