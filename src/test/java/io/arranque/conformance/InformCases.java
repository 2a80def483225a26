package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import java.util.List;

/** RFC 2131 §3.4 and §4.3.5: INFORM. */
final class InformCases {
  private InformCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Informing");
    c.add(
        "RFC 2131 §4.3.5",
        "INFORM: an ACK by unicast to ciaddr, though the address is in no pool",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 own = Net.ROOM.fixed(200);
          Answer ack = pc.inform(own).ask(Answer.ACK);
          unless(ack.wentTo(pc.mac(), own), "it goes to " + ack.frame.destination());
          unlessSame("the port", ack.frame.destinationPort(), 68);
        });
    c.add(
        "RFC 2131 §4.3.5",
        "INFORM: no lease time and no yiaddr in the ACK",
        lab -> {
          Answer ack = lab.pc().inform(Net.ROOM.fixed(201)).ask(Answer.ACK);
          unless(ack.yiaddr().isAny(), "yiaddr is " + ack.yiaddr());
          for (int code : List.of(51, 58, 59)) {
            unless(!ack.has(code), "it has option " + code);
          }
        });
    c.add(
        "RFC 2131 §4.3.5",
        "INFORM: the ACK has what the client asks for, and the server's identifier",
        lab -> {
          Answer ack = lab.pc().inform(Net.ROOM.fixed(202)).ask(Answer.ACK);
          unlessSame("option 6", ack.bytes(6).length, 8);
          unlessSame("option 15", ack.text(15), Net.DOMAIN);
          unlessSame("option 54", ack.address(54), Net.SERVER);
        });
    c.add(
        "RFC 2131 Table 3",
        "INFORM: ciaddr of the ACK is the client's",
        lab -> {
          Ipv4 own = Net.ROOM.fixed(203);
          unlessSame("ciaddr", lab.pc().inform(own).ask(Answer.ACK).ciaddr(), own);
        });
    c.add(
        "RFC 2131 §4.3.5",
        "INFORM through a relay is answered",
        lab -> {
          Ipv4 own = Net.FAR.fixed(20);
          lab.wire().configure(own, Net.RELAY_MAC);
          Answer ack = lab.pc(Net.FAR).bare(Query.INFORM).ciaddr(own).wanting(1, 6).ask(Answer.ACK);
          Ipv4 to = ack.frame.destination();
          unless(to.equals(own) || to.equals(Net.FAR.router()), "it goes to " + to);
          // §4.3.5 says ciaddr, §4.1 says giaddr first.
          lab.remark(to.equals(own) ? "to ciaddr" : "to giaddr");
        });
    c.add(
        "RFC 2131 §4.3.5",
        "INFORM gives no lease: its address is still another's who asks for it",
        lab -> {
          Ipv4 free = Net.ROOM.fixed(0x1d07);
          lab.pc().inform(free).ask(Answer.ACK);
          Answer offer = lab.pc().discover().option(50, free).ask(Answer.OFFER);
          unlessSame("the offer", offer.yiaddr(), free);
        });
  }
}
