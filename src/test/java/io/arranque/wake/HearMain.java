package io.arranque.wake;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a card in standby would hear, told a line a packet: the address it was sent to and the whole
 * payload. Arguments: broadcast addresses; a socket bound to one gets what is sent to that alone.
 * {@code any} hears everything: to 255.255.255.255 no socket can be bound.
 */
public final class HearMain {
  private HearMain() {}

  public static void main(String[] addresses) throws Exception {
    for (String address : addresses) {
      DatagramSocket socket = new DatagramSocket(null);
      socket.setReuseAddress(true);
      socket.bind(
          address.equals("any") ? new InetSocketAddress(9) : new InetSocketAddress(address, 9));
      Thread thread = new Thread(() -> hear(address, socket));
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("listens");
    // Until it is ended.
    new java.util.concurrent.CountDownLatch(1).await();
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
