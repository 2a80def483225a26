package io.arranque.conformance;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.List;

/** The addresses of the test network; every server is configured from these. */
final class Net {
  static final String CARD = "room";
  static final Ipv4 SERVER = Ipv4.of("10.5.0.1");
  static final Mac SERVER_MAC = Mac.of("02:00:00:00:05:01");

  /** The card of the relay that all other subnets are behind. */
  static final Ipv4 RELAY = Ipv4.of("10.5.0.2");

  static final Mac RELAY_MAC = Mac.of("02:00:00:00:05:02");

  static final List<Ipv4> DNS = List.of(Ipv4.of("10.5.0.3"), Ipv4.of("10.5.0.4"));
  static final Ipv4 NTP = Ipv4.of("10.5.0.5");
  static final String DOMAIN = "conf.example";
  static final List<String> SEARCH = List.of("conf.example", "lab.conf.example");

  /** Seconds. */
  static final long LEASE = 3600;

  /** Options of 100 octets each, to fill a message. */
  static final int BULKY_FIRST = 225;

  static final int BULKY_LAST = 232;
  static final String BULKY = "x".repeat(100);

  /** One option of more than an option's length can say. */
  static final int LONG_CODE = 224;

  static final String LONG_TEXT = "0123456789".repeat(30);

  static final Mac RESERVED_MAC = Mac.of("02:be:00:00:00:01");

  /** Inside the pool, where any other machine might ask for it. */
  static final Ipv4 RESERVED = Ipv4.of("10.5.16.77");

  static final Mac BOOTP_MAC = Mac.of("02:be:00:00:00:02");
  static final Ipv4 BOOTP = Ipv4.of("10.5.0.52");
  static final Mac FAR_BOOTP_MAC = Mac.of("02:be:00:00:00:03");
  static final Ipv4 FAR_BOOTP = Ipv4.of("10.6.0.52");

  /** On the wire itself. */
  static final Subnet ROOM = new Subnet("room", "10.5.0.0", 16, "10.5.16.0", "10.5.31.255");

  static final Subnet FAR = far("far", 6, 100, 199);

  /** Two addresses, for who uses them up. */
  static final Subnet TINY = far("tiny", 7, 100, 101);

  /** Reached by RFC 3527 and RFC 3011 only; no relay asks from it. */
  static final Subnet OTHER = far("other", 8, 100, 199);

  /** Where the server is not authoritative. */
  static final Subnet QUIET = far("quiet", 9, 100, 199);

  /** Two addresses, for who declines them. */
  static final Subnet TAINTED = far("tainted", 10, 100, 101);

  /** Where a machine counts and not its programs. */
  static final Subnet MACHINES = far("machines", 11, 100, 199);

  /** Boot files only. */
  static final Subnet PROXY = far("proxy", 12, 100, 199);

  static final List<Subnet> BEHIND_RELAY =
      List.of(FAR, TINY, OTHER, QUIET, TAINTED, MACHINES, PROXY);

  private Net() {}

  private static Subnet far(String name, int number, int first, int last) {
    String network = "10." + number + ".0.";
    return new Subnet(name, network + 0, 24, network + first, network + last);
  }

  /**
   * A subnet with its pool; its first address is its router, and its relay's.
   *
   * @param prefix length in bits
   */
  record Subnet(String name, String network, int prefix, String first, String last) {
    Ipv4 router() {
      return Ipv4.of(network).plus(1);
    }

    Ipv4 mask() {
      return new Ipv4(-1 << (32 - prefix));
    }

    Ipv4 broadcast() {
      return new Ipv4(Ipv4.of(network).bits() | ~mask().bits());
    }

    /** An address of the subnet that is in no pool. */
    Ipv4 fixed(int host) {
      return Ipv4.of(network).plus(host);
    }

    boolean inPool(Ipv4 address) {
      return address.compareTo(Ipv4.of(first)) >= 0 && address.compareTo(Ipv4.of(last)) <= 0;
    }
  }
}
