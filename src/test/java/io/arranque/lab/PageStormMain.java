package io.arranque.lab;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Forty PCs that ask for an address again and again, as PXE ROMs do; prints how long the OFFERs
 * took. Runs in the room; arguments: packets, packets a second.
 */
final class PageStormMain {
  private static final int PCS = 40;
  private static final int ANSWER_MILLIS = 2_000;
  private static final long FIRST = 0x025000000000L;

  private PageStormMain() {}

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    long pause = 1_000_000_000L / Integer.parseInt(args[1]);
    long[] sent = new long[count];
    long[] took = new long[count];
    try (DatagramSocket socket = new DatagramSocket(68)) {
      socket.setBroadcast(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      Thread listener = new Thread(() -> listen(socket, sent, took), "listener");
      listener.start();
      InetAddress all = InetAddress.getByName("192.168.33.255");
      long next = System.nanoTime();
      for (int i = 0; i < count; i++) {
        byte[] octets = DhcpCodec.encode(discover(i));
        sent[i] = System.nanoTime();
        socket.send(new DatagramPacket(octets, octets.length, all, 67));
        next += pause;
        LockSupport.parkNanos(next - System.nanoTime());
      }
      listener.join();
    }
    long[] answered = Arrays.stream(took).filter(t -> t > 0).sorted().toArray();
    System.out.printf(
        "ANSWERED %d of %d P50 %d P99 %d%n",
        answered.length,
        count,
        answered[answered.length / 2] / 1_000,
        answered[answered.length * 99 / 100] / 1_000);
  }

  private static DhcpPacket discover(int number) {
    byte[] vendor = "PXEClient:Arch:00007:UNDI:003016".getBytes(StandardCharsets.US_ASCII);
    return DhcpPacket.request(MessageType.DISCOVER, new Mac(FIRST + number % PCS), number)
        .withFlags(0x8000)
        .with(new DhcpOption.Opaque(OptionCode.VENDOR_CLASS, Octets.of(vendor)))
        .with(new DhcpOption.Opaque(OptionCode.CLIENT_ARCHITECTURE, Octets.of((byte) 0, (byte) 7)));
  }

  private static void listen(DatagramSocket socket, long[] sent, long[] took) {
    byte[] octets = new byte[2_048];
    try {
      while (true) {
        DatagramPacket datagram = new DatagramPacket(octets, octets.length);
        socket.receive(datagram);
        long now = System.nanoTime();
        int xid = DhcpCodec.decode(Arrays.copyOf(octets, datagram.getLength())).xid();
        if (xid >= 0 && xid < took.length && took[xid] == 0) {
          took[xid] = now - sent[xid];
        }
      }
    } catch (SocketTimeoutException e) {
      // Nothing more comes.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
