package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.List;
import java.util.Set;

/** What a NAK is. */
final class RefusalCases {
  private static final Ipv4 WRONG = Ipv4.of("192.0.2.9");

  private RefusalCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Refusing");
    fields(c);
    whereTo(c);
  }

  /** One that there is reason for: a machine with a lease that asks for an address elsewhere. */
  private static Query refused(Lab lab) throws InterruptedException {
    Pc pc = lab.pc();
    pc.lease();
    return pc.initReboot(WRONG);
  }

  private static void fields(Cases<Lab> c) {
    c.add(
        "RFC 2131 Table 3",
        "a NAK has no address: ciaddr, yiaddr and siaddr are 0",
        lab -> {
          Answer nak = refused(lab).ask(Answer.NAK);
          unless(nak.ciaddr().isAny(), "ciaddr is " + nak.ciaddr());
          unless(nak.yiaddr().isAny(), "yiaddr is " + nak.yiaddr());
          unless(nak.siaddr().isAny(), "siaddr is " + nak.siaddr());
        });
    c.add(
        "RFC 2131 Table 3",
        "a NAK has the server's identifier",
        lab -> unlessSame("option 54", refused(lab).ask(Answer.NAK).address(54), Net.SERVER));
    c.add(
        "RFC 2131 Table 3",
        "a NAK has no option but 53, 54, 56, 60 and 61",
        lab -> {
          Answer nak = refused(lab).ask(Answer.NAK);
          Set<Integer> permitted = Set.of(53, 54, 56, 60, 61);
          List<Integer> others = nak.codes().stream().filter(x -> !permitted.contains(x)).toList();
          unless(others.isEmpty(), "it has " + others);
        });
    c.add(
        "RFC 2131 Table 3",
        "sname and file are empty in a NAK",
        lab -> {
          Answer nak = refused(lab).ask(Answer.NAK);
          unless(nak.sname().isEmpty() && nak.file().isEmpty(), "they are not");
        });
    c.add(
        "RFC 2131 Table 3",
        "a NAK echoes xid and chaddr, and its secs and hops are 0",
        lab -> {
          Query query = refused(lab).secs(3);
          Answer nak = query.ask(Answer.NAK);
          unlessSame("xid", nak.xid(), query.xid());
          unlessSame("secs", nak.secs(), 0);
          unlessSame("hops", nak.octet(3), 0);
        });
  }

  private static void whereTo(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.1",
        "a NAK is broadcast to 0xffffffff, whatever the flag",
        lab -> {
          Answer nak = refused(lab).flags(0).ask(Answer.NAK);
          unless(
              nak.wentTo(Mac.of("ff:ff:ff:ff:ff:ff"), Ipv4.BROADCAST),
              "it goes to " + nak.destination());
          unlessSame("the port", nak.frame.destinationPort(), 68);
        });
    c.add(
        "RFC 2131 §4.3.2",
        "a NAK through a relay goes to giaddr, port 67, with the broadcast flag set",
        lab -> {
          Pc pc = lab.pc(Net.FAR);
          pc.lease();
          Answer nak = pc.initReboot(WRONG).ask(Answer.NAK);
          unlessSame("it goes to", nak.frame.destination(), Net.FAR.router());
          unlessSame("the port", nak.frame.destinationPort(), 67);
          unlessSame("flags", nak.flags(), 0x8000);
          unlessSame("giaddr", nak.giaddr(), Net.FAR.router());
        });
  }
}
