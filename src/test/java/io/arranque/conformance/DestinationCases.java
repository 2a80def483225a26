package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;

/** RFC 2131 §4.1: where a reply goes, as its frame shows. */
final class DestinationCases {
  private static final Mac EVERYBODY = Mac.of("ff:ff:ff:ff:ff:ff");

  private DestinationCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Where replies go");
    c.add(
        "RFC 2131 §4.1",
        "with the broadcast flag OFFER and ACK are broadcast to 0xffffffff, port 68",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().broadcastFlag().ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).broadcastFlag().ask(Answer.ACK);
          for (Answer answer : new Answer[] {offer, ack}) {
            unless(answer.wentTo(EVERYBODY, Ipv4.BROADCAST), "it goes to " + answer.destination());
            unlessSame("the port", answer.frame.destinationPort(), 68);
          }
        });
    c.add(
        "RFC 2131 §4.1",
        "without it OFFER and ACK go to yiaddr at chaddr; by broadcast only if that is impossible",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).ask(Answer.ACK);
          for (Answer answer : new Answer[] {offer, ack}) {
            boolean unicast = answer.wentTo(pc.mac(), answer.yiaddr());
            unless(
                unicast || answer.wentTo(EVERYBODY, Ipv4.BROADCAST),
                "it goes to " + answer.destination());
            lab.remark(unicast ? "" : "by broadcast");
          }
        });
    c.add(
        "RFC 2131 §4.1",
        "replies come from port 67 and from the address in option 54",
        lab -> {
          Answer offer = lab.pc().discover().ask(Answer.OFFER);
          unlessSame("the port", offer.frame.sourcePort(), 67);
          unlessSame("the source", offer.frame.source(), offer.address(54));
        });
    c.add(
        "RFC 2131 §4.1",
        "to port 68 even when the client asks from another port",
        lab -> {
          Answer offer = lab.pc().discover().ports(1068, 67).ask(Answer.OFFER);
          unlessSame("the port", offer.frame.destinationPort(), 68);
        });
    c.add(
        "RFC 2131 §4.1",
        "to giaddr, port 67, also when the relay sends from another of its addresses",
        lab -> {
          Answer offer = lab.pc(Net.FAR).discover().from(Ipv4.of("10.5.0.2")).ask(Answer.OFFER);
          unlessSame("it goes to", offer.frame.destination(), Net.FAR.router());
          unlessSame("the port", offer.frame.destinationPort(), 67);
        });
    c.add(
        "RFC 2131 §4.4.3",
        "an INFORM by broadcast is answered as one by unicast, to ciaddr",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 own = Net.ROOM.fixed(210);
          lab.wire().configure(own, pc.mac());
          Query inform = pc.bare(Query.INFORM).ciaddr(own).from(own).wanting(1, 3, 6);
          unlessSame("it goes to", inform.ask(Answer.ACK).frame.destination(), own);
        });
    c.add(
        "RFC 2131 §4.4.4",
        "a DISCOVER by unicast to a server that is known already is answered",
        lab -> lab.pc().discover().to(Net.SERVER, Net.SERVER_MAC).ask(Answer.OFFER));
  }
}
