package io.arranque.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client's message: a draft that any octet of can be set, right or wrong. Made by {@link Pc}; as
 * long as nothing else is said it is a broadcast from 0.0.0.0.
 */
final class Query {
  static final int DISCOVER = 1;
  static final int REQUEST = 3;
  static final int DECLINE = 4;
  static final int RELEASE = 7;
  static final int INFORM = 8;

  private static final int SNAME = 44;
  private static final int FILE = 108;
  private static final int COOKIE = 236;
  private static final int MIN_SIZE = 300;

  private final Lab lab;
  private final Mac mac;
  private final ByteBuffer header = ByteBuffer.allocate(COOKIE + 4);
  private final ByteArrayOutputStream options = new ByteArrayOutputStream();
  private boolean ended = true;
  private int minSize = MIN_SIZE;
  private int cut = Integer.MAX_VALUE;
  private Mac sourceMac;
  private Mac destinationMac = Mac.of("ff:ff:ff:ff:ff:ff");
  private Ipv4 source = Ipv4.ANY;
  private Ipv4 destination = Ipv4.BROADCAST;
  private int sourcePort = 68;
  private int destinationPort = 67;

  Query(Lab lab, Mac mac) {
    this.lab = lab;
    this.mac = mac;
    this.sourceMac = mac;
    header.put(0, (byte) 1).put(1, (byte) 1).put(2, (byte) 6);
    header.putInt(4, lab.newXid()).put(28, mac.octets()).putInt(COOKIE, 0x63825363);
  }

  /** Sets one octet of the header. */
  Query octet(int offset, int value) {
    header.put(offset, (byte) value);
    return this;
  }

  Query hops(int hops) {
    return octet(3, hops);
  }

  Query xid(int xid) {
    header.putInt(4, xid);
    return this;
  }

  Query secs(int secs) {
    header.putShort(8, (short) secs);
    return this;
  }

  Query flags(int flags) {
    header.putShort(10, (short) flags);
    return this;
  }

  Query broadcastFlag() {
    return flags(0x8000);
  }

  Query ciaddr(Ipv4 address) {
    return address(12, address);
  }

  /** Sets four octets of the header. */
  Query address(int offset, Ipv4 address) {
    header.put(offset, address.octets());
    return this;
  }

  Query cookie(int cookie) {
    header.putInt(COOKIE, cookie);
    return this;
  }

  Query file(byte[] content) {
    header.put(FILE, content);
    return this;
  }

  Query sname(byte[] content) {
    header.put(SNAME, content);
    return this;
  }

  Query option(int code, byte... value) {
    return raw((byte) code, (byte) value.length).raw(value);
  }

  Query option(int code, Ipv4 address) {
    return option(code, address.octets());
  }

  Query option(int code, String text) {
    return option(code, text.getBytes(ISO_8859_1));
  }

  Query hex(int code, String value) {
    return option(code, HexFormat.of().parseHex(value));
  }

  Query number(int code, long value) {
    return option(code, ByteBuffer.allocate(4).putInt((int) value).array());
  }

  /** Option 55. */
  Query wanting(int... codes) {
    byte[] value = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      value[i] = (byte) codes[i];
    }
    return option(55, value);
  }

  /** Option 57. */
  Query taking(int size) {
    return option(57, (byte) (size >>> 8), (byte) size);
  }

  /** Octets into the options field as they are. */
  Query raw(byte... octets) {
    options.writeBytes(octets);
    return this;
  }

  Query withoutEnd() {
    ended = false;
    return this;
  }

  /** Pads to this size instead of 300 octets. */
  Query size(int octets) {
    minSize = octets;
    return this;
  }

  /** Sends the first octets only. */
  Query cutTo(int octets) {
    cut = octets;
    return this;
  }

  /** By unicast to the server, from an address that the machine has. */
  Query unicastFrom(Ipv4 address) {
    lab.wire().configure(address, mac);
    return from(address).to(Net.SERVER, Net.SERVER_MAC);
  }

  Query from(Ipv4 address) {
    source = address;
    return this;
  }

  Query to(Ipv4 address, Mac nextHop) {
    destination = address;
    destinationMac = nextHop;
    return this;
  }

  Query ports(int from, int to) {
    sourcePort = from;
    destinationPort = to;
    return this;
  }

  /** Through the relay of that subnet: giaddr, and unicast from the relay to the server. */
  Query via(Net.Subnet subnet) {
    return via(subnet.router());
  }

  Query via(Ipv4 giaddr) {
    sourceMac = Net.RELAY_MAC;
    return address(24, giaddr).hops(1).from(Net.RELAY).to(Net.SERVER, Net.SERVER_MAC).ports(67, 67);
  }

  /** As a router passes on what a machine behind it sends to the server by unicast. */
  Query routed() {
    sourceMac = Net.RELAY_MAC;
    return this;
  }

  int xid() {
    return header.getInt(4);
  }

  /** Sends it and forgets it. */
  Query send() {
    lab.wire().inbox(xid());
    lab.wire()
        .send(
            new Frame(
                sourceMac,
                destinationMac,
                source,
                destination,
                sourcePort,
                destinationPort,
                Octets.of(payload())));
    return this;
  }

  private byte[] payload() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
    out.writeBytes(options.toByteArray());
    if (ended) {
      out.write(255);
    }
    byte[] whole = Arrays.copyOf(out.toByteArray(), Math.max(out.size(), minSize));
    return Arrays.copyOf(whole, Math.min(whole.length, cut));
  }

  /** Sends it; the first answer. */
  Answer ask() throws InterruptedException {
    send();
    return answer();
  }

  /** The next answer to what was sent. */
  Answer answer() throws InterruptedException {
    Answer answer =
        lab.wire().inbox(xid()).poll(lab.limits().answer().toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new Violation("no answer");
    }
    return answer;
  }

  /** Sends it; the first answer must be of that type. */
  Answer ask(int type) throws InterruptedException {
    Answer answer = ask();
    Violation.unless(
        answer.type() == type,
        "the answer is "
            + answer.typeName()
            + (answer.has(56) ? " (" + answer.text(56) + ")" : ""));
    return answer;
  }

  /** Sends it; whether anything is said to that, where both would do. */
  boolean isAnswered() throws InterruptedException {
    send();
    return lab.wire().inbox(xid()).poll(lab.limits().silence().toMillis(), TimeUnit.MILLISECONDS)
        != null;
  }

  /** Sends it; no answer must come. */
  void silence() throws InterruptedException {
    silence(List.of(Answer.OFFER, Answer.ACK, Answer.NAK));
  }

  /** Sends it; a refusal or no answer must come. */
  void notGranted() throws InterruptedException {
    silence(List.of(Answer.OFFER, Answer.ACK));
  }

  private void silence(List<Integer> unwanted) throws InterruptedException {
    send();
    Answer answer =
        lab.wire().inbox(xid()).poll(lab.limits().silence().toMillis(), TimeUnit.MILLISECONDS);
    if (answer != null && (unwanted.contains(answer.type()) || answer.type() == 0)) {
      throw new Violation("it answers " + answer.typeName() + " of " + answer.yiaddr());
    }
  }
}
