package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import java.util.List;

/** RFC 2131 §3.1 and Table 3: what an OFFER is. */
final class DiscoverCases {
  private DiscoverCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Discovering");
    exchange(c);
    header(c);
    options(c);
  }

  private static void exchange(Cases<Lab> c) {
    c.add(
        "RFC 2131 §3.1",
        "a DISCOVER is answered by an OFFER of an address of the pool",
        lab -> {
          Answer offer = lab.pc().discover().ask(Answer.OFFER);
          unless(Net.ROOM.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
        });
    c.add(
        "RFC 2131 §3.1",
        "four messages make a lease, and the ACK has the offered address",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          unlessSame("yiaddr", pc.selecting(offer).ask(Answer.ACK).yiaddr(), offer.yiaddr());
        });
    c.add(
        "RFC 2131 §4.1",
        "a DISCOVER sent again with another xid is answered with that xid",
        lab -> {
          Pc pc = lab.pc();
          pc.discover().ask(Answer.OFFER);
          pc.discover().ask(Answer.OFFER);
        });
    c.add(
        "RFC 2131 §4.1",
        "any xid will do: 0 and 0xffffffff are echoed",
        lab -> {
          unlessSame("xid", lab.pc().discover().xid(0).ask(Answer.OFFER).xid(), 0);
          unlessSame("xid", lab.pc().discover().xid(-1).ask(Answer.OFFER).xid(), -1);
        });
    c.add(
        "RFC 2131 §3",
        "options begin with the cookie 99.130.83.99 and finish with the end option",
        lab -> {
          Answer offer = lab.pc().discover().ask(Answer.OFFER);
          unlessSame("the cookie", offer.cookie(), "63825363");
          unless(offer.end() > 0, "there is no end option");
          unless(offer.isPaddedWithZeros(), "something follows the end option");
        });
  }

  private static void header(Cases<Lab> c) {
    c.add(
        "RFC 2131 Table 3",
        "op is BOOTREPLY; htype, hlen, xid and all of chaddr are the client's; hops is 0",
        lab -> {
          Pc pc = lab.pc();
          Query query = pc.discover();
          Answer offer = query.ask(Answer.OFFER);
          unlessSame("op", offer.octet(0), 2);
          unlessSame("htype", offer.octet(1), 1);
          unlessSame("hlen", offer.octet(2), 6);
          unlessSame("hops", offer.octet(3), 0);
          unlessSame("xid", offer.xid(), query.xid());
          unlessSame("chaddr", offer.chaddr(), pc.mac().bare() + "0".repeat(20));
        });
    c.add(
        "RFC 2131 Table 3",
        "secs is 0 in OFFER and ACK although the client's is not",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().secs(77).ask(Answer.OFFER);
          unlessSame("the OFFER's secs", offer.secs(), 0);
          unlessSame("the ACK's secs", pc.selecting(offer).secs(78).ask(Answer.ACK).secs(), 0);
        });
    c.add(
        "RFC 2131 Table 3",
        "ciaddr is 0 in an OFFER",
        lab -> unless(lab.pc().discover().ask(Answer.OFFER).ciaddr().isAny(), "it is not"));
    c.add(
        "RFC 2131 Table 3",
        "the broadcast flag is echoed, set or not",
        lab -> {
          unlessSame("flags", lab.pc().discover().ask(Answer.OFFER).flags(), 0);
          Answer offer = lab.pc().discover().broadcastFlag().ask(Answer.OFFER);
          unlessSame("flags", offer.flags(), 0x8000);
        });
  }

  private static void options(Cases<Lab> c) {
    c.add(
        "RFC 2131 Table 3",
        "an OFFER has a message type, a lease time and the server's identifier, each once",
        lab -> {
          Answer offer = lab.pc().discover().ask(Answer.OFFER);
          for (int code : List.of(53, 51, 54)) {
            unlessSame("the count of option " + code, offer.count(code), 1L);
          }
          unlessSame("option 54", offer.address(54), Net.SERVER);
        });
    c.add(
        "RFC 2131 Table 3",
        "an OFFER has none of options 50, 55 and 57, though the client sent and asked for them",
        lab -> {
          Answer offer =
              lab.pc()
                  .bare(Query.DISCOVER)
                  .wanting(1, 3, 50, 55, 57)
                  .taking(1500)
                  .option(50, Net.ROOM.fixed(0x1203))
                  .ask(Answer.OFFER);
          for (int code : List.of(50, 55, 57)) {
            unless(!offer.has(code), "it has option " + code);
          }
        });
    c.add(
        "RFC 2131 §4.4.5",
        "renewal comes before rebinding, and rebinding before the lease ends",
        lab -> {
          Answer offer = lab.pc().bare(Query.DISCOVER).wanting(1, 3, 51, 58, 59).ask(Answer.OFFER);
          long t1 = offer.has(58) ? offer.number(58) : offer.number(51) / 2;
          long t2 = offer.has(59) ? offer.number(59) : offer.number(51) * 7 / 8;
          unless(t1 < t2 && t2 < offer.number(51), t1 + ", " + t2 + ", " + offer.number(51));
          lab.remark(offer.has(58) && offer.has(59) ? "" : "leaves the times to the client");
        });
  }
}
