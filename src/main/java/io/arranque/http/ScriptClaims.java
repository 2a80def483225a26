package io.arranque.http;

import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.inventory.Boot;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Grant;
import io.arranque.inventory.Provisioning.Pairing;
import io.arranque.plan.Arming;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Identity;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a request for a script says about whether the machine is itself, and which boots may be told
 * secrets. Pure: what is to be kept comes back as changes.
 */
final class ScriptClaims {
  /** Two boards under one MAC within this are no repair. */
  private static final Duration SAME_DAY = Duration.ofHours(24);

  /** A machine is seldom carried to another port faster. */
  private static final Duration SAME_HOUR = Duration.ofHours(1);

  /** A boot that has not reported by then is no longer under way. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(10);

  /**
   * A request and what is known of its machine.
   *
   * @param snapshot in which the machine may have only what this request may have
   * @param change what is to be kept of it whatever is answered
   * @param alarm what is to be recorded
   */
  record Found(BootSnapshot snapshot, Optional<Provisioned> change, Optional<BootEvent> alarm) {

    /** The answer, with what is to be kept and recorded. */
    BootAnswer into(BootAnswer answer) {
      if (answer instanceof Hold hold) {
        return change.isEmpty() && alarm.isEmpty() ? hold : into(hold.meanwhile());
      }
      if (!(answer instanceof Text text)) {
        return answer;
      }
      Text all = alarm.map(text::with).orElse(text);
      boolean has = text.changes().stream().anyMatch(Provisioned.class::isInstance);
      return change.isEmpty() || has ? all : all.with(plus(text.changes(), change.get()));
    }
  }

  Found find(
      MachineScript request, boolean somebodyElse, BootSnapshot snapshot, Exchange exchange) {
    Optional<Machine> known = snapshot.inventory().machine(request.mac());
    if (known.isEmpty()) {
      return new Found(snapshot, Optional.empty(), Optional.empty());
    }
    Provisioning its = known.get().provisioning().at(exchange.now());
    Optional<Alarm> raised = alarm(request, somebodyElse, known.get(), its, snapshot, exchange);
    Provisioning then = raised.map(its::with).orElse(its);
    boolean isNews = raised.isPresent() && !then.equals(its);
    Provisioning forThis = isPaired(its, request, exchange) ? then : withoutPaired(then);
    return new Found(
        snapshot.with(new Provisioned(request.mac(), forThis, "", "")),
        isNews
            ? Optional.of(
                new Provisioned(request.mac(), then, "", "alarm " + raised.get().reason()))
            : Optional.empty(),
        isNews
            ? raised.map(
                a ->
                    BootEvent.of(
                        exchange.now(),
                        request.mac(),
                        Stage.SCRIPT,
                        a.reason(),
                        Optional.of(exchange.client()),
                        a.detail()))
            : Optional.empty());
  }

  private static Optional<Alarm> alarm(
      MachineScript request,
      boolean somebodyElse,
      Machine machine,
      Provisioning its,
      BootSnapshot snapshot,
      Exchange exchange) {
    Instant now = exchange.now();
    boolean concerned = its.window().isPresent() || its.lastTold().isPresent();
    if (somebodyElse) {
      // Refused, so nothing is lost; to quarantine would let anybody with curl stop a room.
      return concerned
          ? Optional.of(Claims.alarm(Reason.SCRIPT_FROM_ELSEWHERE, its, exchange, false))
          : Optional.empty();
    }
    Optional<Grant> grant = its.grant().filter(last -> !last.documents().isEmpty());
    if (grant.isPresent() && its.lastTold().isPresent()) {
      Duration since = Duration.between(its.lastTold().get(), now);
      boolean otherBoard =
          Identity.differ(grant.get().uuid(), request.facts().hardware().uuid())
              && since.compareTo(SAME_DAY) < 0;
      boolean otherPort =
          Identity.differ(grant.get().port(), Arming.port(machine.switchPort()))
              && since.compareTo(SAME_HOUR) < 0;
      if (otherBoard || otherPort) {
        return Optional.of(Claims.alarm(Reason.MAC_TWICE, its, exchange, true));
      }
    }
    return isSecondAsker(request, its, snapshot, exchange)
        ? Optional.of(Claims.alarm(Reason.MAC_TWICE, its, exchange, true))
        : Optional.empty();
  }

  /** Where the addresses are not ours, whoever asks first is the machine: so look who else asks. */
  private static boolean isSecondAsker(
      MachineScript request, Provisioning its, BootSnapshot snapshot, Exchange exchange) {
    Optional<Boot> boot = snapshot.inventory().boot(request.mac());
    Optional<Grant> grant = its.grant();
    return boot.isPresent()
        && grant.isPresent()
        && grant.get().nonce().equals(boot.get().nonce())
        && grant.get().up().isEmpty()
        && exchange.now().isBefore(grant.get().at().plus(UNDER_WAY))
        && !boot.get().address().equals(exchange.client());
  }

  /** Whether this is the machine that showed the code which was confirmed. */
  private static boolean isPaired(Provisioning its, MachineScript request, Exchange exchange) {
    return its.pairing()
        .filter(shown -> request.pairing().equals(Optional.of(shown.token())))
        .filter(shown -> shown.address().equals(exchange.client()))
        .isPresent();
  }

  private static Provisioning withoutPaired(Provisioning its) {
    return its.with(its.window().filter(open -> open.cause() != Cause.PAIRED));
  }

  /** The change that lets this boot have its role's secrets; none when there are none. */
  List<InventoryChange> granted(BootPlan plan, Boot boot) {
    Arming arming = Arming.of(plan);
    if (arming.state() != Arming.State.ARMED) {
      return List.of();
    }
    Grant grant =
        new Grant(
            boot.nonce(),
            arming.why(),
            boot.startedAt(),
            plan.machine().hardware().uuid(),
            Arming.port(plan.machine().switchPort()),
            new TreeMap<>(),
            Optional.empty());
    return List.of(new Provisioned(boot.mac(), plan.machine().provisioning().with(grant), "", ""));
  }

  /**
   * The change that puts a code on the screen of a machine that waits to be armed; empty when it
   * has one, or needs none.
   */
  Optional<Provisioned> coded(
      MachineScript request, BootPlan plan, BootSnapshot snapshot, Exchange exchange) {
    if (plan.way() != BootPlan.Way.UNARMED
        || !Arming.pairing(plan)
        || plan.machine().provisioning().isQuarantined()) {
      return Optional.empty();
    }
    Provisioning its = plan.machine().provisioning();
    Optional<Pairing> shown = its.pairing().filter(code -> code.isGood(exchange.now()));
    if (shown.isPresent() && isPaired(its, request, exchange)) {
      return Optional.empty();
    }
    if (shown.isPresent() && !shown.get().address().equals(exchange.client())) {
      // Another one's code must not be put out by asking.
      return Optional.empty();
    }
    Pairing fresh = PairingCodes.make(exchange);
    Provisioning then = withoutPaired(its).with(fresh);
    return Optional.of(new Provisioned(request.mac(), then, "", ""));
  }

  private static List<InventoryChange> plus(List<InventoryChange> changes, InventoryChange more) {
    List<InventoryChange> all = new ArrayList<>(changes);
    all.add(more);
    return List.copyOf(all);
  }
}
