package io.arranque.lab;

import static io.arranque.lab.SimulatedPc.IPXE;

import io.arranque.cli.lab.ApplianceClient;
import io.arranque.diagnosis.Symptom;
import java.util.List;
import java.util.Map;

/** What the script says, and what becomes of kernel and initrd. */
final class ScriptFaults {
  private static final String BIG = "/images/big/initrd";

  private ScriptFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.ofStranger(Symptom.NO_ROLE, "waits for a role", SimulatedPc::boots),
        Fault.of(Symptom.NOT_ARMED, "may not have them yet", "guarded", SimulatedPc::boots),
        Fault.of(
            Symptom.QUARANTINED,
            "looked like theft",
            "secret",
            pc -> {
              pc.told("&uuid=0c5b63aa-7d0e-4c55-b1d7-2a41d6f3a9e1").starts().reports("up", "");
              pc.told("&uuid=f3a8e0d2-1b6c-4f7e-8a90-5d2c7be41f06").boots();
            }),
        Fault.of(Symptom.LOCKED, "exam", "install", ScriptFaults::bootsWhileLocked),
        Fault.of(Symptom.OWN_DISK_LOCKED, "exam", "once", ScriptFaults::bootsWhileLocked),
        Fault.of(Symptom.OWN_DISK_ROLE, "its role says so", "local-disk", SimulatedPc::boots),
        Fault.of(
            Symptom.OWN_DISK_INSTALLED,
            "it is installed",
            "install",
            pc -> pc.starts().reports("installed", "").told("&serial=2").boots()),
        Fault.of(
            Symptom.OWN_DISK_BOOTED_ONCE,
            "its one boot",
            "once",
            pc -> pc.starts().reports("up", "").told("&serial=2").boots()),
        Fault.of(
            Symptom.INSTALL_LOOP,
            "again and again",
            "install",
            pc -> {
              for (int i = 0; i < 5; i++) {
                pc.told("&product=" + i).boots();
              }
            }),
        Fault.of(Symptom.IMAGE_MISSING, "nowhere", "no-image", SimulatedPc::boots),
        Fault.of(Symptom.VALUE_MISSING, "needed", "needy", SimulatedPc::boots),
        Fault.of(
            Symptom.MENDED,
            "put right",
            "needy",
            pc -> {
              pc.boots();
              pc.pcs()
                  .room()
                  .appliance()
                  .client()
                  .define(pc.mac(), "mended", "needy", Map.of("needed", "here"));
            }),
        Fault.of(Symptom.TEMPLATE_BROKEN, "picky.ipxe", "picky", SimulatedPc::boots),
        Fault.of(Symptom.DOCUMENT_INVALID, "user-data", "crooked", SimulatedPc::boots),
        Fault.of(
            Symptom.KERNEL_NEVER_ASKED, "never asked for its kernel", "plain", SimulatedPc::boots),
        Fault.of(
            Symptom.INITRD_NEVER_ASKED,
            "never asked for its initrd",
            "plain",
            pc -> pc.boots().get("/images/small/vmlinuz")),
        Fault.of(Symptom.LOADING, "it reached script", "plain", SimulatedPc::boots),
        Fault.of(
            Symptom.FILE_NOT_FOUND,
            "vanishing/vmlinuz",
            "vanishing",
            pc -> {
              pc.boots();
              pc.pcs().removeFromSite("images/vanishing/vmlinuz");
              pc.get("/images/vanishing/vmlinuz");
            }),
        Fault.of(
            Symptom.OTHER_FILE_NOT_FOUND,
            "images/small/filesystem.squashfs",
            "bare",
            pc -> pc.loads().get("/images/small/filesystem.squashfs")),
        Fault.of(
            Symptom.UPSTREAM_FAILED,
            "vmlinuz",
            "fetched",
            pc -> pc.boots().get("/images/fetched/vmlinuz")),
        Fault.of(
            Symptom.DOWNLOAD_BROKE_OFF,
            "initrd at ",
            "plain",
            pc -> pc.boots().takes(BIG, 4 << 20, "close")),
        Fault.of(
            Symptom.DOWNLOAD_STANDS_STILL,
            "initrd",
            "plain",
            pc -> pc.boots().takes(BIG, 4 << 20, "hold")),
        Fault.of(
            Symptom.DOWNLOADING,
            "It loads big/initrd: ",
            "plain",
            pc -> pc.boots().takes(BIG, 4 << 20, "hold")),
        Fault.ofStranger(Symptom.WAITED_AND_LEFT, "waited on its screen", SimulatedPc::boots),
        Fault.of(Symptom.HANDED_OVER, "reports nothing", "bare", SimulatedPc::loads),
        Fault.of(
            Symptom.FELL_SILENT,
            "after request",
            "plain",
            pc -> {
              pc.dhcp("DISCOVER", IPXE);
              pc.dhcp("REQUEST", IPXE, "requested=10.99.0.8");
            }));
  }

  private static void bootsWhileLocked(SimulatedPc pc) {
    ApplianceClient client = pc.pcs().room().appliance().client();
    client.lock("sala5", 60, "exam");
    pc.boots();
    client.unlock("sala5");
  }
}
