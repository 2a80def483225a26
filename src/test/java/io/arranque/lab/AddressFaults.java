package io.arranque.lab;

import static io.arranque.lab.SimulatedPc.IPXE;
import static io.arranque.lab.SimulatedPc.ROM;
import static io.arranque.lab.SimulatedPc.SYSTEM;

import io.arranque.diagnosis.Symptom;
import java.util.List;

/** What goes wrong, or well, before there is a loader. */
final class AddressFaults {
  /** In the pool, and another device has it. */
  static final String TAKEN = "192.168.34.9";

  /** A server that nobody knows. */
  static final String OTHER_SERVER = "192.168.33.66";

  private AddressFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of(Symptom.NEVER_SEEN, "Nothing was ever heard", "plain", pc -> {}),
        Fault.of(
            Symptom.WAKING,
            "Wake-on-LAN packet",
            "plain",
            pc -> {
              pc.pcs().room().appliance().client().place(pc.mac(), "sala5");
              pc.pcs().room().appliance().client().wake(pc.mac());
            }),
        Fault.of(
            Symptom.WOKEN_SILENT,
            "was never heard of",
            "plain",
            pc -> {
              pc.pcs().room().appliance().client().place(pc.mac(), "sala5");
              pc.pcs().room().appliance().client().wake(pc.mac());
            }),
        Fault.of(Symptom.ASKING, "It asks for an address", "plain", pc -> pc.dhcp("DISCOVER", ROM)),
        Fault.of(Symptom.RUNS, "prolongs its address", "plain", pc -> pc.lease(SYSTEM)),
        Fault.of(
            Symptom.ADDRESS_REFUSED,
            "10.99.0.7",
            "plain",
            pc -> {
              for (int i = 0; i < 3; i++) {
                pc.dhcp("REQUEST", ROM, "requested=10.99.0.7");
              }
            }),
        Fault.of(
            Symptom.ADDRESS_IN_USE,
            TAKEN + " that it was to get is used by ",
            "plain",
            pc -> pc.askInVain(ROM)),
        Fault.of(
            Symptom.ADDRESS_DECLINED,
            "192.168.33.",
            "plain",
            pc -> {
              String address = pc.dhcp("DISCOVER", ROM).get(1);
              String server = "server=" + SimulatedPcs.SERVER;
              pc.dhcp("REQUEST", ROM, "requested=" + address, server);
              pc.dhcp("DECLINE", ROM, "requested=" + address, server, "answer=false");
            }),
        Fault.of(
            Symptom.OTHER_SERVER_FIRST,
            OTHER_SERVER,
            "plain",
            pc -> {
              pc.takesAnother(ROM, OTHER_SERVER);
              pc.takesAnother(ROM, OTHER_SERVER);
            }),
        Fault.of(
            Symptom.OFFER_NOT_TAKEN,
            "no other DHCP server",
            "plain",
            pc -> {
              for (int i = 0; i < 4; i++) {
                pc.dhcp("DISCOVER", ROM);
              }
            }),
        Fault.ofStranger(
            Symptom.POOL_KEPT,
            "kept for known machines",
            pc -> {
              for (int i = 0; i < 20; i++) {
                SimulatedPc other = pc.pcs().pc(SimulatedPcs.bystander(i));
                List<String> offer = other.dhcp("DISCOVER", SYSTEM, "behind=10.9.1.0");
                if (offer.get(0).equals("-")) {
                  break;
                }
                other.dhcp(
                    "REQUEST",
                    SYSTEM,
                    "behind=10.9.1.0",
                    "requested=" + offer.get(1),
                    "server=" + SimulatedPcs.SERVER);
              }
              pc.askInVain(ROM, "behind=10.9.1.0");
            }),
        Fault.ofStranger(
            Symptom.TOO_MANY_STRANGERS,
            "unknown machines",
            pc -> {
              for (int i = 0; i < 150; i++) {
                pc.pcs().pc(SimulatedPcs.bystander(100 + i)).askInVain(ROM, "behind=10.9.2.0");
              }
              pc.dhcp("DISCOVER", ROM, "behind=10.9.2.0", "answer=false");
            }),
        Fault.ofStranger(
            Symptom.IGNORED,
            "ignores unknown machines",
            pc -> pc.askInVain(ROM, "behind=10.9.3.0")),
        Fault.of(
            Symptom.SEGMENT_OFF,
            "switched off",
            "plain",
            pc -> pc.pcs().room().appliance().client().place(pc.mac(), "cellar")),
        Fault.of(
            Symptom.POOL_EMPTY, "used up", "plain", pc -> pc.askInVain(ROM, "behind=10.9.5.0")),
        Fault.of(
            Symptom.OWN_DISK_POLICY,
            "boot policy says so",
            "plain",
            pc -> {
              pc.pcs().room().appliance().client().policy(pc.mac(), "never");
              pc.lease(IPXE).script();
            }));
  }
}
