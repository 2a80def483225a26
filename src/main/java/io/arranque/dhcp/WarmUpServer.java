package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes machines that do not exist through their whole exchange, again and again for a moment, so
 * that the code is loaded and compiled before a room powers on: the first packet of a JVM that
 * never saw one takes a second, and a thousand of them take many.
 *
 * <p>It has a lease table of its own and ports that lead {@linkplain Nowhere nowhere}. No socket
 * knows of it.
 */
final class WarmUpServer implements Runnable {
  /** Some 10 000 packets to each segment: the JVM compiles for good what ran 5000 times. */
  private static final int ROUNDS = 120;

  /** Where that takes longer, a start would be held up. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final int MACHINES = 16;

  /** Locally administered, so nobody's. */
  private static final long FIRST_MAC = 0x02_00_00_00_00_00L;

  private static final Logger LOG = LoggerFactory.getLogger(WarmUpServer.class);

  private final Supplier<Site> site;
  private final InstantSource clock;
  private final LaneServer lane;

  WarmUpServer(Responder responder, Supplier<Site> site, InstantSource clock) {
    this.site = site;
    this.clock = clock;
    this.lane = new LaneServer(responder, site, Nowhere.ports(), clock, new DhcpStatistics());
  }

  /** Begins on a thread of its own, which ends by itself. */
  void begin() {
    Thread thread = new Thread(this, "dhcp-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      // Unpacks and loads the native library, which the sockets wait for otherwise.
      boolean unused = Epoll.isAvailable();
      Instant end = clock.instant().plus(LONGEST);
      int rounds = 0;
      while (rounds < ROUNDS && clock.instant().isBefore(end)) {
        round();
        rounds++;
      }
      LOG.debug("warmed up in {} rounds", rounds);
    } catch (RuntimeException | MalformedPacket e) {
      LOG.warn("warming up failed; the first answers will take longer", e);
    } finally {
      end();
    }
  }

  /** Ends the threads that the lane began; the lane's own never ran. */
  void end() {
    lane.stop();
    lane.run();
  }

  /** Each segment's machines once through the exchange; the number of answers. */
  int round() throws MalformedPacket {
    int answers = 0;
    for (Segment segment : site.get().segments().values()) {
      for (boolean relayed : new boolean[] {true, false}) {
        Ipv4 server = segment.subnet().network().plus(1);
        Ipv4 relay = relayed ? server.plus(1) : Ipv4.ANY;
        Arrival at = new Arrival(segment.name(), server, Arrival.DHCP, relay, Arrival.CLIENT);
        List<DhcpPacket> offers = exchange(discovers(relay), at);
        List<DhcpPacket> acks =
            exchange(offers.stream().map(o -> selecting(o, server)).toList(), at);
        List<DhcpPacket> renewed = exchange(acks.stream().map(WarmUpServer::renewing).toList(), at);
        answers += offers.size() + acks.size() + renewed.size();
        release(acks, at);
      }
    }
    return answers;
  }

  List<Lease> leases() {
    return lane.leases();
  }

  /** Or the next round would only be told what is left of its leases. */
  private void release(List<DhcpPacket> acks, Arrival at) {
    List<Received> batch = new ArrayList<>();
    for (DhcpPacket ack : acks) {
      DhcpPacket packet =
          DhcpPacket.request(MessageType.RELEASE, ack.mac().orElseThrow(), ack.xid())
              .withCiaddr(ack.yiaddr())
              .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, at.serverAddress()));
      Arrival from =
          new Arrival(at.segment(), at.serverAddress(), Arrival.DHCP, ack.yiaddr(), Arrival.CLIENT);
      batch.add(new Received(packet, from, (payload, to) -> {}));
    }
    lane.process(batch);
  }

  private List<DhcpPacket> exchange(List<DhcpPacket> packets, Arrival at) throws MalformedPacket {
    List<byte[]> sent = new ArrayList<>();
    List<Received> batch = new ArrayList<>();
    for (DhcpPacket packet : packets) {
      DhcpPacket heard = DhcpCodec.decode(DhcpCodec.encode(packet));
      batch.add(new Received(heard, at, (payload, to) -> sent.add(payload)));
    }
    lane.process(batch);
    List<DhcpPacket> answers = new ArrayList<>();
    for (byte[] payload : sent) {
      answers.add(DhcpCodec.decode(payload));
    }
    return answers;
  }

  private static List<DhcpPacket> discovers(Ipv4 relay) {
    List<DhcpPacket> packets = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) {
      Mac mac = new Mac(FIRST_MAC + i);
      DhcpPacket packet = DhcpPacket.request(MessageType.DISCOVER, mac, i).withGiaddr(relay);
      packets.add(
          switch (i % 4) {
            case 0 -> firmware(packet, "PXEClient:Arch:00007:UNDI:003016", 7);
            case 1 -> firmware(packet, "PXEClient:Arch:00000:UNDI:002001", 0);
            default -> packet;
          });
    }
    return packets;
  }

  private static DhcpPacket firmware(DhcpPacket packet, String vendorClass, int architecture) {
    return packet
        .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, vendorClass))
        .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(architecture)))
        .with(new DhcpOption.Codes(OptionCode.PARAMETER_REQUEST_LIST, 1, List.of(1, 3, 6, 66, 67)));
  }

  private static DhcpPacket selecting(DhcpPacket offer, Ipv4 server) {
    return again(offer)
        .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, offer.yiaddr()))
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, server));
  }

  private static DhcpPacket renewing(DhcpPacket ack) {
    return again(ack).withCiaddr(ack.yiaddr());
  }

  private static DhcpPacket again(DhcpPacket reply) {
    Mac mac = reply.mac().orElseThrow();
    return DhcpPacket.request(MessageType.REQUEST, mac, reply.xid()).withGiaddr(reply.giaddr());
  }
}
