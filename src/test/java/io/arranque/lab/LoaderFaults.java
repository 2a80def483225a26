package io.arranque.lab;

import static io.arranque.lab.SimulatedPc.IPXE;
import static io.arranque.lab.SimulatedPc.ROM;
import static io.arranque.lab.SimulatedPc.UEFI;

import io.arranque.diagnosis.Symptom;
import java.util.List;

/** What goes wrong with the loader, and from there to the script. */
final class LoaderFaults {
  private static final String LOADER = "undionly.kpxe";

  private LoaderFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of(
            Symptom.ARCHITECTURE_UNKNOWN, "architecture 99", "plain", pc -> pc.lease("rom:99")),
        Fault.of(Symptom.LOADER_MISSING, "tftp/", "plain", pc -> pc.lease("rom:11")),
        Fault.of(Symptom.LOADER_NEVER_ASKED, LOADER, "plain", pc -> pc.lease(ROM)),
        Fault.of(
            Symptom.LOADER_NOT_FOUND,
            "campus.0",
            "plain",
            pc -> pc.lease(ROM).tftp("campus.0", 0, "silence")),
        Fault.of(
            Symptom.LOADER_UNANSWERED,
            LOADER,
            "plain",
            pc -> pc.lease(ROM).tftp(LOADER, 0, "silence")),
        Fault.of(
            Symptom.LOADER_STOPPED,
            "at block 6 of",
            "plain",
            pc -> pc.lease(ROM).tftp(LOADER, 7, "silence")),
        Fault.of(
            Symptom.FILE_CHANGED,
            "changing.efi",
            "plain",
            pc -> {
              pc.pcs().room().writeSite("tftp/changing.efi", "a".repeat(10 << 20));
              pc.lease(ROM).tftp("changing.efi", 7, "silence");
              pc.pcs().room().writeSite("tftp/changing.efi", "b");
              pc.pcs().order("resume");
            }),
        Fault.of(
            Symptom.LOADER_GIVEN_UP,
            "no room for that",
            "plain",
            pc -> pc.lease(ROM).tftp(LOADER, 7, "error")),
        Fault.of(
            Symptom.LOADER_NOT_STARTED_BIOS,
            LOADER,
            "plain",
            pc -> pc.lease(ROM).fetchesLoader(LOADER).dhcp("DISCOVER", ROM)),
        Fault.of(
            Symptom.LOADER_NOT_STARTED_UEFI,
            "snponly.efi",
            "plain",
            pc -> pc.lease(UEFI).fetchesLoader("snponly.efi").dhcp("DISCOVER", UEFI)),
        Fault.of(
            Symptom.LOADER_LOST_ADDRESS,
            AddressFaults.OTHER_SERVER,
            "plain",
            pc ->
                pc.lease(ROM).fetchesLoader(LOADER).takesAnother(IPXE, AddressFaults.OTHER_SERVER)),
        Fault.of(
            Symptom.LOADER_NO_ADDRESS,
            "asked for an address 3 times",
            "plain",
            pc -> {
              pc.lease(ROM).fetchesLoader(LOADER);
              for (int i = 0; i < 3; i++) {
                pc.dhcp("DISCOVER", IPXE);
              }
            }),
        Fault.of(
            Symptom.SCRIPT_NEVER_ASKED,
            "never asked for its script",
            "plain",
            pc -> pc.lease(ROM).fetchesLoader(LOADER).lease(IPXE)),
        Fault.of(
            Symptom.SCRIPT_OTHER_ADDRESS,
            SimulatedPcs.OWN,
            "plain",
            pc -> pc.lease(IPXE).scriptFrom(SimulatedPcs.OWN)));
  }
}
