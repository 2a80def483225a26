package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** RFC 1534: clients that are older than DHCP. */
final class BootpCases {
  private BootpCases() {}

  static void add(Cases<Lab> c) {
    c.theme("BOOTP");
    replies(c);
    forms(c);
  }

  private static void replies(Cases<Lab> c) {
    c.add(
        "RFC 1534 §2",
        "BOOTP: a machine with a fixed address gets a BOOTREPLY with it",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.BOOTP_MAC).bootp().ask();
          unlessSame("yiaddr", reply.yiaddr(), Net.BOOTP);
          unlessSame("op", reply.octet(0), 2);
        });
    c.add(
        "RFC 1534 §2",
        "BOOTP: the reply has no DHCP options, 51, 53, 54, 58 or 59",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.BOOTP_MAC).bootp().ask();
          for (int code : new int[] {51, 53, 54, 58, 59}) {
            unless(!reply.has(code), "it has option " + code);
          }
        });
    c.add(
        "RFC 1533 §3",
        "BOOTP: the cookie and vendor extensions, such as the mask",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.BOOTP_MAC).bootp().ask();
          unlessSame("the cookie", reply.cookie(), "63825363");
          unlessSame("option 1", reply.address(1), Net.ROOM.mask());
        });
    c.add(
        "RFC 951 §3",
        "BOOTP: the reply has 300 octets, as BOOTP's messages do",
        Feature.BOOTP,
        lab -> unlessSame("its size", lab.pc(Net.BOOTP_MAC).bootp().ask().size(), 300));
  }

  private static void forms(Cases<Lab> c) {
    c.add(
        "RFC 951 §8.2",
        "BOOTP without any cookie is answered too",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.BOOTP_MAC).bootp().cookie(0).withoutEnd().ask();
          unlessSame("yiaddr", reply.yiaddr(), Net.BOOTP);
        });
    c.add(
        "RFC 1542 §4.1.2",
        "BOOTP through a relay: to giaddr, port 67",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.FAR, Net.FAR_BOOTP_MAC).bootp().ask();
          unlessSame("yiaddr", reply.yiaddr(), Net.FAR_BOOTP);
          unlessSame("it goes to", reply.frame.destination(), Net.FAR.router());
          unlessSame("the port", reply.frame.destinationPort(), 67);
        });
    c.add(
        "RFC 1542 §3.1.1",
        "BOOTP: with the broadcast flag the reply is broadcast",
        Feature.BOOTP,
        lab -> {
          Answer reply = lab.pc(Net.BOOTP_MAC).bootp().broadcastFlag().ask();
          unlessSame("it goes to", reply.frame.destination(), Ipv4.BROADCAST);
        });
  }
}
