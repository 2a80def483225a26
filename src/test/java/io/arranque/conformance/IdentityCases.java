package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;

/** Who a client is: RFC 2131 §4.2, RFC 4361, RFC 6842; and who a machine is. */
final class IdentityCases {
  /** RFC 4361 §6.1: type 255, IAID, DUID. */
  private static final String DUID = "ff00000001" + "0001000127a1b2c3020000000001";

  private IdentityCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Who a client is");
    echo(c);
    identity(c);
    machine(c);
  }

  private static void echo(Cases<Lab> c) {
    c.add(
        "RFC 6842 §3",
        "a client identifier is echoed in OFFER and ACK",
        lab -> {
          Pc pc = lab.pc();
          String id = "00" + "6d79206964" + pc.mac().bare();
          Answer offer = pc.discover().hex(61, id).ask(Answer.OFFER);
          unlessSame("the OFFER's", offer.hex(61), id);
          unlessSame("the ACK's", pc.selecting(offer).hex(61, id).ask(Answer.ACK).hex(61), id);
        });
    c.add(
        "RFC 6842 §3",
        "a client identifier is echoed in a NAK",
        lab -> {
          Pc pc = lab.pc();
          String id = "01" + pc.mac().bare();
          Answer offer = pc.discover().hex(61, id).ask(Answer.OFFER);
          pc.selecting(offer).hex(61, id).ask(Answer.ACK);
          Answer nak = pc.initReboot(Ipv4.of("192.0.2.71")).hex(61, id).ask(Answer.NAK);
          unlessSame("the NAK's", nak.hex(61), id);
        });
    c.add(
        "RFC 6842 §3",
        "no client identifier in the reply to a client that sends none",
        lab -> {
          Answer offer = lab.pc().bare(Query.DISCOVER).wanting(1, 3, 61).ask(Answer.OFFER);
          unless(!offer.has(61), "it has one");
        });
    c.add(
        "RFC 3396 §7",
        "a client identifier in two pieces is one: joined, it is what is echoed",
        lab -> {
          Pc pc = lab.pc();
          String id = "00" + "61".repeat(9) + pc.mac().bare();
          Answer offer =
              pc.discover()
                  .hex(61, id.substring(0, 14))
                  .hex(61, id.substring(14))
                  .ask(Answer.OFFER);
          unlessSame("option 61", offer.hex(61), id);
        });
  }

  private static void identity(Cases<Lab> c) {
    c.add(
        "RFC 4361 §6.1",
        "an identifier made of a DUID is taken, and keeps its address",
        lab -> {
          Pc pc = lab.pc();
          String id = DUID + pc.mac().bare();
          Answer offer = pc.discover().hex(61, id).ask(Answer.OFFER);
          Ipv4 mine = pc.selecting(offer).hex(61, id).ask(Answer.ACK).yiaddr();
          unlessSame("again", pc.discover().hex(61, id).ask(Answer.OFFER).yiaddr(), mine);
        });
    c.add(
        "RFC 2131 §4.2",
        "the client identifier is the client: with another network card it has the same lease",
        lab -> {
          Pc pc = lab.pc();
          String id = "00" + "63617264" + pc.mac().bare();
          Answer offer = pc.discover().hex(61, id).ask(Answer.OFFER);
          Ipv4 mine = pc.selecting(offer).hex(61, id).ask(Answer.ACK).yiaddr();
          Answer other = lab.pc().discover().hex(61, id).ask(Answer.OFFER);
          unlessSame("the other card's offer", other.yiaddr(), mine);
        });
    c.add(
        "RFC 2132 §9.14",
        "an identifier of 64 octets and one of two do",
        lab -> {
          Pc pc = lab.pc();
          pc.discover().hex(61, "00" + "7a".repeat(57) + pc.mac().bare()).ask(Answer.OFFER);
          lab.pc().discover().hex(61, "0033").ask(Answer.OFFER);
        });
  }

  private static void machine(Cases<Lab> c) {
    c.add(
        "PXE 2.1 §2.2",
        "ROM, loader and system of one machine, each with its own identifier: one address",
        Feature.MACHINE_IDENTITY,
        lab -> {
          Pc pc = lab.pc(Net.MACHINES);
          Ipv4 rom = leaseAs(pc, "00" + "11".repeat(10) + pc.mac().bare());
          unlessSame("the loader's", pc.lease().yiaddr(), rom);
          unlessSame("the system's", leaseAs(pc, DUID + pc.mac().bare()), rom);
        });
    c.add(
        "RFC 2131 §4.2",
        "two machines with one identifier, copied with a disk image, do not share an address",
        Feature.MACHINE_IDENTITY,
        lab -> {
          Ipv4 first = leaseAs(lab.pc(Net.MACHINES), DUID + "c0c0");
          Ipv4 second = leaseAs(lab.pc(Net.MACHINES), DUID + "c0c0");
          unless(!first.equals(second), "both have " + first);
        });
  }

  private static Ipv4 leaseAs(Pc pc, String id) throws InterruptedException {
    Answer offer = pc.discover().hex(61, id).ask(Answer.OFFER);
    return pc.selecting(offer).hex(61, id).ask(Answer.ACK).yiaddr();
  }
}
