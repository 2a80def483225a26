package io.arranque.conformance;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.Optional;

/** A machine in the room or behind a relay; makes the messages of each client state. */
final class Pc {
  /** What nearly every client asks for. */
  private static final int[] USUAL = {1, 3, 6, 15};

  private final Lab lab;
  private final Mac mac;
  private final Optional<Net.Subnet> behind;

  Pc(Lab lab, Mac mac, Optional<Net.Subnet> behind) {
    this.lab = lab;
    this.mac = mac;
    this.behind = behind;
  }

  Mac mac() {
    return mac;
  }

  /** Of that type with nothing else in it; through the relay when the machine is behind one. */
  Query bare(int type) {
    Query query = new Query(lab, mac).option(53, (byte) type);
    return behind.map(query::via).orElse(query);
  }

  /** A BOOTP client's: no option 53. */
  Query bootp() {
    Query query = new Query(lab, mac);
    return behind.map(query::via).orElse(query);
  }

  Query discover() {
    return bare(Query.DISCOVER).wanting(USUAL);
  }

  /** RFC 2131 §4.3.2, SELECTING. */
  Query selecting(Answer offer) {
    return selecting(offer.yiaddr(), offer.address(54));
  }

  Query selecting(Ipv4 wanted, Ipv4 server) {
    return bare(Query.REQUEST).option(54, server).option(50, wanted).wanting(USUAL);
  }

  /** RFC 2131 §4.3.2, INIT-REBOOT. */
  Query initReboot(Ipv4 wanted) {
    return bare(Query.REQUEST).option(50, wanted).wanting(USUAL);
  }

  /** RFC 2131 §4.3.2, RENEWING: by unicast, no relay has a part in it. */
  Query renewing(Ipv4 address) {
    return straight(Query.REQUEST, address).wanting(USUAL);
  }

  /** RFC 2131 §4.3.2, REBINDING. */
  Query rebinding(Ipv4 address) {
    Query query = bare(Query.REQUEST).ciaddr(address).wanting(USUAL);
    lab.wire().configure(address, behind.isPresent() ? Net.RELAY_MAC : mac);
    return behind.isPresent() ? query : query.from(address);
  }

  /** RFC 2131 §4.3.5. */
  Query inform(Ipv4 address) {
    return straight(Query.INFORM, address).wanting(USUAL);
  }

  /** RFC 2131 §4.3.3. */
  Query decline(Ipv4 address) {
    return bare(Query.DECLINE).option(54, Net.SERVER).option(50, address);
  }

  /** RFC 2131 §4.3.4. */
  Query release(Ipv4 address) {
    return straight(Query.RELEASE, address).option(54, Net.SERVER);
  }

  /** To the server by unicast, from its address. */
  private Query straight(int type, Ipv4 address) {
    Query query = new Query(lab, mac).option(53, (byte) type).ciaddr(address).unicastFrom(address);
    return behind.isPresent() ? query.routed() : query;
  }

  /** From nothing to a lease; the ACK. */
  Answer lease() throws InterruptedException {
    Answer offer = discover().ask(Answer.OFFER);
    Answer ack = selecting(offer).ask(Answer.ACK);
    lab.wire().configure(ack.yiaddr(), mac);
    return ack;
  }
}
