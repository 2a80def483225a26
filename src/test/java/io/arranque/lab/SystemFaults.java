package io.arranque.lab;

import static io.arranque.lab.SimulatedPc.SYSTEM;

import io.arranque.diagnosis.Symptom;
import java.util.List;

/** What becomes of a system that has its kernel. */
final class SystemFaults {
  static final String KNOWN_BOARD = "&uuid=8d4f1c1e-53a7-4bd0-9c3e-6f0c6a2b71d5";

  private SystemFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of(Symptom.UP, "It came up", "plain", pc -> pc.starts().reports("up", "")),
        Fault.of(
            Symptom.INSTALLED,
            "It reported that it is installed",
            "install",
            pc -> pc.starts().reports("installed", "")),
        Fault.of(
            Symptom.REGISTERED,
            "registered",
            "plain",
            pc -> pc.starts().reports("up", "").reports("registered", "")),
        Fault.of(
            Symptom.DISK_LEFT_ALONE,
            "/dev/sda holds data",
            "plain",
            pc -> pc.starts().reports("disk-skipped", "/dev/sda holds data").reports("up", "")),
        Fault.of(
            Symptom.SYSTEM_FAILED,
            "mkfs: no disk",
            "plain",
            pc -> pc.starts().reports("failed", "mkfs: no disk")),
        Fault.of(
            Symptom.SYSTEM_NO_DOCUMENTS,
            "never asked for its documents",
            "plain",
            pc -> pc.loads().lease(SYSTEM)),
        Fault.of(
            Symptom.SYSTEM_LOST_ADDRESS,
            AddressFaults.OTHER_SERVER,
            "plain",
            pc -> pc.loads().takesAnother(SYSTEM, AddressFaults.OTHER_SERVER)),
        Fault.of(
            Symptom.SYSTEM_OTHER_ADDRESS,
            SimulatedPcs.OWN,
            "plain",
            pc -> pc.loads().lease(SYSTEM).documentFrom(SimulatedPcs.OWN, "user-data")),
        Fault.of(
            Symptom.DOCUMENT_OF_OLD_BOOT,
            "user-data",
            "plain",
            pc -> {
              String old = pc.starts().reports("up", "").documents();
              pc.told("&serial=2").loads().lease(SYSTEM).get(old + "/user-data");
            }),
        Fault.of(
            Symptom.DOCUMENT_UNKNOWN,
            "extra-config",
            "plain",
            pc -> pc.loads().lease(SYSTEM).document("extra-config")),
        Fault.of(Symptom.NEVER_REPORTED, "user-data", "plain", SimulatedPc::starts),
        Fault.of(
            Symptom.REGISTERING_STILL,
            "connection refused",
            "joins",
            pc -> pc.starts().reports("registering", "connection refused")),
        Fault.of(
            Symptom.NEVER_REGISTERED,
            "as others of its role do",
            "joins",
            pc -> pc.starts().reports("up", "")));
  }

  /** So that those of the role {@code joins} have others to be compared with. */
  static void others(SimulatedPcs pcs) {
    for (int i = 0; i < 3; i++) {
      SimulatedPc pc = pcs.pc(SimulatedPcs.bystander(50 + i));
      SimulatedFaultsIT.define(pcs, pc, "other-" + i, "joins");
      pc.told(i == 0 ? KNOWN_BOARD : "").starts().reports("up", "").reports("registered", "");
    }
  }
}
