package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a segment's sockets belong.
 *
 * @param segment of several on this card the first by name; empty on one of {@link RelayCards}
 * @param index the kernel's number of the card: one that was unplugged and came back has another,
 *     and a socket of the old one is deaf
 * @param address ours on that segment
 * @param also the further segments on this card
 */
record Card(String segment, String name, int index, Ipv4 address, List<Arrival.Local> also) {

  Card {
    also = List.copyOf(also);
  }

  /** This card with one segment more. */
  Card with(Card other) {
    List<Arrival.Local> all = new ArrayList<>(also);
    all.add(new Arrival.Local(other.segment, other.address));
    return new Card(segment, name, index, address, all);
  }

  /** How a packet came through it. */
  Arrival arrival(int port, Ipv4 source, int sourcePort) {
    return new Arrival(segment, address, port, source, sourcePort, also);
  }

  /** Whether it is no segment's: then only what relays bring is heard on it. */
  boolean isForRelaysOnly() {
    return segment.equals(RelayCards.NO_SEGMENT);
  }

  /** {@code sala5 (eth1, 192.168.33.1)}, one for each segment. */
  List<String> describe() {
    return arrival(0, Ipv4.ANY, 0).locals().stream()
        .map(
            local ->
                (isForRelaysOnly() ? "relays" : local.segment())
                    + " ("
                    + name
                    + ", "
                    + local.serverAddress()
                    + ")")
        .toList();
  }

  /** A card, or what is wrong and what to do about it. */
  record Found(Optional<Card> card, String trouble) {
    private static Found trouble(String text) {
      return new Found(Optional.empty(), text);
    }
  }

  static Found find(Segment segment) {
    try {
      return segment.interfaceName().isPresent()
          ? named(segment, segment.interfaceName().get())
          : byAddress(segment);
    } catch (SocketException e) {
      return Found.trouble("the network cards cannot be listed: " + e.getMessage());
    }
  }

  /** The card's own; empty when it has none or is gone. */
  Optional<Mac> mac() {
    try {
      NetworkInterface card = NetworkInterface.getByName(name);
      byte[] address = card == null ? null : card.getHardwareAddress();
      return address == null || address.length != 6
          ? Optional.empty()
          : Optional.of(Mac.of(address, 0));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** For people; asks the kernel anew. */
  static CardState state(Segment segment, boolean answers) {
    Optional<Card> found = find(segment).card();
    return new CardState(
        segment.name(),
        found.map(Card::name).or(segment::interfaceName),
        found.map(Card::address),
        found.filter(card -> segment.subnet().contains(card.address())).isPresent(),
        found.filter(card -> hasLink(card.name())).isPresent(),
        answers);
  }

  private static boolean hasLink(String name) {
    try {
      NetworkInterface card = NetworkInterface.getByName(name);
      // Java says "up" only for a card that also runs, which on Linux is one with a carrier.
      return card != null && card.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static Found named(Segment segment, String name) throws SocketException {
    NetworkInterface card = NetworkInterface.getByName(name);
    if (card == null) {
      return Found.trouble(
          "there is no network card "
              + name
              + "; set interface: in dhcp/"
              + segment.name()
              + ".yaml to one of "
              + String.join(", ", names()));
    }
    List<Ipv4> addresses = addresses(card);
    Optional<Ipv4> address =
        addresses.stream()
            .filter(segment.subnet()::contains)
            .findFirst()
            .or(() -> addresses.stream().findFirst());
    return address.isPresent()
        ? found(segment, card, address.get())
        : Found.trouble("the card " + name + " has no IPv4 address; " + advice(segment, name));
  }

  private static Found byAddress(Segment segment) throws SocketException {
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (Ipv4 address : addresses(card)) {
        if (segment.subnet().contains(address)) {
          return found(segment, card, address);
        }
      }
    }
    return Found.trouble(
        "no network card has an address in " + segment.subnet() + "; " + advice(segment, "CARD"));
  }

  /** Also when it is down: a switch or the first PC may be turned on later than we are. */
  private static Found found(Segment segment, NetworkInterface card, Ipv4 address) {
    return new Found(
        Optional.of(new Card(segment.name(), card.getName(), card.getIndex(), address, List.of())),
        "");
  }

  private static String advice(Segment segment, String card) {
    return "give it one (ip addr add "
        + segment.subnet().network().plus(1)
        + "/"
        + segment.subnet().prefix()
        + " dev "
        + card
        + "), correct subnet: or interface: in dhcp/"
        + segment.name()
        + ".yaml, or set interface: none for a segment behind a relay";
  }

  private static List<String> names() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .map(NetworkInterface::getName)
        .sorted()
        .toList();
  }

  static List<Ipv4> addresses(NetworkInterface card) {
    List<Ipv4> addresses = new ArrayList<>();
    for (InetAddress address : Collections.list(card.getInetAddresses())) {
      if (address instanceof Inet4Address ipv4) {
        addresses.add(Ipv4.of(ipv4));
      }
    }
    return addresses;
  }
}
