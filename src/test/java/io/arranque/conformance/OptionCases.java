package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import java.util.ArrayList;
import java.util.List;

/** RFC 2132 and the RFCs that add options to it: their values, and which are sent. */
final class OptionCases {
  private OptionCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Options");
    values(c);
    routesAndDomains(c);
    requested(c);
    reading(c);
  }

  private static Answer offer(Lab lab, int... wanted) throws InterruptedException {
    return lab.pc().bare(Query.DISCOVER).wanting(wanted).taking(1500).ask(Answer.OFFER);
  }

  private static void values(Cases<Lab> c) {
    c.add(
        "RFC 2132 §3.3",
        "the subnet mask stands before the router, even when asked for after it",
        lab -> {
          List<Integer> order = offer(lab, 3, 1).order();
          unless(order.contains(1) && order.contains(3), "it has " + order);
          unless(order.indexOf(1) < order.indexOf(3), "the order is " + order);
        });
    c.add(
        "RFC 2132 §3",
        "mask, router, name servers, domain and broadcast address are the configured ones",
        lab -> {
          Answer offer = offer(lab, 1, 3, 6, 15, 28);
          unlessSame("option 1", offer.address(1), Net.ROOM.mask());
          unlessSame("option 3", offer.address(3), Net.ROOM.router());
          unlessSame("option 6", offer.hex(6), "0a0500030a050004");
          unlessSame("option 15", offer.text(15).replace("\0", ""), Net.DOMAIN);
          unlessSame("option 28", offer.address(28), Net.ROOM.broadcast());
        });
    c.add(
        "RFC 2132 §2",
        "a text option is not ended by a NUL",
        lab -> unless(!offer(lab, 1, 15).text(15).endsWith("\0"), "option 15 is"));
    c.add(
        "RFC 2132 §9.2",
        "lease, renewal and rebinding times are of four octets, the message type of one",
        lab -> {
          Answer offer = offer(lab, 51, 58, 59);
          for (int code : List.of(51, 58, 59)) {
            unless(!offer.has(code) || offer.bytes(code).length == 4, "not option " + code);
          }
          unlessSame("option 53's length", offer.bytes(53).length, 1);
        });
  }

  private static void routesAndDomains(Cases<Lab> c) {
    c.add(
        "RFC 3442",
        "classless routes: prefix length, only the octets that matter, router",
        lab -> unlessSame("option 121", offer(lab, 1, 121, 3).hex(121), "100a630a050009"));
    c.add(
        "RFC 3397 §2",
        "domain search: names as in DNS, with or without compression",
        lab -> unlessSame("option 119", names(offer(lab, 1, 119).bytes(119)), Net.SEARCH));
    c.add(
        "RFC 2132 §8.3",
        "an option beyond the usual ones is sent to who asks for it",
        lab -> unlessSame("option 42", offer(lab, 1, 42).address(42), Net.NTP));
  }

  /** RFC 1035 §4.1.4, with offsets into the option itself. */
  private static List<String> names(byte[] value) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < value.length) {
      StringBuilder name = new StringBuilder();
      int next = -1;
      while (value[at] != 0) {
        if ((value[at] & 0xc0) == 0xc0) {
          next = next < 0 ? at + 2 : next;
          at = ((value[at] & 0x3f) << 8) | (value[at + 1] & 0xff);
          continue;
        }
        name.append(name.isEmpty() ? "" : ".");
        name.append(
            new String(value, at + 1, value[at], java.nio.charset.StandardCharsets.US_ASCII));
        at += 1 + value[at];
      }
      names.add(name.toString());
      at = next < 0 ? at + 1 : next;
    }
    return names;
  }

  private static void requested(Cases<Lab> c) {
    c.add(
        "RFC 2132 §9.8",
        "an option that is not asked for is not sent beside those that are",
        lab -> {
          Answer offer = offer(lab, 1, 3);
          unless(!offer.has(42) && !offer.has(119) && !offer.has(121), "it has " + offer.codes());
        });
    c.add(
        "RFC 2132 §9.8",
        "what is asked for twice, or is unknown, does no harm and is sent once",
        lab -> {
          Answer offer = offer(lab, 1, 42, 42, 3, 200, 1, 201, 42);
          unlessSame("the count of option 42", offer.count(42), 1L);
          unlessSame("the count of option 1", offer.count(1), 1L);
        });
    c.add(
        "RFC 2132 §9.8",
        "what can never be sent (0, 255) may be asked for",
        lab -> unless(offer(lab, 0, 1, 255, 3).has(1), "there is no mask"));
    c.add(
        "RFC 2131 §4.3.1",
        "no option stands twice in a reply",
        lab -> {
          Answer offer = offer(lab, 1, 3, 6, 15, 28, 42, 51, 53, 54, 58, 59, 119, 121);
          for (int code : offer.codes()) {
            unless(offer.count(code) == 1, "option " + code + " does");
          }
        });
    c.add(
        "RFC 2132 §9.8",
        "without a list of wishes an address, a lease time and the mask come all the same",
        lab -> {
          Answer offer = lab.pc().bare(Query.DISCOVER).ask(Answer.OFFER);
          unless(offer.has(51) && offer.has(54), "it has " + offer.codes());
          lab.remark(offer.has(1) ? "" : "without a mask");
        });
  }

  private static void reading(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.1",
        "options in the file field are read when option 52 says so",
        lab -> {
          byte[] inFile = {55, 2, 1, 42, (byte) 255};
          Answer offer =
              lab.pc().bare(Query.DISCOVER).option(52, (byte) 1).file(inFile).ask(Answer.OFFER);
          unless(offer.has(42), "it has " + offer.codes());
          unless(!offer.has(121), "the list in file is not read: it has " + offer.codes());
        });
    c.add(
        "RFC 2131 §4.1",
        "options in the sname field are read when option 52 says so",
        lab -> {
          byte[] inSname = {55, 2, 1, 42, (byte) 255};
          Answer offer =
              lab.pc().bare(Query.DISCOVER).option(52, (byte) 2).sname(inSname).ask(Answer.OFFER);
          unless(offer.has(42), "it has " + offer.codes());
        });
    c.add(
        "RFC 2131 §4.1",
        "file and sname are no options when option 52 does not say so",
        lab -> {
          byte[] noOptions = {50, 4, 10, 5, 26, 26, (byte) 255};
          Answer offer = lab.pc().discover().file(noOptions).sname(noOptions).ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(Net.ROOM.fixed(0x1a1a)), "they are taken for options");
        });
    c.add(
        "RFC 3396 §7",
        "a list of wishes that is split over two options 55 is joined",
        lab -> {
          Answer offer =
              lab.pc().bare(Query.DISCOVER).wanting(1, 3).wanting(42, 121).ask(Answer.OFFER);
          unless(offer.has(42) && offer.has(1), "it has " + offer.codes());
        });
    c.add(
        "RFC 2132 §2",
        "pad octets between options are skipped",
        lab ->
            lab.pc()
                .bare(Query.DISCOVER)
                .raw((byte) 0, (byte) 0)
                .wanting(1, 3)
                .raw((byte) 0)
                .option(50, Net.ROOM.fixed(0x1a30))
                .ask(Answer.OFFER));
    c.add(
        "RFC 2132 §3.2",
        "what follows the end option is not read",
        lab -> {
          Answer offer =
              lab.pc()
                  .discover()
                  .raw((byte) 255)
                  .option(50, Net.ROOM.fixed(0x1a31))
                  .ask(Answer.OFFER);
          unless(!offer.yiaddr().equals(Net.ROOM.fixed(0x1a31)), "it is");
        });
  }
}
