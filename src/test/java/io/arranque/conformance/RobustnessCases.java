package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;

import io.arranque.address.Mac;
import java.util.List;

/** What is no proper message: it must cost nobody else an answer. */
final class RobustnessCases {
  private RobustnessCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Robustness");
    notAnswered(c);
    notEvenMessages(c);
    hardware(c);
    answered(c);
    tolerated(c);
  }

  /** Whatever came before, the next is served. */
  private static void stillServes(Lab lab) throws InterruptedException {
    lab.pc().discover().ask(Answer.OFFER);
  }

  private static void notAnswered(Cases<Lab> c) {
    c.add(
        "RFC 2131 §2",
        "a message whose op is BOOTREPLY is not answered",
        lab -> {
          lab.pc().discover().octet(0, 2).silence();
          stillServes(lab);
        });
    c.add(
        "RFC 2131 §3",
        "OFFER, ACK and NAK sent by a client are not answered",
        lab -> {
          for (int type : List.of(2, 5, 6)) {
            lab.pc().bare(type).silence();
          }
        });
    c.add(
        "RFC 2132 §9.6",
        "message types that are unknown (0, 9, 42, 255) are not answered",
        lab -> {
          for (int type : List.of(0, 9, 42, 255)) {
            lab.pc().bare(type).silence();
          }
          stillServes(lab);
        });
    c.add(
        "RFC 2131 Table 4",
        "a REQUEST with neither server, address nor ciaddr, a client in no state, does no harm",
        lab -> {
          lab.remark(lab.pc().bare(Query.REQUEST).isAnswered() ? "answers it" : "");
          stillServes(lab);
        });
  }

  private static void notEvenMessages(Cases<Lab> c) {
    c.add(
        "RFC 2131 §2",
        "messages cut off anywhere do no harm",
        lab -> {
          for (int size : List.of(0, 1, 27, 43, 44, 107, 235, 236, 239, 240, 241, 242)) {
            lab.pc().discover().cutTo(size).send();
          }
          stillServes(lab);
        });
    c.add(
        "RFC 2131 §3",
        "a wrong cookie makes no DHCP message",
        lab -> {
          lab.pc().discover().cookie(0x63825364).silence();
          stillServes(lab);
        });
    c.add(
        "RFC 2132 §2",
        "an option longer than what is left of the message is not read beyond it",
        lab -> {
          lab.pc().discover().size(0).raw((byte) 61, (byte) 200, (byte) 1).withoutEnd().send();
          lab.pc().discover().size(0).raw((byte) 61).withoutEnd().send();
          stillServes(lab);
        });
    c.add(
        "RFC 2131 §4.1",
        "an option 52 that makes no sense does no harm",
        lab -> {
          lab.pc().discover().option(52, (byte) 9).send();
          lab.pc().discover().option(52).send();
          byte[] rubbish = new byte[64];
          java.util.Arrays.fill(rubbish, (byte) 77);
          lab.pc().discover().option(52, (byte) 2).sname(rubbish).send();
          stillServes(lab);
        });
    c.add(
        "RFC 3046 §2.1",
        "an option 82 whose suboptions leave it does no harm",
        lab -> {
          lab.pc(Net.FAR).discover().hex(82, "01ff").send();
          lab.pc(Net.FAR).discover().hex(82, "01").send();
          lab.pc(Net.FAR).discover().option(82).send();
          stillServes(lab);
          lab.pc(Net.FAR).discover().ask(Answer.OFFER);
        });
  }

  private static void hardware(Cases<Lab> c) {
    c.add(
        "RFC 2131 §2",
        "hardware types and lengths that are not Ethernet's do no harm",
        lab -> {
          for (int type : List.of(0, 6, 32, 255)) {
            lab.pc().discover().octet(1, type).send();
          }
          for (int length : List.of(0, 5, 7, 16, 17, 255)) {
            lab.pc().discover().octet(2, length).send();
          }
          stillServes(lab);
        });
    c.add(
        "RFC 2131 §2",
        "a chaddr of zeros or of a group does no harm",
        lab -> {
          lab.pc(Mac.of("00:00:00:00:00:00")).discover().send();
          lab.pc(Mac.of("ff:ff:ff:ff:ff:ff")).discover().send();
          lab.pc(Mac.of("01:00:5e:00:00:01")).discover().send();
          stillServes(lab);
        });
    c.add(
        "RFC 2131 §2",
        "octets of chaddr beyond hlen are not looked at",
        lab -> {
          Pc pc = lab.pc();
          Answer first = pc.discover().octet(40, 0x55).ask(Answer.OFFER);
          pc.selecting(first).ask(Answer.ACK);
        });
  }

  private static void answered(Cases<Lab> c) {
    c.add(
        "RFC 2131 §2",
        "the reserved bits of flags are ignored",
        lab -> {
          Answer offer = lab.pc().discover().flags(0x0042).ask(Answer.OFFER);
          unless((offer.flags() & 0x8000) == 0, "the broadcast flag is set in the reply");
        });
    c.add(
        "RFC 2131 §4.4.1",
        "yiaddr and siaddr of a client's message are not looked at",
        lab -> {
          Answer offer =
              lab.pc()
                  .discover()
                  .address(16, Net.ROOM.fixed(7))
                  .address(20, Net.ROOM.fixed(8))
                  .ask(Answer.OFFER);
          unless(Net.ROOM.inPool(offer.yiaddr()), "yiaddr is " + offer.yiaddr());
        });
    c.add(
        "RFC 2131 §2",
        "secs of 65535 and hops of 16 do no harm",
        lab -> lab.pc().discover().secs(65535).hops(16).ask(Answer.OFFER));
    c.add(
        "RFC 2131 §4.1",
        "a missing end option is forgiven, and rubbish after it",
        lab -> {
          lab.pc().discover().withoutEnd().ask(Answer.OFFER);
          lab.pc().discover().raw((byte) 255).raw(new byte[] {1, 99, 3, 1}).ask(Answer.OFFER);
        });
    c.add(
        "RFC 2131 §2",
        "a message of 1472 octets is read",
        lab -> lab.pc().discover().size(1472).ask(Answer.OFFER));
    c.add(
        "RFC 2131 §2",
        "a message of fewer than 300 octets is read, if it is whole",
        lab -> lab.pc().discover().size(0).ask(Answer.OFFER));
  }

  private static void tolerated(Cases<Lab> c) {
    c.add(
        "RFC 2132 §9.6",
        "the message type need not be the first option",
        lab -> {
          Answer offer = lab.pc().bootp().wanting(1, 3).option(53, (byte) 1).ask(Answer.OFFER);
          unless(offer.has(51), "it has " + offer.codes());
        });
    c.add(
        "RFC 2132 §2",
        "unknown options, empty ones and text in other character sets are passed over",
        lab ->
            lab.pc()
                .discover()
                .hex(231, "00ff00ff")
                .option(12)
                .hex(12, "c3b1ff")
                .option(60)
                .hex(77, "ff")
                .ask(Answer.OFFER));
    c.add(
        "RFC 2131 §4.3.1",
        "a host name with letters that none may have does not keep a machine from its lease",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().option(12, "a b/../<c>%s\"").ask(Answer.OFFER);
          pc.selecting(offer).option(12, "a b/../<c>%s\"").ask(Answer.ACK);
        });
  }
}
