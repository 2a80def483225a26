package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.site.Segment;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for other DHCP servers on one card. Everything runs on {@link LookoutServer}'s thread. */
final class LookServer implements AutoCloseable {
  /** A network card that starts anew is gone for less; a cable that moves, for more. */
  private static final Duration FLICKER = Duration.ofSeconds(10);

  /** How long a message waits for the kernel to find out a server's MAC. */
  private static final Duration NAME_TAKES = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LookServer.class);

  /** Hears of replies, on an event loop. */
  interface Heard {
    void heard(LookServer look, byte[] payload, Ipv4 source);
  }

  private final Card card;
  private final EventLoopGroup group;
  private final Heard heard;
  private final Mac asker;
  private final Lookout lookout;
  private final SecureRandom random = new SecureRandom();
  private final Set<Ipv4> nameless = new LinkedHashSet<>();
  private @Nullable CardSocketServer socket;
  private String trouble = "";
  private Instant downSince = Instant.MIN;
  private boolean isUp;
  private Optional<Ipv4> news = Optional.empty();
  private Instant newsAt = Instant.MIN;
  private String told = "";

  LookServer(Card card, EventLoopGroup group, LookTimes times, Heard heard) {
    this.card = card;
    this.group = group;
    this.heard = heard;
    this.asker = LookPacket.asker(hardwareAddress(card));
    this.lookout = new Lookout(card.segment(), asker, times);
  }

  Card card() {
    return card;
  }

  Mac asker() {
    return asker;
  }

  List<OtherServer> servers() {
    return lookout.servers();
  }

  Optional<OtherServer> rival() {
    return lookout.rival();
  }

  /** Also when it cannot look: not knowing is no reason to answer on a network of somebody else. */
  boolean isLooking(Instant now) {
    return lookout.isLooking(now);
  }

  boolean isUp() {
    return isUp;
  }

  void tick(Segment segment, Instant now) {
    followLink(now);
    if (!isUp || !opened()) {
      return;
    }
    learnNames();
    tell(segment, now);
    for (OtherServer gone : lookout.close(now)) {
      LOG.info("{}: the DHCP server {} does not answer any more", card.segment(), gone.name());
    }
    if (lookout.isDue(now)) {
      boolean wanted = segment.mode() == Segment.Mode.SERVER || !lookout.isAnybodyThere();
      if (wanted || lookout.isLooking(now)) {
        boolean shut = isGated(segment) && lookout.rival().isPresent();
        ask(now, shut);
      } else {
        // Each question makes dnsmasq ping for three seconds, in which it serves nobody.
        lookout.skipped(now);
      }
    }
  }

  void heard(DhcpPacket reply, Ipv4 source, Instant now) {
    Optional<OtherServer> found = lookout.heard(reply, source, now);
    lookout.servers().stream()
        .filter(server -> server.mac().isEmpty() && server.address().equals(source))
        .forEach(
            server -> {
              nameless.add(source);
              CardSocketServer open = socket;
              if (open != null) {
                NeighbourServer.ask(open, source);
              }
            });
    found.ifPresent(
        server -> {
          news = Optional.of(server.address());
          newsAt = now;
        });
  }

  void named(Ipv4 server, Instant now) {
    lookout.named(server, now).ifPresent(LookServer::logHearsay);
  }

  static void logHearsay(OtherServer server) {
    LOG.info("{}: a machine has its address from {}", server.segment(), server.address());
  }

  /** What the operator should look at. */
  Optional<String> problem(Segment segment) {
    String file = "dhcp/" + segment.name() + ".yaml";
    if (!trouble.isEmpty()) {
      return Optional.of(
          "other DHCP servers cannot be looked for: "
              + trouble
              + (isGated(segment)
                  ? "; nothing is answered here without that look, unless you set authoritative:"
                      + " true in "
                      + file
                  : ""));
    }
    if (isGated(segment) && lookout.rival().isPresent()) {
      return Optional.of(
          lookout.rival().get().name()
              + " gives addresses here, so DHCP is not answered; set mode: proxy in "
              + file
              + ", or authoritative: true if this is your network");
    }
    return segment.mode() == Segment.Mode.PROXY && isUp && isAbsent()
        ? Optional.of(
            "no DHCP server gives addresses here, so machines get none; look for that server, or"
                + " set mode: server in "
                + file)
        : Optional.empty();
  }

  private boolean isAbsent() {
    return lookout.hasLookedWell() && !lookout.isAnybodyThere();
  }

  private static boolean isGated(Segment segment) {
    return segment.mode() == Segment.Mode.SERVER && !segment.authoritative();
  }

  private void ask(Instant now, boolean shut) {
    CardSocketServer open = socket;
    if (open != null) {
      int xid = random.nextInt();
      for (DhcpPacket question :
          List.of(LookPacket.plain(asker, xid), LookPacket.pxe(asker, xid))) {
        open.send(DhcpCodec.encode(question), Ipv4.BROADCAST, Arrival.DHCP);
      }
      lookout.sent(xid, now, shut);
    }
  }

  /** The cable tells where we are: plugged in elsewhere, all that was known is of no use. */
  private void followLink(Instant now) {
    boolean up = isRunning();
    if (up && !isUp) {
      if (downSince.equals(Instant.MIN) || downSince.plus(FLICKER).isBefore(now)) {
        lookout.begin();
      } else {
        lookout.soon();
      }
    } else if (!up && isUp) {
      downSince = now;
    }
    isUp = up;
  }

  private boolean isRunning() {
    try {
      NetworkInterface found = NetworkInterface.getByIndex(card.index());
      return found != null && found.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private boolean opened() {
    if (socket != null && socket.isOpen()) {
      return true;
    }
    try {
      socket =
          CardSocketServer.listening(
              group, card.name(), (payload, source) -> heard.heard(this, payload, source));
      trouble = "";
      return true;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(trouble)) {
        LOG.error("{}: other DHCP servers cannot be looked for: {}", card.segment(), message);
      }
      trouble = message;
      return false;
    }
  }

  private void learnNames() {
    if (nameless.isEmpty()) {
      return;
    }
    ArpTable table = NeighbourServer.table();
    nameless.removeIf(
        server -> {
          Optional<Mac> mac = table.holder(server, card.name());
          mac.ifPresent(found -> lookout.mac(server, found));
          return mac.isPresent();
        });
  }

  /** Once for each change, and with the MAC if that is found in time. */
  private void tell(Segment segment, Instant now) {
    Optional<OtherServer> server =
        news.flatMap(
            address ->
                lookout.servers().stream().filter(s -> s.address().equals(address)).findFirst());
    if (server.isPresent()
        && (server.get().mac().isPresent() || !now.isBefore(newsAt.plus(NAME_TAKES)))) {
      tell(server.get());
      news = Optional.empty();
    }
    String state = state(segment);
    if (!state.equals(told) && (state.isEmpty() || news.isEmpty())) {
      if (state.isEmpty()) {
        LOG.info("{}: {} is over", card.segment(), told);
      } else {
        LOG.warn("{}: {}: {}", card.segment(), state, problem(segment).orElse(""));
      }
      told = state;
    }
  }

  /** What is wrong, in words that do not change while it is the same. */
  private String state(Segment segment) {
    if (isGated(segment) && lookout.rival().isPresent()) {
      return "another DHCP server keeps this one silent";
    }
    return segment.mode() == Segment.Mode.PROXY && isAbsent() ? "no DHCP server is there" : "";
  }

  private void tell(OtherServer server) {
    LOG.info(
        "{}: the DHCP server {} {}{}{}{}",
        card.segment(),
        server.name(),
        server.givesAddresses() ? "gives addresses" : "answers without addresses",
        server.offers().map(subnet -> " of " + subnet).orElse(""),
        server.router().map(router -> ", router " + router).orElse(""),
        server.bootFile().map(file -> ", boot file " + file).orElse(""));
  }

  private static Mac hardwareAddress(Card card) {
    try {
      NetworkInterface found = NetworkInterface.getByIndex(card.index());
      byte[] octets = found == null ? null : found.getHardwareAddress();
      return octets == null || octets.length != 6
          ? new Mac(Integer.toUnsignedLong(card.name().hashCode()))
          : Mac.of(octets, 0);
    } catch (SocketException e) {
      return new Mac(Integer.toUnsignedLong(card.name().hashCode()));
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
