package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import java.util.List;

/** RFC 2131 §4.3.2, SELECTING, and what an ACK is. */
final class SelectingCases {
  private static final Ipv4 STRANGER = Ipv4.of("10.5.0.250");

  private SelectingCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Selecting");
    choice(c);
    acknowledged(c);
  }

  private static void choice(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.3.2",
        "SELECTING: no answer when another server was chosen",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          pc.selecting(offer.yiaddr(), STRANGER).silence();
        });
    c.add(
        "RFC 2131 §3.1",
        "whom the client did not choose may offer the address to others",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          pc.selecting(offer.yiaddr(), STRANGER).send();
          Answer again = pc.discover().ask(Answer.OFFER);
          unless(Net.ROOM.inPool(again.yiaddr()), "no address is offered");
        });
    c.add(
        "RFC 2131 §4.3.2",
        "SELECTING: a REQUEST for another address than the offered one is not granted",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Ipv4 other = lab.pc().lease().yiaddr();
          unless(!other.equals(offer.yiaddr()), "two machines are given " + other);
          pc.selecting(other, Net.SERVER).notGranted();
        });
    c.add(
        "RFC 2131 §4.3.1",
        "a REQUEST sent again, as after a lost ACK, gets the same ACK",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Query request = pc.selecting(offer);
          Answer first = request.ask(Answer.ACK);
          Answer second = request.ask(Answer.ACK);
          unlessSame("the second's yiaddr", second.yiaddr(), first.yiaddr());
          unlessSame("the second's options", second.codes(), first.codes());
        });
    c.add(
        "RFC 2131 §4.3.1",
        "a leased address is offered to nobody else",
        lab -> {
          Ipv4 leased = lab.pc().lease().yiaddr();
          for (int i = 0; i < 10; i++) {
            Answer offer = lab.pc().discover().option(50, leased).ask(Answer.OFFER);
            unless(!offer.yiaddr().equals(leased), "it is");
          }
        });
    c.add(
        "RFC 2131 §4.3.2",
        "SELECTING: secs and flags may differ from the DISCOVER's",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).broadcastFlag().secs(9).ask(Answer.ACK);
          unlessSame("flags", ack.flags(), 0x8000);
        });
  }

  private static void acknowledged(Cases<Lab> c) {
    c.add(
        "RFC 2131 Table 3",
        "an ACK has a message type, a lease time and the server's identifier, each once",
        lab -> {
          Answer ack = lab.pc().lease();
          for (int code : List.of(53, 51, 54)) {
            unlessSame("the count of option " + code, ack.count(code), 1L);
          }
          unlessSame("option 54", ack.address(54), Net.SERVER);
        });
    c.add(
        "RFC 2131 Table 3",
        "an ACK has none of options 50, 55 and 57",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).taking(1400).ask(Answer.ACK);
          for (int code : List.of(50, 55, 57)) {
            unless(!ack.has(code), "it has option " + code);
          }
        });
    c.add(
        "RFC 2131 §3.1",
        "what an ACK says does not contradict the OFFER",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          Answer ack = pc.selecting(offer).ask(Answer.ACK);
          for (int code : List.of(1, 3, 6, 15, 51, 54)) {
            unlessSame("the ACK's option " + code, ack.hex(code), offer.hex(code));
          }
          unlessSame("the ACK's siaddr", ack.siaddr(), offer.siaddr());
          unlessSame("the ACK's file", ack.file(), offer.file());
        });
    c.add(
        "RFC 2131 Table 3",
        "ciaddr of an ACK is the REQUEST's: 0 when SELECTING",
        lab -> unless(lab.pc().lease().ciaddr().isAny(), "it is not"));
  }
}
