package io.arranque.site;

import java.util.OptionalInt;

/**
 * When a role's machines boot over the network.
 *
 * @param boot unless a machine has a policy of its own
 * @param installed the report by which {@link BootPolicy#INSTALL_ONCE} is done
 * @param attempts how often such a machine may boot without that report, 1 to 100; empty: as the
 *     site says
 */
public record RolePolicy(BootPolicy boot, Report installed, OptionalInt attempts) {
  public static final RolePolicy ALWAYS = of(BootPolicy.ALWAYS);

  /** What a machine can report of itself, from the plainest to the least. */
  public enum Report {
    INSTALLED("installed"),
    REGISTERED("registered"),
    UP("up");

    private final String label;

    Report(String label) {
      this.label = label;
    }

    /** The word in {@code role.yaml} and in what machines send. */
    public String label() {
      return label;
    }
  }

  /** With the usual report. */
  public static RolePolicy of(BootPolicy boot) {
    return new RolePolicy(boot, Report.INSTALLED, OptionalInt.empty());
  }

  /** Whether a report of this word says that the machine is installed. */
  public boolean isDoneBy(String word) {
    for (Report report : Report.values()) {
      if (report.label.equals(word)) {
        return report.compareTo(installed) <= 0;
      }
    }
    return false;
  }
}
