package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import io.arranque.address.Ipv4;
import java.util.List;

/** RFC 4578 and PXE 2.1: what a network card's ROM needs. */
final class PxeCases {
  private static final String UUID = "00" + "0123456789abcdef0123456789abcdef";

  /** Suboption 71: the first of the server's boot menu, its loader. */
  private static final String CHOICE = "470480000000";

  private PxeCases() {}

  static void add(Cases<Lab> c) {
    c.theme("PXE");
    bootFile(c);
    options(c);
    port4011(c);
    proxy(c);
  }

  private static Query rom(Query query, int architecture) {
    return query
        .option(60, "PXEClient:Arch:%05d:UNDI:003016".formatted(architecture))
        .option(93, (byte) (architecture >>> 8), (byte) architecture)
        .option(94, (byte) 1, (byte) 3, (byte) 16)
        .hex(97, UUID)
        .wanting(1, 3, 6, 15, 43, 54, 60, 66, 67, 97)
        .taking(1472);
  }

  private static String bootFile(Answer answer) {
    return answer.file().isEmpty() && answer.has(67)
        ? answer.text(67).replace("\0", "")
        : answer.file();
  }

  private static void bootFile(Cases<Lab> c) {
    c.add(
        "RFC 4578 §2.1",
        "architecture 0 gets the BIOS loader, in OFFER and ACK",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = rom(pc.bare(Query.DISCOVER), 0).ask(Answer.OFFER);
          unlessSame("the OFFER's boot file", bootFile(offer), "undionly.kpxe");
          Query request = pc.bare(Query.REQUEST).option(54, Net.SERVER).option(50, offer.yiaddr());
          Answer ack = rom(request, 0).ask(Answer.ACK);
          unlessSame("the ACK's boot file", bootFile(ack), "undionly.kpxe");
        });
    c.add(
        "RFC 4578 §2.1",
        "architecture 7 gets the UEFI loader",
        lab -> {
          Answer offer = rom(lab.pc().bare(Query.DISCOVER), 7).ask(Answer.OFFER);
          unlessSame("the boot file", bootFile(offer), "snponly.efi");
        });
    c.add(
        "RFC 2131 §2",
        "siaddr is the server to load from",
        lab -> {
          Answer offer = rom(lab.pc().bare(Query.DISCOVER), 0).ask(Answer.OFFER);
          unlessSame("siaddr", offer.siaddr(), Net.SERVER);
        });
    c.add(
        "PXE 2.1 §2.2",
        "what is no PXE client gets no boot file",
        lab -> {
          Answer offer = lab.pc().bare(Query.DISCOVER).wanting(1, 3, 60, 66, 67).ask(Answer.OFFER);
          unlessSame("the boot file", bootFile(offer), "");
        });
    c.add(
        "RFC 2131 §4.1",
        "a ROM through a relay gets the loader of the same server",
        lab -> {
          Answer offer = rom(lab.pc(Net.FAR).bare(Query.DISCOVER), 7).ask(Answer.OFFER);
          unlessSame("the boot file", bootFile(offer), "snponly.efi");
          unlessSame("siaddr", offer.siaddr(), Net.SERVER);
        });
  }

  private static void options(Cases<Lab> c) {
    c.add(
        "PXE 2.1 §2.2",
        "option 60 of the reply is PXEClient",
        lab -> {
          Answer offer = rom(lab.pc().bare(Query.DISCOVER), 0).ask(Answer.OFFER);
          unlessSame("option 60", offer.text(60), "PXEClient");
        });
    c.add(
        "PXE 2.1 §2.2",
        "option 43 of the reply is whole suboptions and tells how to go on",
        lab -> {
          Answer offer = rom(lab.pc().bare(Query.DISCOVER), 0).ask(Answer.OFFER);
          List<Integer> codes = suboptions(offer.bytes(43));
          unless(codes.contains(6) || codes.contains(9), "it has " + codes);
        });
    c.add(
        "RFC 4578 §2.3",
        "the machine identifier (97) is in OFFER and ACK as the client sent it",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = rom(pc.bare(Query.DISCOVER), 7).ask(Answer.OFFER);
          unlessSame("the OFFER's", offer.hex(97), UUID);
          Query request = pc.bare(Query.REQUEST).option(54, Net.SERVER).option(50, offer.yiaddr());
          unlessSame("the ACK's", rom(request, 7).ask(Answer.ACK).hex(97), UUID);
        });
    c.add(
        "RFC 4578 §2.1",
        "an architecture that nobody knows gets an address all the same",
        lab -> {
          Answer offer = rom(lab.pc().bare(Query.DISCOVER), 4711).ask(Answer.OFFER);
          unless(Net.ROOM.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
        });
    c.add(
        "RFC 4578 §2.1",
        "options 93, 94 and 97 of wrong lengths do others no harm",
        lab -> {
          Query odd =
              lab.pc()
                  .discover()
                  .option(60, "PXEClient")
                  .option(93, (byte) 7)
                  .option(94)
                  .option(97, (byte) 0, (byte) 1);
          lab.remark(odd.isAnswered() ? "" : "does not answer such a client");
          lab.pc().discover().ask(Answer.OFFER);
        });
  }

  private static List<Integer> suboptions(byte[] value) {
    List<Integer> codes = new java.util.ArrayList<>();
    int at = 0;
    while (at < value.length && (value[at] & 0xff) != 255) {
      unless(at + 1 < value.length, "suboption " + value[at] + " has no length");
      codes.add(value[at] & 0xff);
      at += 2 + (value[at + 1] & 0xff);
      unless(at <= value.length, "a suboption leaves option 43");
    }
    return codes;
  }

  private static void port4011(Cases<Lab> c) {
    c.add(
        "PXE 2.1 §2.2",
        "a REQUEST at port 4011 is acknowledged with the boot file and without a lease",
        Feature.PORT_4011,
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = at4011(pc, mine, 4011).ask(Answer.ACK);
          unless(!ack.has(51), "it has a lease time");
          unlessSame("the boot file", bootFile(ack), "snponly.efi");
          unlessSame("option 60", ack.text(60), "PXEClient");
        });
    c.add(
        "PXE 2.1 §2.2",
        "the answer of port 4011 goes to the port that was asked from, 68 or 4011",
        Feature.PORT_4011,
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          for (int port : List.of(68, 4011)) {
            Answer ack = at4011(pc, mine, port).ask(Answer.ACK);
            unlessSame("it goes to", ack.frame.destination(), mine);
            unlessSame("the port", ack.frame.destinationPort(), port);
          }
        });
    c.add(
        "PXE 2.1 §2.4",
        "the choice from a boot menu (option 43, suboption 71) is confirmed at port 4011",
        Feature.PORT_4011,
        lab -> {
          Pc pc = lab.pc();
          Ipv4 mine = pc.lease().yiaddr();
          Answer ack = at4011(pc, mine, 4011).ask(Answer.ACK);
          unless(ack.hex(43).contains(CHOICE), "option 43 is " + ack.hex(43));
        });
    c.add(
        "PXE 2.1 §2.2",
        "who is no PXE client gets no answer at port 4011",
        Feature.PORT_4011,
        lab -> {
          Pc pc = lab.pc();
          pc.renewing(pc.lease().yiaddr()).ports(68, 4011).silence();
        });
  }

  private static Query at4011(Pc pc, Ipv4 address, int port) {
    Query query = pc.bare(Query.REQUEST).ciaddr(address).unicastFrom(address).ports(port, 4011);
    return rom(query, 7).hex(43, CHOICE);
  }

  private static void proxy(Cases<Lab> c) {
    c.add(
        "PXE 2.1 §2.2",
        "proxyDHCP: an OFFER that says PXEClient and has neither address nor lease",
        Feature.PROXY,
        lab -> {
          Answer offer = rom(lab.pc(Net.PROXY).bare(Query.DISCOVER), 7).ask(Answer.OFFER);
          unless(offer.yiaddr().isAny(), "yiaddr is " + offer.yiaddr());
          unless(!offer.has(51), "it has a lease time");
          unlessSame("option 60", offer.text(60), "PXEClient");
          // Without one the ROM asks at port 4011.
          lab.remark(bootFile(offer).isEmpty() ? "the boot file only at port 4011" : "");
        });
    c.add(
        "PXE 2.1 §2.2",
        "proxyDHCP: silence to who is no PXE client, and to any REQUEST for an address",
        Feature.PROXY,
        lab -> {
          lab.pc(Net.PROXY).discover().silence();
          Pc pc = lab.pc(Net.PROXY);
          rom(pc.bare(Query.REQUEST).option(50, Net.PROXY.fixed(77)), 7).silence();
        });
  }
}
