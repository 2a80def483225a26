package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** RFC 2131 §4.3.1: which address, and for how long. */
final class AllocationCases {
  private AllocationCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Allocating");
    order(c);
    requested(c);
    many(c);
    manual(c);
    times(c);
  }

  private static void order(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.1",
        "first choice: the address of the client's current lease",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 current = pc.lease().yiaddr();
          unlessSame("the offer", pc.discover().ask(Answer.OFFER).yiaddr(), current);
        });
    c.add(
        "RFC 2131 §4.3.1",
        "second choice: the address that it had before it released it",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 previous = pc.lease().yiaddr();
          pc.release(previous).send();
          lab.pc().lease();
          unlessSame("the offer", pc.discover().ask(Answer.OFFER).yiaddr(), previous);
        });
    c.add(
        "RFC 2131 §4.3.1",
        "third choice: the address that it asks for",
        lab -> {
          Ipv4 wanted = Net.ROOM.fixed(0x1a05);
          Answer offer = lab.pc().discover().option(50, wanted).ask(Answer.OFFER);
          unlessSame("the offer", offer.yiaddr(), wanted);
        });
  }

  private static void requested(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.1",
        "an address that another machine has is not offered, though asked for",
        lab -> {
          Ipv4 taken = lab.pc().lease().yiaddr();
          Answer offer = lab.pc().discover().option(50, taken).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(taken), "it is offered");
        });
    c.add(
        "RFC 2131 §4.3.1",
        "an address of another network is not offered, though asked for",
        lab -> {
          Answer offer = lab.pc().discover().option(50, Ipv4.of("192.0.2.7")).ask(Answer.OFFER);
          unless(Net.ROOM.inPool(offer.yiaddr()), "it offers " + offer.yiaddr());
        });
    c.add(
        "RFC 2131 §4.3.1",
        "neither the server's own address nor the network's broadcast address is offered",
        lab -> {
          for (Ipv4 bad : List.of(Net.SERVER, Net.ROOM.broadcast(), Net.ROOM.fixed(0))) {
            Answer offer = lab.pc().discover().option(50, bad).ask(Answer.OFFER);
            unless(Net.ROOM.inPool(offer.yiaddr()), "it offers " + offer.yiaddr());
          }
        });
    c.add(
        "RFC 2131 §4.3.1",
        "a current lease goes before the address that is asked for",
        lab -> {
          Pc pc = lab.pc();
          Ipv4 current = pc.lease().yiaddr();
          Answer offer = pc.discover().option(50, Net.ROOM.fixed(0x1b09)).ask(Answer.OFFER);
          unlessSame("the offer", offer.yiaddr(), current);
        });
  }

  private static void many(Cases<Lab> c) {
    c.add(
        "RFC 2131 §3.1",
        "thirty machines that ask at once are offered thirty addresses",
        lab -> {
          List<Query> sent = new ArrayList<>();
          for (int i = 0; i < 30; i++) {
            sent.add(lab.pc().discover().send());
          }
          Set<Ipv4> offered = new HashSet<>();
          for (Query query : sent) {
            offered.add(query.answer().yiaddr());
          }
          unlessSame("the number of addresses", offered.size(), 30);
        });
    c.add(
        "RFC 2131 §3.1",
        "an offered address is offered to nobody else before its client has answered",
        lab -> {
          Answer first = lab.pc().discover().ask(Answer.OFFER);
          Answer second = lab.pc().discover().option(50, first.yiaddr()).ask(Answer.OFFER);
          unless(!second.yiaddr().equals(first.yiaddr()), "it is");
        });
    c.add(
        "RFC 2131 §4.3.1",
        "a pool of two serves two machines, not a third, and the third once one has gone",
        lab -> {
          Pc first = lab.pc(Net.TINY);
          Ipv4 one = first.lease().yiaddr();
          Ipv4 two = lab.pc(Net.TINY).lease().yiaddr();
          unless(!one.equals(two), "both have " + one);
          Pc third = lab.pc(Net.TINY);
          third.discover().silence();
          first.release(one).send();
          unlessSame("the third's", third.lease().yiaddr(), one);
        });
  }

  private static void manual(Cases<Lab> c) {
    c.add(
        "RFC 2131 §1",
        "manual allocation: a machine with a fixed address gets that",
        lab -> unlessSame("the lease", lab.pc(Net.RESERVED_MAC).lease().yiaddr(), Net.RESERVED));
    c.add(
        "RFC 2131 §1",
        "manual allocation: another machine that asks for that address does not get it",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().option(50, Net.RESERVED).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(Net.RESERVED), "it is offered");
          pc.selecting(Net.RESERVED, Net.SERVER).notGranted();
        });
  }

  private static void times(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.1",
        "without a wish the lease time is the configured one",
        lab ->
            unlessSame("option 51", lab.pc().discover().ask(Answer.OFFER).number(51), Net.LEASE));
    c.add(
        "RFC 2131 §4.3.1",
        "a shorter lease may be asked for; never is more given than configured",
        lab -> {
          long given = lab.pc().discover().number(51, 600).ask(Answer.OFFER).number(51);
          unless(given > 0 && given <= Net.LEASE, "600 asked for, " + given + " given");
          lab.remark(given == 600 ? "" : "gives " + given + " s for 600 s");
          long most = lab.pc().discover().number(51, 999_999).ask(Answer.OFFER).number(51);
          unlessSame("for 999999 s option 51", most, Net.LEASE);
        });
    c.add(
        "RFC 2131 §3.3",
        "an infinite lease (0xffffffff) that is asked for is cut to the configured time",
        lab -> {
          Answer offer = lab.pc().discover().number(51, 0xffffffffL).ask(Answer.OFFER);
          unlessSame("option 51", offer.number(51), Net.LEASE);
        });
    c.add(
        "RFC 2131 §4.3.1",
        "lease times of 0 s and 1 s that are asked for do not break the lease",
        lab -> {
          for (long wish : List.of(0L, 1L)) {
            Answer offer = lab.pc().discover().number(51, wish).ask(Answer.OFFER);
            unless(offer.number(51) >= 1, "option 51 is " + offer.number(51));
            unless(!offer.has(58) || offer.number(58) <= offer.number(59), "T1 is later than T2");
          }
        });
  }
}
