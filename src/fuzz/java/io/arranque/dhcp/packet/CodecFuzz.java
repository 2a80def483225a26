package io.arranque.dhcp.packet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Jazzer's target for the codec: whatever comes over the wire is a packet or {@link
 * MalformedPacket}, and a packet once decoded survives the wire. {@code mvn -Pfuzz test} runs it.
 */
public final class CodecFuzz {
  private CodecFuzz() {}

  /** Called by Jazzer once: the recorded packets of real firmware are where it begins. */
  public static void fuzzerInitialize() throws IOException {
    Path corpus = Files.createDirectories(Path.of("target/fuzz/CodecFuzz"));
    for (Captures.Capture capture : Captures.all()) {
      Files.write(corpus.resolve(capture.name()), capture.octets().toArray());
    }
  }

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    DhcpPacket packet;
    try {
      packet = DhcpCodec.decode(input);
    } catch (MalformedPacket expected) {
      return;
    }
    byte[] once = DhcpCodec.encode(packet);
    byte[] tight = DhcpCodec.encode(packet, packet.maxMessageSize());
    try {
      DhcpPacket again = DhcpCodec.decode(once);
      check(again.equals(packet), "does not read back as it was written");
      check(Arrays.equals(DhcpCodec.encode(again), once), "is not written the same again");
      DhcpCodec.decode(tight);
    } catch (MalformedPacket e) {
      throw new AssertionError("we write what we cannot read", e);
    }
    check(!PacketText.summary(packet).isEmpty(), "has no text");
  }

  private static void check(boolean condition, String trouble) {
    if (!condition) {
      throw new AssertionError(trouble);
    }
  }
}
