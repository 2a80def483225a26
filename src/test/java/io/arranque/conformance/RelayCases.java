package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import java.util.List;

/** Relays: RFC 2131 §4.3.1, RFC 1542, RFC 3046. */
final class RelayCases {
  /** Circuit id "port7", remote id six octets. */
  private static final String AGENT = "0105706f7274370206020000abcdef";

  private RelayCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Relays");
    giaddr(c);
    agentInformation(c);
    oddAgentInformation(c);
  }

  private static void giaddr(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.1",
        "the subnet of giaddr is the client's: address, mask and router are from there",
        lab -> {
          Answer offer = lab.pc(Net.FAR).discover().ask(Answer.OFFER);
          unless(Net.FAR.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
          unlessSame("option 1", offer.address(1), Net.FAR.mask());
          unlessSame("option 3", offer.address(3), Net.FAR.router());
        });
    c.add(
        "RFC 2131 Table 3",
        "giaddr and flags are echoed, hops is 0",
        lab -> {
          Answer offer = lab.pc(Net.FAR).discover().broadcastFlag().hops(3).ask(Answer.OFFER);
          unlessSame("giaddr", offer.giaddr(), Net.FAR.router());
          unlessSame("flags", offer.flags(), 0x8000);
          unlessSame("hops", offer.octet(3), 0);
        });
    c.add(
        "RFC 2131 §4.3.1",
        "a relay on a subnet that the server has no pool for gets no answer",
        lab -> lab.pc().discover().via(Ipv4.of("192.0.2.1")).silence());
    c.add(
        "RFC 2131 §4.3.1",
        "a machine that moves behind a relay gets an address from there",
        lab -> {
          Pc pc = lab.pc();
          pc.lease();
          Answer ack = lab.pc(Net.FAR, pc.mac()).lease();
          unless(Net.FAR.inPool(ack.yiaddr()), "yiaddr is " + ack.yiaddr());
        });
    c.add(
        "RFC 1542 §4.1.2",
        "two relays of one subnet: the reply goes to the one that asked",
        lab -> {
          Ipv4 second = Net.FAR.fixed(2);
          Answer offer = lab.pc().discover().via(second).ask(Answer.OFFER);
          unlessSame("it goes to", offer.frame.destination(), second);
          unless(Net.FAR.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
        });
  }

  private static void agentInformation(Cases<Lab> c) {
    c.add(
        "RFC 3046 §2.2",
        "option 82 is echoed in OFFER and ACK, octet by octet",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Answer offer = pc.discover().hex(82, AGENT).ask(Answer.OFFER);
          unlessSame("the OFFER's", offer.hex(82), AGENT);
          Answer ack = pc.selecting(offer).hex(82, AGENT).ask(Answer.ACK);
          unlessSame("the ACK's", ack.hex(82), AGENT);
        });
    c.add(
        "RFC 3046 §2.2",
        "option 82 is echoed in a NAK",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          pc.lease();
          Answer nak = pc.initReboot(Ipv4.of("192.0.2.5")).hex(82, AGENT).ask(Answer.NAK);
          unlessSame("option 82", nak.hex(82), AGENT);
        });
    c.add(
        "RFC 3046 §2.1",
        "option 82 is the last in the reply",
        lab -> {
          Answer offer = lab.pc(Net.FAR).discover().hex(82, AGENT).ask(Answer.OFFER);
          unless(offer.has(82), "there is none");
          unlessSame("the last option", offer.lastOption().orElse(0), 82);
        });
    c.add(
        "RFC 3046 §2.2",
        "no option 82 in the reply when the relay sent none",
        lab -> {
          Answer offer = lab.pc(Net.FAR).bare(Query.DISCOVER).wanting(1, 3, 82).ask(Answer.OFFER);
          unless(!offer.has(82), "it has one");
        });
  }

  private static void oddAgentInformation(Cases<Lab> c) {
    c.add(
        "RFC 3046 §2.2",
        "unknown and empty suboptions are echoed",
        lab -> {
          List<String> odd = List.of("0100", "fe03aabbcc", "02020102");
          Answer offer = lab.pc(Net.FAR).discover().hex(82, String.join("", odd)).ask(Answer.OFFER);
          String echoed = offer.hex(82);
          boolean all = echoed.length() == 22 && odd.stream().allMatch(echoed::contains);
          unless(all, "option 82 is " + echoed);
          lab.remark(echoed.equals(String.join("", odd)) ? "" : "in another order");
        });
    c.add(
        "RFC 3046 §2.2",
        "an option 82 of 255 octets is echoed whole",
        lab -> {
          String large = "01fd" + "5a".repeat(253);
          Answer offer = lab.pc(Net.FAR).discover().hex(82, large).ask(Answer.OFFER);
          unless(offer.has(82), "it is left out");
          unless(
              offer.hex(82).equals(large),
              "it has become " + offer.hex(82).length() / 2 + " octets");
        });
    c.add(
        "RFC 3046 §2.2",
        "option 82 is neither taken for the client's identity nor kept for the next time",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          Answer offer = pc.discover().hex(82, AGENT).ask(Answer.OFFER);
          pc.selecting(offer).hex(82, AGENT).ask(Answer.ACK);
          Answer moved = pc.discover().hex(82, "0105706f727438").ask(Answer.OFFER);
          unlessSame("the address at another port", moved.yiaddr(), offer.yiaddr());
          unlessSame("option 82", moved.hex(82), "0105706f727438");
        });
  }
}
