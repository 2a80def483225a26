package io.arranque.plan;

import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a machine that has a plan: which script it is given, and what is in the way. */
final class Outcome {
  /** For a site without a script of its own for that. */
  private static final Script OWN_DISK =
      new Script(Planner.LOCAL_DISK_SCRIPT, "ipxe-scripts/local-disk.ipxe", "#!ipxe\nexit 1\n");

  private Outcome() {}

  /**
   * Where unknown machines are ignored, one that boots is answered as long as a rule of the site
   * may match it: only iPXE tells vendor and model, so it must come that far. Its script's request,
   * in which a nonce is made, decides it.
   */
  static boolean isIgnored(
      Site site,
      Machine machine,
      Client client,
      Reach reach,
      Optional<Planned<String>> roleName,
      Optional<Planned<Room>> room) {
    if (roleName.isPresent()
        || reach.segment().isEmpty()
        || !(reach.segment().get().unknownMachines() instanceof UnknownMachines.Ignore)) {
      return false;
    }
    return client.kind() == Client.Kind.OTHER
        || reach.nonce().isPresent()
        || !Rules.mayMatch(site, machine, room.map(r -> r.value().name()));
  }

  static Way way(BootPlan plan, List<Trouble> troubles) {
    if (plan.ownDisk() != Reason.OK) {
      return plan.isIgnored() ? Way.IGNORE : Way.LOCAL_DISK;
    }
    if (plan.roleName().isEmpty()) {
      return plan.isIgnored() ? Way.IGNORE : Way.DISCOVER;
    }
    if (Policy.isHeld(plan)) {
      return Way.LOCKED;
    }
    if (!troubles.isEmpty()) {
      return Way.FAIL;
    }
    if (plan.role().filter(r -> r.value().boot().equals(Planner.LOCAL_DISK_SCRIPT)).isPresent()) {
      return Way.LOCAL_DISK;
    }
    if (!Arming.of(plan).mayBoot()) {
      return Way.UNARMED;
    }
    // Without an image there is nothing large to fetch: a menu, a script that goes elsewhere.
    return plan.standing().mayGo() || plan.image().isEmpty() ? Way.BOOT : Way.WAIT;
  }

  static List<Trouble> troubles(BootPlan plan, Variables variables) {
    List<Trouble> troubles = new ArrayList<>();
    if (plan.roleName().isPresent() && plan.role().isEmpty()) {
      troubles.add(new Trouble(Reason.ROLE_UNKNOWN, "role " + plan.roleName().get().value()));
    }
    plan.role()
        .map(Planned::value)
        .ifPresent(
            role -> {
              if (!plan.site().scripts().containsKey(role.boot())) {
                troubles.add(new Trouble(Reason.ROLE_UNKNOWN, "script " + role.boot()));
              }
              if (plan.image().isEmpty()) {
                role.image()
                    .ifPresent(
                        name -> troubles.add(new Trouble(Reason.IMAGE_MISSING, "images/" + name)));
              }
            });
    troubles.addAll(variables.troubles());
    return List.copyOf(troubles);
  }

  static Planned<Script> script(BootPlan plan) {
    Site site = plan.site();
    return switch (plan.way()) {
      case LOCAL_DISK -> ownDisk(plan);
      case BOOT -> {
        Role chosen = plan.role().orElseThrow().value();
        yield Planned.of(site.script(chosen.boot()), Planner.roleOrigin(chosen));
      }
      case WAIT -> Planned.of(WaitScript.of(site), Origin.DEFAULT);
      case UNARMED -> Planned.of(UnarmedScript.of(site), Origin.DEFAULT);
      case LOCKED -> Planned.of(LockedScript.of(site), Origin.DEFAULT);
      case DISCOVER, IGNORE -> Planned.of(site.script(Planner.DISCOVER_SCRIPT), Origin.DEFAULT);
      case FAIL -> Planned.of(site.script(Planner.ERROR_SCRIPT), Origin.DEFAULT);
    };
  }

  private static Planned<Script> ownDisk(BootPlan plan) {
    Script siteOwn = plan.site().scripts().get(Planner.LOCAL_DISK_SCRIPT);
    return Planned.of(
        siteOwn == null ? OWN_DISK : siteOwn,
        plan.ownDisk() == Reason.OK
            ? plan.role().map(r -> Planner.roleOrigin(r.value())).orElse(Origin.DEFAULT)
            : Policy.of(plan).boot().origin());
  }

  static Optional<Planned<Image>> image(BootPlan plan) {
    return plan.role()
        .map(Planned::value)
        .flatMap(
            role ->
                role.image()
                    .flatMap(name -> Optional.ofNullable(plan.site().images().get(name)))
                    .map(found -> Planned.of(found, Planner.roleOrigin(role))));
  }
}
