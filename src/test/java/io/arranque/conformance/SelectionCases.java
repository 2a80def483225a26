package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** Who says otherwise which subnet or server is meant: RFC 3011, RFC 3527, RFC 5107. */
final class SelectionCases {
  private static final Ipv4 OVERRIDE = Net.FAR.router();

  private SelectionCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Selection of subnet and server");
    link(c);
    subnet(c);
    override(c);
  }

  private static String suboption(int code, Ipv4 address) {
    StringBuilder hex = new StringBuilder("%02x04".formatted(code));
    for (byte octet : address.octets()) {
      hex.append("%02x".formatted(octet & 0xff));
    }
    return hex.toString();
  }

  private static void link(Cases<Lab> c) {
    c.add(
        "RFC 3527 §3",
        "link selection: the address is of that subnet, the reply goes to giaddr",
        Feature.LINK_SELECTION,
        lab -> {
          String agent = suboption(5, Net.OTHER.fixed(0));
          Answer offer = lab.pc(Net.FAR).discover().hex(82, agent).ask(Answer.OFFER);
          unless(Net.OTHER.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
          unlessSame("option 3", offer.address(3), Net.OTHER.router());
          unlessSame("it goes to", offer.frame.destination(), Net.FAR.router());
          unlessSame("option 82", offer.hex(82), agent);
        });
    c.add(
        "RFC 3527 §3",
        "link selection holds for the REQUEST too",
        Feature.LINK_SELECTION,
        lab -> {
          String agent = suboption(5, Net.OTHER.fixed(0));
          Pc pc = lab.pc(Net.FAR);
          Answer offer = pc.discover().hex(82, agent).ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).hex(82, agent).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), offer.yiaddr());
          unless(Net.OTHER.inPool(ack.yiaddr()), "yiaddr is " + ack.yiaddr());
        });
    c.add(
        "RFC 3527 §3",
        "link selection of a subnet that is not served: no address of giaddr's subnet instead",
        Feature.LINK_SELECTION,
        lab -> {
          String agent = suboption(5, Ipv4.of("192.0.2.0"));
          lab.pc(Net.FAR).discover().hex(82, agent).silence();
        });
  }

  private static void subnet(Cases<Lab> c) {
    c.add(
        "RFC 3011 §2",
        "subnet selection: the address is of that subnet, and option 118 is in the reply",
        Feature.SUBNET_SELECTION,
        lab -> {
          Answer offer =
              lab.pc(Net.FAR).discover().option(118, Net.OTHER.fixed(0)).ask(Answer.OFFER);
          unless(Net.OTHER.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
          unlessSame("option 118", offer.address(118), Net.OTHER.fixed(0));
          unlessSame("it goes to", offer.frame.destination(), Net.FAR.router());
        });
    c.add(
        "RFC 3527 §3",
        "link selection goes before subnet selection",
        Feature.LINK_SELECTION,
        lab -> {
          Answer offer =
              lab.pc(Net.FAR)
                  .discover()
                  .option(118, Net.MACHINES.fixed(0))
                  .hex(82, suboption(5, Net.OTHER.fixed(0)))
                  .ask(Answer.OFFER);
          unless(Net.OTHER.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
        });
  }

  private static void override(Cases<Lab> c) {
    c.add(
        "RFC 5107 §4",
        "server identifier override: that address is option 54 of the OFFER",
        Feature.SERVER_ID_OVERRIDE,
        lab -> {
          String agent = suboption(11, OVERRIDE);
          Answer offer = lab.pc(Net.FAR).discover().hex(82, agent).ask(Answer.OFFER);
          unlessSame("option 54", offer.address(54), OVERRIDE);
        });
    c.add(
        "RFC 5107 §4",
        "server identifier override: the REQUEST that names that address is ours",
        Feature.SERVER_ID_OVERRIDE,
        lab -> {
          String agent = suboption(11, OVERRIDE);
          Pc pc = lab.pc(Net.FAR);
          Answer offer = pc.discover().hex(82, agent).ask(Answer.OFFER);
          Answer ack = pc.selecting(offer.yiaddr(), OVERRIDE).hex(82, agent).ask(Answer.ACK);
          unlessSame("option 54", ack.address(54), OVERRIDE);
          unlessSame("yiaddr", ack.yiaddr(), offer.yiaddr());
        });
    c.add(
        "RFC 5107 §4",
        "server identifier override: renewed through the relay, whose address the client knows",
        Feature.SERVER_ID_OVERRIDE,
        lab -> {
          String agent = suboption(11, OVERRIDE);
          Pc pc = lab.pc(Net.FAR);
          Answer offer = pc.discover().hex(82, agent).ask(Answer.OFFER);
          pc.selecting(offer.yiaddr(), OVERRIDE).hex(82, agent).ask(Answer.ACK);
          Answer ack = pc.rebinding(offer.yiaddr()).hex(82, agent).ask(Answer.ACK);
          unlessSame("yiaddr", ack.yiaddr(), offer.yiaddr());
          unlessSame("option 54", ack.address(54), OVERRIDE);
        });
  }
}
