package io.arranque.room;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The DHCP clients of all PCs: one port 68, answers are told apart by their transaction. */
final class Dhcp implements AutoCloseable {
  private static final int COOKIE = 0x63825363;
  private static final int OPTIONS = 240;

  /** Firmware waits 4 s before it asks again (PXE 2.1). */
  private static final long PATIENCE_MILLIS = 4_000;

  private static final int TRIES = 5;

  private final DatagramSocket socket;
  private final Map<Integer, LinkedBlockingQueue<byte[]>> waiting = new ConcurrentHashMap<>();

  /**
   * What a PC was given.
   *
   * @param file what to fetch next
   */
  record Given(InetAddress address, InetAddress server, String file) {}

  Dhcp() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(68));
    socket.setBroadcast(true);
    Thread reader = new Thread(this::read, "dhcp");
    reader.setDaemon(true);
    reader.start();
  }

  /** DISCOVER to ACK, as the ROM or as iPXE. */
  Given boot(long mac, boolean ipxe) throws IOException {
    byte[] offer = ask(mac, ipxe, 1, new byte[0], 2);
    byte[] requested = new byte[12];
    requested[0] = 50;
    requested[1] = 4;
    System.arraycopy(offer, 16, requested, 2, 4);
    requested[6] = 54;
    requested[7] = 4;
    byte[] id = option(offer, 54);
    if (id == null) {
      throw new IOException("an offer without server identifier");
    }
    System.arraycopy(id, 0, requested, 8, 4);
    return given(ask(mac, ipxe, 3, requested, 5));
  }

  private static Given given(byte[] ack) throws IOException {
    byte[] address = new byte[4];
    System.arraycopy(ack, 16, address, 0, 4);
    byte[] next = new byte[4];
    System.arraycopy(ack, 20, next, 0, 4);
    byte[] name = option(ack, 67);
    String file =
        name != null
            ? new String(name, StandardCharsets.US_ASCII)
            : new String(ack, 108, 128, StandardCharsets.US_ASCII);
    int end = file.indexOf(0);
    return new Given(
        InetAddress.getByAddress(address),
        InetAddress.getByAddress(next),
        end < 0 ? file : file.substring(0, end));
  }

  private byte[] ask(long mac, boolean ipxe, int type, byte[] more, int wanted)
      throws IOException {
    int transaction = ThreadLocalRandom.current().nextInt();
    LinkedBlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    waiting.put(transaction, answers);
    try {
      byte[] packet = packet(transaction, mac, ipxe, type, more);
      for (int attempt = 0; attempt < TRIES; attempt++) {
        socket.send(
            new DatagramPacket(
                packet, packet.length, InetAddress.getByName("255.255.255.255"), 67));
        byte[] answer = answers.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (answer != null) {
          byte[] is = option(answer, 53);
          if (is != null && is[0] == wanted) {
            return answer;
          }
        }
      }
      throw new IOException("DHCP did not answer " + Room.hyphened(mac));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      waiting.remove(transaction);
    }
  }

  private static byte[] packet(int transaction, long mac, boolean ipxe, int type, byte[] more) {
    ByteBuffer out = ByteBuffer.allocate(600);
    out.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0).putInt(transaction);
    // The answers are to be broadcast: the addresses are the test's before they are the PCs'.
    out.putShort((short) 0).putShort((short) 0x8000);
    out.position(28);
    out.putShort((short) (mac >> 32)).putInt((int) mac);
    out.position(236);
    out.putInt(COOKIE);
    option(out, 53, new byte[] {(byte) type});
    option(out, 57, new byte[] {5, (byte) 0xc0});
    option(out, 55, new byte[] {1, 3, 6, 12, 15, 43, 54, 60, 66, 67, (byte) 175});
    option(out, 60, "PXEClient:Arch:00007:UNDI:003016".getBytes(StandardCharsets.US_ASCII));
    option(out, 93, new byte[] {0, 7});
    option(out, 94, new byte[] {1, 3, 16});
    byte[] uuid = new byte[17];
    ByteBuffer.wrap(uuid).position(9).putLong(mac);
    option(out, 97, uuid);
    if (ipxe) {
      option(out, 77, "iPXE".getBytes(StandardCharsets.US_ASCII));
      // Of iPXE's own features: HTTP (0x13), menu (0x27), bzImage (0x18), EFI (0x24).
      option(out, 175, new byte[] {0x13, 1, 1, 0x27, 1, 1, 0x18, 1, 1, 0x24, 1, 1});
    }
    out.put(more);
    out.put((byte) 255);
    byte[] packet = new byte[Math.max(300, out.position())];
    System.arraycopy(out.array(), 0, packet, 0, out.position());
    return packet;
  }

  private static void option(ByteBuffer out, int code, byte[] value) {
    out.put((byte) code).put((byte) value.length).put(value);
  }

  private static byte @Nullable [] option(byte[] packet, int code) {
    int at = OPTIONS;
    while (at + 1 < packet.length && (packet[at] & 0xff) != 255) {
      if (packet[at] == 0) {
        at++;
        continue;
      }
      int length = packet[at + 1] & 0xff;
      if ((packet[at] & 0xff) == code) {
        byte[] value = new byte[length];
        System.arraycopy(packet, at + 2, value, 0, length);
        return value;
      }
      at += 2 + length;
    }
    return null;
  }

  private void read() {
    byte[] room = new byte[2048];
    try {
      while (!socket.isClosed()) {
        DatagramPacket datagram = new DatagramPacket(room, room.length);
        socket.receive(datagram);
        byte[] packet = java.util.Arrays.copyOf(room, datagram.getLength());
        if (packet.length > OPTIONS && packet[0] == 2) {
          LinkedBlockingQueue<byte[]> answers = waiting.get(ByteBuffer.wrap(packet).getInt(4));
          if (answers != null) {
            answers.add(packet);
          }
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
