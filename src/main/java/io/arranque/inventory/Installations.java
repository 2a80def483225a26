package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.InstallationChanged;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.BootPolicy;
import java.util.List;
import java.util.Optional;

/** Decides what people may change about how far a machine is with its boot policy. Pure. */
public final class Installations {
  private Installations() {}

  /**
   * Lets the machine be installed again, also one that was stopped because it never reported; or,
   * where its policy is the one boot from the network, have one more.
   */
  public static Decision again(Inventory inventory, Mac mac, BootPolicy policy, String by) {
    Optional<Machine> machine = inventory.machine(mac);
    if (machine.isEmpty()) {
      return refused(new Refusal(Kind.MACHINE_UNKNOWN, "mac", mac.toString()));
    }
    Installation before = machine.get().installation();
    Installation after = policy == BootPolicy.NEXT_BOOT ? before.mayBootOnce() : before.of("");
    return after.equals(before)
        ? refused(new Refusal(Kind.NOTHING_INSTALLED, "installation", ""))
        : new Decision.Accepted(List.of(new InstallationChanged(machine.get().mac(), after, by)));
  }

  /**
   * Another role, or next-boot newly chosen, allows one boot more. Nothing that people do to a
   * policy or a role makes an installed machine be installed again: that takes {@link #again}.
   */
  static Optional<InventoryChange> afterEdit(
      Inventory inventory, Mac mac, Assignment wanted, String by) {
    Optional<Machine> machine = inventory.machine(mac);
    if (machine.isEmpty() || machine.get().installation().booted().isEmpty()) {
      return Optional.empty();
    }
    Assignment before = machine.get().assignment();
    boolean otherRole = !wanted.role().equals(before.role());
    boolean chosen =
        !wanted.policy().equals(before.policy())
            && wanted.policy().equals(Optional.of(BootPolicy.NEXT_BOOT));
    return otherRole || chosen
        ? Optional.of(
            new InstallationChanged(
                machine.get().mac(), machine.get().installation().mayBootOnce(), by))
        : Optional.empty();
  }

  private static Decision refused(Refusal refusal) {
    return new Decision.Refused(List.of(refusal));
  }
}
