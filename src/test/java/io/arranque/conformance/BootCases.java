package io.arranque.conformance;

import static io.arranque.conformance.Violation.unless;
import static io.arranque.conformance.Violation.unlessSame;

/** UEFI HTTP Boot and iPXE. */
final class BootCases {
  private static final String LOADER = "http://10.5.0.1:8081/tftp/snponly.efi";
  private static final String SCRIPT = "http://10.5.0.1:8081/boot.ipxe";

  private BootCases() {}

  static void add(Cases<Lab> c) {
    c.theme("HTTP Boot and iPXE");
    http(c);
    ipxe(c);
  }

  private static String url(Answer answer) {
    return (answer.has(67) ? answer.text(67) : answer.file()).replace("\0", "");
  }

  private static void http(Cases<Lab> c) {
    c.add(
        "UEFI 2.10 §24.7",
        "HTTP Boot: option 60 of the reply is HTTPClient and the boot file is a URL",
        lab -> {
          Answer offer =
              lab.pc()
                  .bare(Query.DISCOVER)
                  .option(60, "HTTPClient:Arch:00016:UNDI:003001")
                  .option(93, (byte) 0, (byte) 16)
                  .wanting(1, 3, 6, 60, 67)
                  .ask(Answer.OFFER);
          unless(offer.text(60).startsWith("HTTPClient"), "option 60 is " + offer.text(60));
          unlessSame("the boot file", url(offer), LOADER);
        });
    c.add(
        "UEFI 2.10 §24.7",
        "HTTP Boot: no PXE vendor options in the reply",
        lab -> {
          Answer offer =
              lab.pc()
                  .bare(Query.DISCOVER)
                  .option(60, "HTTPClient:Arch:00016:UNDI:003001")
                  .option(93, (byte) 0, (byte) 16)
                  .wanting(1, 3, 6, 43, 60, 67)
                  .ask(Answer.OFFER);
          unless(!offer.has(43), "it has option 43");
        });
  }

  private static void ipxe(Cases<Lab> c) {
    c.add(
        "RFC 3004 §4",
        "iPXE, which sends its name bare in option 77, gets the script and not the loader again",
        lab -> {
          Answer offer = ipxe(lab.pc(), "iPXE").ask(Answer.OFFER);
          unlessSame("the boot file", url(offer), SCRIPT);
        });
    c.add(
        "RFC 3004 §4",
        "the same with its name in RFC 3004's form, a length before it",
        lab -> {
          Answer offer = ipxe(lab.pc(), "\4iPXE").ask(Answer.OFFER);
          unlessSame("the boot file", url(offer), SCRIPT);
        });
  }

  private static Query ipxe(Pc pc, String userClass) {
    return pc.bare(Query.DISCOVER)
        .option(60, "PXEClient:Arch:00000:UNDI:002001")
        .option(93, (byte) 0, (byte) 0)
        .option(77, userClass)
        .hex(175, "b10501808610d31301011701012101012201011901012901011001020100eb03010000")
        .wanting(1, 3, 6, 12, 15, 17, 43, 60, 66, 67, 119, 175);
  }
}
