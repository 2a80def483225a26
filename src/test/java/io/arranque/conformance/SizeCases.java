package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How large a message may be, how small, and what is done with what does not fit. */
final class SizeCases {
  private static final int IP_AND_UDP = 28;
  private static final int[] BULKY =
      IntStream.rangeClosed(Net.BULKY_FIRST, Net.BULKY_LAST).toArray();

  private SizeCases() {}

  static void add(Cases<Lab> c) {
    c.theme("Message sizes");
    sizes(c);
    overload(c);
    longOptions(c);
  }

  private static Query greedy(Lab lab, int... before) {
    int[] all = IntStream.concat(IntStream.of(before), IntStream.of(BULKY)).toArray();
    return lab.pc().bare(Query.DISCOVER).wanting(all);
  }

  private static void sizes(Cases<Lab> c) {
    c.add(
        "RFC 1542 §2.1",
        "a reply has at least 300 octets",
        lab -> {
          Pc pc = lab.pc();
          Answer offer = pc.discover().ask(Answer.OFFER);
          unless(offer.size() >= 300, "it has " + offer.size());
          Answer ack = pc.selecting(offer).ask(Answer.ACK);
          unless(ack.size() >= 300, "the ACK has " + ack.size());
        });
    c.add(
        "RFC 2131 §2",
        "without option 57 a reply has at most 576 octets with its IP header",
        lab -> {
          int size = greedy(lab, 1, 3).ask(Answer.OFFER).size() + IP_AND_UDP;
          unless(size <= 576, "it has " + size);
        });
    c.add(
        "RFC 2132 §9.10",
        "with option 57 a reply may be larger, up to what it says",
        lab -> {
          Answer offer = greedy(lab, 1, 3).taking(1300).ask(Answer.OFFER);
          unless(offer.size() + IP_AND_UDP <= 1300, "it has " + offer.size());
          for (int code : BULKY) {
            unless(offer.has(code), "option " + code + " is left out, though there is room");
          }
        });
    c.add(
        "RFC 2132 §9.10",
        "an option 57 below 576 counts as 576: such a client is answered too",
        lab -> {
          Answer offer = greedy(lab, 1, 3).taking(100).ask(Answer.OFFER);
          unless(offer.size() + IP_AND_UDP <= 576, "it has " + offer.size());
          unless(offer.has(51) && offer.has(1), "it has " + offer.codes());
        });
    c.add(
        "RFC 2132 §9.10",
        "an option 57 of 65280, as some firmware sends, makes no reply that must be fragmented",
        lab -> {
          Answer offer = greedy(lab, 1, 3).taking(65280).ask(Answer.OFFER);
          unless(offer.size() + IP_AND_UDP <= 1500, "it has " + offer.size());
        });
  }

  private static void overload(Cases<Lab> c) {
    c.add(
        "RFC 2131 §4.1",
        "what does not fit goes into file and sname, and option 52 says so",
        lab -> {
          Answer offer = greedy(lab, 1, 3).ask(Answer.OFFER);
          unless(offer.has(52), "it has only " + offer.codes());
          unless(offer.overloads(1) || offer.overloads(2), "option 52 is " + offer.hex(52));
          int bulky = (int) IntStream.of(BULKY).filter(offer::has).count();
          unless(bulky >= 3, bulky + " of the options are there");
        });
    c.add(
        "RFC 2131 §4.1",
        "the options field comes first: the address's own options are never in file or sname",
        lab -> {
          Answer offer = greedy(lab, 1, 3, 51, 54).ask(Answer.OFFER);
          unless(offer.order().containsAll(List.of(53, 51, 54, 1)), "it has " + offer.order());
        });
    c.add(
        "RFC 2132 §9.8",
        "when not all fits, what the client asks for first is what it gets",
        lab -> {
          List<Integer> wanted = new ArrayList<>();
          IntStream.of(BULKY).forEach(wanted::add);
          Collections.reverse(wanted);
          int[] codes = wanted.stream().mapToInt(Integer::intValue).toArray();
          Answer offer = lab.pc().bare(Query.DISCOVER).wanting(codes).ask(Answer.OFFER);
          unless(offer.has(codes[0]), "the first is missing: it has " + offer.codes());
          unless(offer.has(codes[1]), "the second is missing: it has " + offer.codes());
        });
  }

  private static void longOptions(Cases<Lab> c) {
    c.add(
        "RFC 3396 §5",
        "an option of 300 octets is split, and joined gives the value",
        Feature.LONG_OPTIONS,
        lab -> {
          Answer offer =
              lab.pc()
                  .bare(Query.DISCOVER)
                  .wanting(1, Net.LONG_CODE)
                  .taking(1400)
                  .ask(Answer.OFFER);
          unless(
              offer.count(Net.LONG_CODE) >= 2,
              "it stands " + offer.count(Net.LONG_CODE) + " times");
          unlessSame("its value", offer.text(Net.LONG_CODE), Net.LONG_TEXT);
        });
    c.add(
        "RFC 3396 §5",
        "an option of 300 octets that does not fit into 576 is sent whole or not at all",
        Feature.LONG_OPTIONS,
        lab -> {
          Answer offer =
              lab.pc().bare(Query.DISCOVER).wanting(1, 3, Net.LONG_CODE).ask(Answer.OFFER);
          unless(
              !offer.has(Net.LONG_CODE) || offer.text(Net.LONG_CODE).equals(Net.LONG_TEXT),
              "a part of it is sent");
        });
  }
}
