package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A relay that brings one machine's DISCOVER to a server and says what came back. */
final class RelayMain {
  private static final int MILLIS = 10_000;

  private RelayMain() {}

  /** Arguments: the relay's address, the server's. */
  public static void main(String[] arguments) throws Exception {
    byte[] asked =
        DhcpCodec.encode(
            Fixture.discover(Fixture.MAC).withHops(1).withGiaddr(Ipv4.of(arguments[0])));
    try (DatagramSocket socket = new DatagramSocket(Arrival.DHCP)) {
      socket.setSoTimeout(MILLIS);
      socket.send(
          new DatagramPacket(
              asked, asked.length, new InetSocketAddress(arguments[1], Arrival.DHCP)));
      DatagramPacket heard = new DatagramPacket(new byte[1500], 1500);
      socket.receive(heard);
      DhcpPacket reply = DhcpCodec.decode(Arrays.copyOf(heard.getData(), heard.getLength()));
      System.out.println(reply.messageType().orElseThrow() + " " + reply.yiaddr());
    }
  }
}
