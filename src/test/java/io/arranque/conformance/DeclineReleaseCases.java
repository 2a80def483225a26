package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** RFC 2131 §4.3.3 and §4.3.4. */
final class DeclineReleaseCases {
  private static final Ipv4 STRANGER = Ipv4.of("10.5.0.250");

  private DeclineReleaseCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Declining and releasing");
    declining(c);
    releasing(c);
    releasingWrongly(c);
  }

  private static void declining(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.3",
        "a declined address is offered to nobody, the others still are",
        lab -> {
          Pc first = lab.pc(Net.TAINTED);
          Ipv4 bad = first.lease().yiaddr();
          first.decline(bad).send();
          Ipv4 good = first.lease().yiaddr();
          unless(!good.equals(bad), "the same machine gets it again");
          lab.pc(Net.TAINTED).discover().silence();
        });
    c.add(
        "RFC 2131 Table 3",
        "a DECLINE is not answered",
        lab -> {
          Pc pc = lab.pc();
          pc.decline(pc.lease().yiaddr()).silence();
        });
    c.add(
        "RFC 2131 §4.3.3",
        "a DECLINE that names another server changes nothing",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          pc.bare(Query.DECLINE).option(54, STRANGER).option(50, mine).send();
          unlessSame("the offer", pc.discover().ask(Answer.OFFER).yiaddr(), mine);
        });
    c.add(
        "RFC 2131 §4.3.3",
        "a DECLINE of another machine's address does not take it from it",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          lab.pc().decline(mine).send();
          pc.renewing(mine).ask(Answer.ACK);
        });
  }

  private static void releasing(Cases<Lab> c) {
    c.add(
        "RFC 2131 Table 3",
        "a RELEASE is not answered",
        lab -> {
          Pc pc = lab.pc();
          pc.release(pc.lease().yiaddr()).silence();
        });
    c.add(
        "RFC 2131 §4.3.4",
        "a released address can be another machine's",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          pc.release(mine).send();
          Pc next = lab.pc();
          Answer offer = next.discover().option(50, mine).ask(Answer.OFFER);
          unlessSame("the offer", offer.yiaddr(), mine);
          next.selecting(offer).ask(Answer.ACK);
        });
    c.add(
        "RFC 2131 §4.3.4",
        "a machine behind a relay releases by unicast, without giaddr",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Ipv4 mine = pc.lease().yiaddr();
          pc.release(mine).send();
          Answer offer = lab.pc(Net.FAR).discover().option(50, mine).ask(Answer.OFFER);
          unlessSame("the offer", offer.yiaddr(), mine);
        });
  }

  private static void releasingWrongly(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.4",
        "a RELEASE by another machine takes the address from nobody",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Pc thief = lab.pc();
          thief.bare(Query.RELEASE).ciaddr(mine).option(54, Net.SERVER).send();
          Answer offer = thief.discover().option(50, mine).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(mine), "it is offered to that machine");
        });
    c.add(
        "RFC 2131 §4.4.6",
        "a RELEASE that names another server changes nothing",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          pc.bare(Query.RELEASE).ciaddr(mine).option(54, STRANGER).send();
          Answer offer = lab.pc().discover().option(50, mine).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(mine), "the address is given away");
        });
    c.add(
        "RFC 2131 §4.3.4",
        "a RELEASE of what is not leased changes nothing",
        lab -> {
          Pc pc = lab.pc();
          pc.release(Net.ROOM.fixed(0x1e22)).send();
          pc.lease();
        });
  }
}
