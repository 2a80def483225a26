package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** RFC 2131 §4.3.2 and §4.4.5, RENEWING and REBINDING. */
final class RenewingCases {
  private RenewingCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Renewing and rebinding");
    renewing(c);
    notRenewing(c);
    rebinding(c);
    rebindingBehindRelay(c);
  }

  private static void renewing(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "RENEWING: acknowledged by unicast to ciaddr, with the same address",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.renewing(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unless(ack.wentTo(pc.mac(), mine), "it goes to " + ack.frame.destination());
          unlessSame("the port", ack.frame.destinationPort(), 68);
        });
    c.add(
        "RFC 2131 Table 3",
        "RENEWING: ciaddr of the ACK is the REQUEST's",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          unlessSame("ciaddr", pc.renewing(mine).ask(Answer.ACK).ciaddr(), mine);
        });
    c.add(
        "RFC 2131 §4.4.5",
        "RENEWING: the ACK has a lease time, and the options as before",
        lab -> {
          Pc pc = lab.pc();
          Answer lease = pc.lease();
          Answer ack = pc.renewing(lease.yiaddr()).ask(Answer.ACK);
          unless(ack.number(51) > Net.LEASE - 60, "option 51 is " + ack.number(51));
          unlessSame("option 3", ack.hex(3), lease.hex(3));
        });
    c.add(
        "RFC 2131 §4.1",
        "RENEWING: to ciaddr by unicast even with the broadcast flag set",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.renewing(mine).broadcastFlag().ask(Answer.ACK);
          unlessSame("it goes to", ack.frame.destination(), mine);
        });
    c.add(
        "RFC 2131 §4.3.2",
        "RENEWING from behind a relay comes without giaddr: ciaddr says which subnet",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.renewing(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unlessSame("it goes to", ack.frame.destination(), mine);
          unlessSame("the router", ack.address(3), Net.FAR.router());
        });
  }

  private static void notRenewing(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "RENEWING: the address of another machine is not granted",
        lab -> {
          Ipv4 taken = lab.pc().lease().yiaddr();
          lab.pc().renewing(taken).notGranted();
        });
    c.add(
        "RFC 2131 §4.3.2",
        "RENEWING: an address of another network is not granted",
        lab -> lab.pc().renewing(Ipv4.of("192.0.2.61")).notGranted());
    c.add(
        "RFC 2131 §4.3.2",
        "a renewed address is offered to nobody else",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          pc.renewing(mine).ask(Answer.ACK);
          Answer offer = lab.pc().discover().option(50, mine).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(mine), "it is");
        });
  }

  private static void rebinding(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "REBINDING: a broadcast REQUEST with ciaddr is acknowledged by unicast to ciaddr",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.rebinding(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unless(ack.wentTo(pc.mac(), mine), "it goes to " + ack.frame.destination());
        });
    c.add(
        "RFC 2131 §4.3.2",
        "REBINDING: the address of another machine is not granted",
        lab -> {
          Ipv4 taken = lab.pc().lease().yiaddr();
          Pc pc = lab.pc();
          pc.bare(Query.REQUEST).ciaddr(taken).wanting(1, 3).notGranted();
        });
    c.add(
        "RFC 2131 §4.3.2",
        "REBINDING: an address of another network is not granted",
        lab -> lab.pc().rebinding(Ipv4.of("192.0.2.62")).notGranted());
  }

  private static void rebindingBehindRelay(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.1",
        "REBINDING through a relay: to giaddr, although ciaddr is set",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = pc.rebinding(mine).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), mine);
          unlessSame("it goes to", ack.frame.destination(), Net.FAR.router());
          unlessSame("the port", ack.frame.destinationPort(), 67);
        });
  }
}
