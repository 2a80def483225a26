package io.arranque.wake;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a card in standby would hear, told a line a packet: the address it was sent to and the whole
 * payload. Arguments: broadcast addresses. A socket bound to one gets what is sent to that alone.
 */
public final class HearMain {
  private HearMain() {}

  public static void main(String[] addresses) throws Exception {
    for (String address : addresses) {
      DatagramSocket socket = new DatagramSocket(null);
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, 9));
      new Thread(() -> hear(address, socket)).start();
    }
    System.out.println("listens");
  }

  private static void hear(String address, DatagramSocket socket) {
    byte[] buffer = new byte[1_500];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] payload = Arrays.copyOf(buffer, packet.getLength());
        System.out.println(
            address
                + " from "
                + packet.getAddress().getHostAddress()
                + " "
                + HexFormat.of().formatHex(payload));
      }
    } catch (java.io.IOException e) {
      System.out.println(e);
    }
  }
}
