package io.arranque.lab;

import io.arranque.address.Mac;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PCs of a room that are nothing but what they say on the wire, so that a fault takes milliseconds
 * to cause where firmware takes half a minute. What they are told comes from the real appliance.
 */
final class SimulatedPcs implements AutoCloseable {
  static final String SERVER = "192.168.33.1";
  static final String OWN = "192.168.33.5";
  private static final long FIRST_MAC = 0x52_54_00_44_00_00L;

  private final VirtualRoom room;
  private final Path folder;
  private final SocketChannel orders;
  private final BufferedReader answers;

  private SimulatedPcs(VirtualRoom room, Path folder, SocketChannel orders) {
    this.room = room;
    this.folder = folder;
    this.orders = orders;
    this.answers = new BufferedReader(Channels.newReader(orders, StandardCharsets.UTF_8));
  }

  static SimulatedPcs in(VirtualRoom room) throws IOException {
    // Not in the room's folder: the path of such a socket has at most 107 octets.
    Path folder = Files.createTempDirectory("pcs");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("orders"));
    try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      door.bind(address);
      room.startServer(
          "simulated-pcs",
          OWN + "/24",
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              SimulatedPcMain.class.getName(),
              address.getPath().toString(),
              SERVER,
              OWN));
      return new SimulatedPcs(room, folder, door.accept());
    }
  }

  /** One to each fault. */
  static Mac mac(Symptom symptom) {
    return new Mac(FIRST_MAC + List.of(Symptom.values()).indexOf(symptom));
  }

  /** One that only stands around. */
  static Mac bystander(int number) {
    return new Mac(FIRST_MAC + 0x1000 + number);
  }

  VirtualRoom room() {
    return room;
  }

  SimulatedPc pc(Mac mac) {
    return new SimulatedPc(this, mac);
  }

  /** Takes a file of the room's site away. */
  void removeFromSite(String file) {
    try {
      Files.delete(room.folder().resolve("site").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of the order, in words. */
  synchronized List<String> order(String... words) {
    try {
      String line = String.join(" ", words) + "\n";
      orders.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      String answer = answers.readLine();
      if (answer == null || answer.startsWith("!")) {
        throw new IOException(line.strip() + ": " + answer);
      }
      return List.of(answer.split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      Files.deleteIfExists(folder.resolve("orders"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
