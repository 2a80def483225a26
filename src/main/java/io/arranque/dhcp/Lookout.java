package io.arranque.dhcp;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the other DHCP servers of one segment, and when to look again. No socket and no
 * clock; not thread-safe, it belongs to {@code LookoutServer}'s thread.
 */
final class Lookout {
  /** A server that so many looks in a row did not find is gone. */
  static final int MISSES = 3;

  /** Somebody who makes them up fills no memory. */
  private static final int SERVERS = 32;

  private static final Duration REMEMBERED = Duration.ofDays(1);

  private record Look(int xid, Instant at) {}

  private final String segment;
  private final Mac asker;
  private final LookTimes times;
  private final Map<Ipv4, OtherServer> servers = new LinkedHashMap<>();
  private final Map<Ipv4, Integer> misses = new LinkedHashMap<>();

  /** Those whose answers may still come. */
  private final Deque<Look> looks = new ArrayDeque<>();

  private Optional<Instant> began = Optional.empty();
  private int looksSent;
  private int looksDone;
  private Instant due = Instant.MIN;

  /**
   * @param asker the MAC that our questions come from
   */
  Lookout(String segment, Mac asker, LookTimes times) {
    this.segment = segment;
    this.asker = asker;
    this.times = times;
  }

  /** From the beginning: the cable may hang on another network than before. */
  void begin() {
    began = Optional.empty();
    looks.clear();
    looksSent = 0;
    looksDone = 0;
    due = Instant.MIN;
  }

  /** The cable was out for a moment: look again, while what is known stays in force. */
  void soon() {
    due = Instant.MIN;
  }

  boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  /**
   * A question was sent.
   *
   * @param shut whether another server keeps us from answering
   */
  void sent(int xid, Instant now, boolean shut) {
    Instant first = began.orElse(now);
    began = Optional.of(first);
    looks.add(new Look(xid, now));
    due =
        looksSent < times.early().size()
            ? first.plus(times.early().get(looksSent))
            : now.plus(shut ? times.shut() : times.every());
    looksSent++;
  }

  /** A look that was not needed. */
  void skipped(Instant now) {
    due = now.plus(times.every());
  }

  /** Closes the looks that are over; the servers that went away with them. */
  List<OtherServer> close(Instant now) {
    List<OtherServer> gone = new ArrayList<>();
    while (!looks.isEmpty() && !now.isBefore(looks.peek().at().plus(times.window()))) {
      Look look = looks.remove();
      looksDone++;
      for (OtherServer server : List.copyOf(servers.values())) {
        // One that never answers us, because it serves registered machines only, cannot be missed.
        boolean missed = server.answeredUs() && server.lastSeen().isBefore(look.at());
        if (missed && misses.merge(server.address(), 1, Integer::sum) >= MISSES) {
          servers.put(server.address(), server.gone());
          gone.add(server);
        }
      }
    }
    servers.values().removeIf(s -> !s.isRival() && s.lastSeen().plus(REMEMBERED).isBefore(now));
    misses.keySet().retainAll(servers.keySet());
    return gone;
  }

  /**
   * A reply that a server sent to somebody on the segment. Counts as its own word only when it
   * answers a question of ours.
   *
   * @param source where it came from: the server, or a relay
   * @return the server, when it is new or was gone, or is now known to give addresses
   */
  Optional<OtherServer> heard(DhcpPacket reply, Ipv4 source, Instant now) {
    MessageType type = reply.messageType().orElse(MessageType.NAK);
    if (type != MessageType.OFFER && type != MessageType.ACK) {
      return Optional.empty();
    }
    boolean ours =
        type == MessageType.OFFER
            && reply.mac().filter(asker::equals).isPresent()
            && looks.stream().anyMatch(look -> look.xid() == reply.xid());
    Ipv4 server = reply.options().address(OptionCode.SERVER_IDENTIFIER).orElse(source);
    OtherServer plain = OtherServer.heardOf(segment, server, now);
    return note(
        new OtherServer(
            segment,
            server,
            Optional.empty(),
            ours,
            ours && !reply.yiaddr().isAny(),
            offers(reply),
            reply.options().address(OptionCode.ROUTER).or(() -> firstRouter(reply)),
            bootFile(reply),
            plain.firstSeen(),
            now,
            true));
  }

  /** A machine said that this server has its address. */
  Optional<OtherServer> named(Ipv4 server, Instant now) {
    return note(OtherServer.heardOf(segment, server, now));
  }

  void mac(Ipv4 server, Mac mac) {
    servers.computeIfPresent(server, (address, known) -> known.withMac(mac));
  }

  private Optional<OtherServer> note(OtherServer seen) {
    Optional<OtherServer> before = Optional.ofNullable(servers.get(seen.address()));
    if (before.isEmpty() && servers.size() >= SERVERS && !makesRoom(seen)) {
      return Optional.empty();
    }
    // Only its own word proves that it still answers us; hearsay must not keep us shut out.
    boolean hearsay = before.filter(OtherServer::isRival).isPresent() && !seen.answeredUs();
    if (hearsay) {
      return Optional.empty();
    }
    OtherServer after = before.map(known -> known.seenAgain(seen)).orElse(seen);
    servers.put(seen.address(), after);
    misses.remove(seen.address());
    boolean news =
        before.isEmpty()
            || !before.get().present()
            || before.get().givesAddresses() != after.givesAddresses();
    return news ? Optional.of(after) : Optional.empty();
  }

  /** Made-up hearsay must not hide a server that answers. */
  private boolean makesRoom(OtherServer seen) {
    Optional<Ipv4> hearsay =
        servers.values().stream()
            .filter(known -> seen.answeredUs() && !known.answeredUs())
            .map(OtherServer::address)
            .findFirst();
    hearsay.ifPresent(servers::remove);
    return hearsay.isPresent();
  }

  /** All that were seen within the last day. */
  List<OtherServer> servers() {
    return List.copyOf(servers.values());
  }

  Optional<OtherServer> rival() {
    return servers.values().stream().filter(OtherServer::isRival).findFirst();
  }

  /** Whether somebody was heard of who may give addresses. */
  boolean isAnybodyThere() {
    return servers.values().stream()
        .anyMatch(s -> s.present() && (s.givesAddresses() || !s.answeredUs()));
  }

  /** Whether the first look is not over. */
  boolean isLooking(Instant now) {
    return began.isEmpty() || now.isBefore(began.get().plus(times.first()));
  }

  /** Whether looks enough found nobody to say that nobody is there. */
  boolean hasLookedWell() {
    return looksDone >= 2;
  }

  private static Optional<Cidr> offers(DhcpPacket reply) {
    return reply
        .options()
        .address(OptionCode.SUBNET_MASK)
        .filter(mask -> !reply.yiaddr().isAny())
        .map(mask -> Cidr.around(reply.yiaddr(), Integer.bitCount(mask.bits())));
  }

  private static Optional<Ipv4> firstRouter(DhcpPacket reply) {
    return reply
        .options()
        .as(OptionCode.ROUTER, DhcpOption.Addresses.class)
        .flatMap(routers -> routers.addresses().stream().findFirst());
  }

  private static Optional<String> bootFile(DhcpPacket reply) {
    return reply
        .options()
        .text(OptionCode.BOOTFILE_NAME)
        .or(() -> Optional.of(reply.file()))
        .filter(file -> !file.isEmpty())
        // For people and the log; the octets are a stranger's.
        .map(file -> file.replaceAll("[^ -~]", "?"))
        .map(file -> file.length() <= 128 ? file : file.substring(0, 128));
  }
}
