package io.arranque.cli.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run is to do.
 *
 * @param pcs how many PCs
 * @param firmware given to the PCs in turn
 * @param keep whether the room stays up at the end
 * @param debian whether the PCs boot a real Debian, and not the small system
 */
public record LabPlan(
    int pcs, List<PcFirmware> firmware, Accelerator accelerator, boolean keep, boolean debian) {
  /** One system to each convention: cloud-init's NoCloud, and RancherOS. */
  private static final List<String> ROLES = List.of("lab-pc", "rancher-worker");

  private static final String DEBIAN = "debian-live";

  /** MiB; its root is in memory, 190 MB of it. */
  private static final int DEBIAN_MEMORY = 1024;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  public LabPlan {
    firmware = List.copyOf(firmware);
  }

  PcSpec pc(int number) {
    PcSpec pc = PcSpec.blank(number, firmware.get((number - 1) % firmware.size()));
    return debian ? pc.withMemory(DEBIAN_MEMORY) : pc;
  }

  /** In turn, one further after each round of firmware: every firmware meets every role. */
  String role(int number) {
    if (debian) {
      return DEBIAN;
    }
    int before = number - 1;
    return ROLES.get((before + before / firmware.size()) % ROLES.size());
  }

  /** What a role needs beyond what the room's site says. */
  public static Map<String, String> vars(String role) {
    return switch (role) {
      case "rancher-worker" ->
          Map.of(
              "rancher-url",
              "https://rancher.example",
              "rancher-token",
              "only-for-the-virtual-room");
      case DEBIAN -> Map.of("container-archive", "agent.tar", "when-done", "poweroff");
      default -> Map.of();
    };
  }

  /** What the console of a PC says about its boot. */
  Findings findings(String console) {
    return debian ? Findings.ofDebian(console) : Findings.of(console);
  }

  /** How many PCs run at once: emulation costs a core for ten seconds, memory is no limit. */
  int atOnce() {
    return Math.min(pcs, Math.max(4, 3 * Runtime.getRuntime().availableProcessors()));
  }

  /** How long a PC may take; a busy machine with more PCs than cores is slow, not broken. */
  Duration limit() {
    int perCore = atOnce() / Runtime.getRuntime().availableProcessors();
    return LIMIT.plusSeconds((debian ? 120L : 30L) * perCore);
  }
}
