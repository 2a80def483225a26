package io.arranque.plan;

import io.arranque.inventory.Installation;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.BootPolicy;
import io.arranque.site.Role;
import io.arranque.site.RolePolicy;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a machine boots its role and when its own disk; the same for every protocol.
 *
 * @param boot the policy and who says so: the machine, else its role
 * @param ownDisk why it boots from its own disk now; {@link Reason#OK} when it boots its role
 * @param installation what is known of its role
 * @param attempts how often it may boot without a report before it is stopped
 */
public record Policy(
    Planned<BootPolicy> boot, Reason ownDisk, Installation installation, int attempts) {

  static Policy of(BootPlan plan) {
    Optional<Role> role = plan.role().map(Planned::value);
    Machine machine = plan.machine();
    Planned<BootPolicy> boot =
        machine
            .assignment()
            .policy()
            .map(own -> Planned.of(own, Origin.MACHINE))
            .or(() -> role.map(r -> Planned.of(r.policy().boot(), Planner.roleOrigin(r))))
            .orElse(Planned.of(BootPolicy.ALWAYS, Origin.DEFAULT));
    return new Policy(
        boot,
        ownDisk(plan),
        machine.installation().of(role.map(Role::name).orElse("")),
        attempts(plan.site(), role.map(Role::policy).orElse(RolePolicy.ALWAYS)));
  }

  /** The same while its room may be locked: what is there is booted instead of overwritten. */
  static Reason ownDisk(BootPlan plan) {
    Reason unlocked = ownDisk(plan.site(), plan.machine(), plan.role());
    return unlocked == Reason.OK && isPutOff(plan) && hasOwn(plan) ? Reason.ROOM_LOCKED : unlocked;
  }

  /** Whether it waits for its room to be unlocked, as nothing is known to be on its disk. */
  static boolean isHeld(BootPlan plan) {
    return isPutOff(plan)
        && !hasOwn(plan)
        && ownDisk(plan.site(), plan.machine(), plan.role()) == Reason.OK;
  }

  /**
   * Whether its policy lets it boot its role now and the lock does not: a boot that is meant for
   * once is one that changes the disk. What boots its role each time has its system in memory, and
   * starting it again in an exam must work.
   */
  private static boolean isPutOff(BootPlan plan) {
    return plan.lock().isPresent()
        && plan.role().isPresent()
        && switch (policy(plan.machine(), plan.role().get().value())) {
          case ALWAYS, NEVER -> false;
          case INSTALL_ONCE, NEXT_BOOT -> true;
        };
  }

  /** Next-boot goes on with its own disk at any other time; else it must have said so once. */
  private static boolean hasOwn(BootPlan plan) {
    return plan.machine().installation().finished().isPresent()
        || policy(plan.machine(), plan.role().orElseThrow().value()) == BootPolicy.NEXT_BOOT;
  }

  private static BootPolicy policy(Machine machine, Role role) {
    return machine.assignment().policy().orElse(role.policy().boot());
  }

  /** Why a machine boots from its own disk; OK when it does not. Asked for each packet. */
  static Reason ownDisk(Site site, Machine machine, Optional<Planned<Role>> planned) {
    Optional<BootPolicy> own = machine.assignment().policy();
    if (planned.isEmpty()) {
      // Without a role there is nothing to boot but the disk, if people want that.
      return own.isPresent() && own.get() == BootPolicy.NEVER ? Reason.POLICY_NEVER : Reason.OK;
    }
    Role role = planned.get().value();
    return switch (own.isPresent() ? own.get() : role.policy().boot()) {
      case ALWAYS -> Reason.OK;
      case INSTALL_ONCE -> installOnce(site, machine.installation(), role);
      case NEXT_BOOT ->
          machine.installation().booted().isPresent() ? Reason.BOOTED_ONCE : Reason.OK;
      case NEVER -> Reason.POLICY_NEVER;
    };
  }

  private static Reason installOnce(Site site, Installation installation, Role role) {
    if (!installation.role().equals(role.name())) {
      return Reason.OK;
    }
    if (installation.finished().isPresent()) {
      return Reason.INSTALLED;
    }
    return installation.unreported() >= attempts(site, role.policy())
        ? Reason.INSTALL_LOOP
        : Reason.OK;
  }

  private static int attempts(Site site, RolePolicy policy) {
    return policy.attempts().orElse(site.settings().installAttempts());
  }

  /** Whether people can let it be installed, or booted once, again. */
  public boolean isAgainPossible() {
    return boot.value() == BootPolicy.NEXT_BOOT
        ? installation.booted().isPresent()
        : installation.finished().isPresent() || installation.unreported() > 0;
  }

  /** Machines that were stopped because they never reported, a line each. */
  public static List<String> alarms(Site site, Inventory inventory) {
    return inventory.machines().stream()
        .filter(machine -> isStopped(site, machine))
        .map(
            machine ->
                "machine %s (%s): booted %d times to be installed as %s without a report; it boots its own disk now"
                    .formatted(
                        machine.hostname(),
                        machine.mac(),
                        machine.installation().unreported(),
                        machine.installation().role()))
        .toList();
  }

  private static boolean isStopped(Site site, Machine machine) {
    Role role = site.roles().get(machine.installation().role());
    return role != null
        && machine.assignment().role().map(role.name()::equals).orElse(true)
        && ownDisk(site, machine, Optional.of(Planned.of(role, Origin.DEFAULT)))
            == Reason.INSTALL_LOOP;
  }

  /** What is to be kept of it that the machine is now handed its role. */
  public Optional<Installation> afterBoot(BootPlan plan, Instant now) {
    Installation before = plan.machine().installation();
    return switch (boot.value()) {
      case ALWAYS, NEVER -> Optional.empty();
      case INSTALL_ONCE ->
          Optional.of(before.begun(plan.role().map(r -> r.value().name()).orElse("")));
      case NEXT_BOOT -> Optional.of(before.bootedOnce(now));
    };
  }

  /** What is to be kept of a machine's report while it runs this role; empty: nothing new. */
  public static Optional<Installation> afterReport(
      Machine machine, Role role, String word, Instant now) {
    BootPolicy boot = machine.assignment().policy().orElse(role.policy().boot());
    return boot == BootPolicy.INSTALL_ONCE && role.policy().isDoneBy(word)
        ? Optional.of(machine.installation().done(role.name(), now))
        : Optional.empty();
  }
}
