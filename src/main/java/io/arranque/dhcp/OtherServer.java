package io.arranque.dhcp;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * A DHCP server that is not ours.
 *
 * @param segment where it was heard
 * @param address what it calls itself (option 54), else where its reply came from
 * @param mac empty behind a relay, or as long as nobody told
 * @param answeredUs it answered a question of ours; false: only others were heard to speak of it,
 *     or it to others, which anybody can make up
 * @param givesAddresses its answer had an address in it; a proxyDHCP server's has none
 * @param offers the subnet that its address and mask tell
 * @param router option 3
 * @param bootFile option 67 or the header's field
 * @param present false: our last looks did not find it any more
 */
public record OtherServer(
    String segment,
    Ipv4 address,
    Optional<Mac> mac,
    boolean answeredUs,
    boolean givesAddresses,
    Optional<Cidr> offers,
    Optional<Ipv4> router,
    Optional<String> bootFile,
    Instant firstSeen,
    Instant lastSeen,
    boolean present) {

  static OtherServer heardOf(String segment, Ipv4 address, Instant now) {
    return new OtherServer(
        segment,
        address,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now,
        true);
  }

  /**
   * Whether two servers giving addresses would get into each other's way. Only what it said to us.
   */
  boolean isRival() {
    return present && answeredUs && givesAddresses;
  }

  /** Seen again; what is known better now replaces what was known. */
  OtherServer seenAgain(OtherServer now) {
    return new OtherServer(
        segment,
        address,
        now.mac.or(() -> mac),
        answeredUs || now.answeredUs,
        givesAddresses || now.givesAddresses,
        now.offers.or(() -> offers),
        now.router.or(() -> router),
        now.bootFile.or(() -> bootFile),
        firstSeen,
        now.lastSeen,
        true);
  }

  OtherServer withMac(Mac found) {
    return new OtherServer(
        segment,
        address,
        Optional.of(found),
        answeredUs,
        givesAddresses,
        offers,
        router,
        bootFile,
        firstSeen,
        lastSeen,
        present);
  }

  /** Not found any more: what it said then no longer counts. */
  OtherServer gone() {
    return new OtherServer(
        segment, address, mac, false, false, offers, router, bootFile, firstSeen, lastSeen, false);
  }

  /** {@code 10.0.0.3 (52:54:00:12:34:56)}. */
  public String name() {
    return address + mac.map(known -> " (" + known + ")").orElse("");
  }
}
