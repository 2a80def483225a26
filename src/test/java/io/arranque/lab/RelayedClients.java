package io.arranque.lab;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Many machines behind one relay, each with at most one exchange under way; what the server
 * acknowledged stands in a {@link LeaseLedger}. One thread.
 */
final class RelayedClients {
  private static final int UNDER_WAY = 64;
  // A cold server on a busy box is slow; asking it more often makes it slower.
  private static final long AGAIN_NANOS = 2_000_000_000L;
  private static final long LAST_WORDS_NANOS = 500_000_000L;
  private static final int LISTEN_MILLIS = 5;
  private static final long FIRST_MAC = 0x02_00_00_10_00_00L;

  /** What a machine does, and with which number; it keeps at it until it is answered. */
  private record Exchange(DhcpPacket packet, long sentAt) {}

  private final Ipv4 relay;
  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private final LeaseLedger ledger = new LeaseLedger();
  private final Exchange[] exchanges;
  private int underWay;
  private int xid;

  RelayedClients(int count, Ipv4 relay, Ipv4 server) throws IOException {
    this.relay = relay;
    this.server = new InetSocketAddress(server.toInetAddress(), 67);
    this.exchanges = new Exchange[count];
    this.socket = new DatagramSocket(new InetSocketAddress(relay.toInetAddress(), 67));
    socket.setSoTimeout(LISTEN_MILLIS);
  }

  LeaseLedger ledger() {
    return ledger;
  }

  private static Mac mac(int client) {
    return new Mac(FIRST_MAC + client);
  }

  /** Powers on, renews and gives back at random until {@code stop} says so. */
  void load(Random random, BooleanSupplier stop) throws IOException {
    Arrays.fill(exchanges, null);
    underWay = 0;
    while (!stop.getAsBoolean()) {
      while (underWay < UNDER_WAY) {
        begin(random);
      }
      listen();
      repeat();
    }
    // The last answers of a server that is no more are on the wire still.
    long end = System.nanoTime() + LAST_WORDS_NANOS;
    while (System.nanoTime() < end) {
      listen();
    }
  }

  private void begin(Random random) throws IOException {
    int client = random.nextInt(exchanges.length);
    if (exchanges[client] != null) {
      return;
    }
    Ipv4 address = ledger.of(mac(client)).orElse(null);
    int dice = random.nextInt(100);
    if (address == null || dice < 15) {
      send(client, message(MessageType.DISCOVER, client));
    } else if (dice < 30) {
      // Nobody answers this one.
      ledger.released(mac(client));
      transmit(
          message(MessageType.RELEASE, client)
              .withCiaddr(address)
              .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, serverAddress())));
    } else {
      send(client, message(MessageType.REQUEST, client).withCiaddr(address));
    }
  }

  private Ipv4 serverAddress() {
    return Ipv4.of((Inet4Address) server.getAddress());
  }

  private DhcpPacket message(MessageType type, int client) {
    return DhcpPacket.request(type, mac(client), ++xid).withGiaddr(relay).withHops(1);
  }

  private void send(int client, DhcpPacket packet) throws IOException {
    underWay += exchanges[client] == null ? 1 : 0;
    exchanges[client] = new Exchange(packet, System.nanoTime());
    transmit(packet);
  }

  private void transmit(DhcpPacket packet) throws IOException {
    byte[] octets = DhcpCodec.encode(packet);
    socket.send(new DatagramPacket(octets, octets.length, server));
  }

  private void repeat() throws IOException {
    long now = System.nanoTime();
    for (int client = 0; client < exchanges.length; client++) {
      Exchange exchange = exchanges[client];
      if (exchange != null && now - exchange.sentAt() > AGAIN_NANOS) {
        send(client, exchange.packet());
      }
    }
  }

  /** Takes what has come, for at most some milliseconds. */
  private void listen() throws IOException {
    byte[] octets = new byte[2048];
    for (int i = 0; i < UNDER_WAY; i++) {
      DatagramPacket datagram = new DatagramPacket(octets, octets.length);
      try {
        socket.receive(datagram);
        answered(DhcpCodec.decode(Arrays.copyOf(octets, datagram.getLength())));
      } catch (SocketTimeoutException e) {
        return;
      } catch (MalformedPacket e) {
        throw new IOException("the server sends what is not DHCP", e);
      }
    }
  }

  private void answered(DhcpPacket reply) throws IOException {
    Mac mac = reply.mac().orElseThrow();
    int client = (int) (mac.bits() - FIRST_MAC);
    MessageType type = reply.messageType().orElseThrow();
    if (type == MessageType.ACK) {
      ledger.acknowledged(mac, reply.yiaddr());
    }
    Exchange exchange = exchanges[client];
    if (exchange == null || exchange.packet().xid() != reply.xid()) {
      return;
    }
    if (type == MessageType.OFFER) {
      if (exchange.packet().messageType().orElseThrow() == MessageType.DISCOVER) {
        send(
            client,
            message(MessageType.REQUEST, client)
                .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, reply.yiaddr()))
                .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, serverAddress())));
      }
      return;
    }
    if (type == MessageType.NAK) {
      ledger.refused(mac);
    }
    exchanges[client] = null;
    underWay--;
  }

  /**
   * Renews every lease that was acknowledged; how many were neither renewed nor refused in time.
   */
  int renewAll(long nanos) throws IOException {
    Arrays.fill(exchanges, null);
    underWay = 0;
    long end = System.nanoTime() + nanos;
    for (int client = 0; client < exchanges.length; client++) {
      Ipv4 address = ledger.of(mac(client)).orElse(null);
      if (address != null) {
        send(client, message(MessageType.REQUEST, client).withCiaddr(address));
      }
      while (underWay >= UNDER_WAY && System.nanoTime() < end) {
        listen();
        repeat();
      }
    }
    while (underWay > 0 && System.nanoTime() < end) {
      listen();
      repeat();
    }
    return underWay;
  }
}
