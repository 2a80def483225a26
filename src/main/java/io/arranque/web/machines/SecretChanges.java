package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.inventory.Armings;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Who;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Planned;
import io.arranque.plan.WhatIf;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Reach;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What people do about secrets. Decided in {@link Armings}, committed here. */
final class SecretChanges {
  private final Parts parts;
  private final Context request;

  /**
   * @param request who wants it
   */
  SecretChanges(Parts parts, Context request) {
    this.parts = parts;
    this.request = request;
  }

  /**
   * @param time zero ends it
   */
  void arm(Collection<Mac> macs, Duration time, String by) throws StoreFailure {
    Instant now = now();
    commit(inventory -> Armings.arm(inventory, macs, time, by, now));
    String detail =
        time.isZero() ? "no longer" : time.toMinutes() + " min, by " + Who.parse(by).name();
    macs.forEach(mac -> record(mac, Reason.ARMED, detail));
  }

  void clear(Mac mac, String by) throws StoreFailure {
    commit(inventory -> Armings.clear(inventory, mac, by));
    record(mac, Reason.ALARM_CLEARED, "by " + Who.parse(by).name());
  }

  void pair(Mac mac, String code, String by) throws StoreFailure {
    Instant now = now();
    List<Refusal> refusals = new ArrayList<>();
    parts
        .book()
        .commit(
            inventory -> {
              Optional<Machine> machine = inventory.machine(mac);
              Optional<Provisioned> change = machine.flatMap(m -> Armings.pair(m, code, by, now));
              if (change.filter(Armings::isPaired).isEmpty()) {
                Refusal.Kind kind =
                    machine.isEmpty()
                        ? Refusal.Kind.MACHINE_UNKNOWN
                        : change.isEmpty() ? Refusal.Kind.NO_CODE : Refusal.Kind.CODE_WRONG;
                refusals.add(new Refusal(kind, "code", ""));
              }
              return permitted(inventory, List.copyOf(change.stream().toList()));
            });
    if (!refusals.isEmpty()) {
      if (refusals.get(0).kind() == Refusal.Kind.CODE_WRONG) {
        record(mac, Reason.PAIRING_WRONG, "by " + Who.parse(by).name());
      }
      throw new Refused(refusals);
    }
    Audit.written(request);
    record(mac, Reason.ARMED, "its code was confirmed, by " + Who.parse(by).name());
  }

  /**
   * The value that the machine's templates get; it is written down first who asked.
   *
   * @return empty when nobody set it
   */
  Optional<String> reveal(Mac mac, String name, String by) throws StoreFailure {
    Optional<Machine> machine = parts.book().view().machine(mac);
    if (machine.isEmpty()) {
      return Optional.empty();
    }
    BootPlan plan =
        parts
            .planner()
            .plan(
                WhatIf.AS_IT_IS.about(
                    mac, parts.site().get(), parts.book().view(), parts.serverAddress()));
    Optional<Planned<Object>> planned =
        Optional.ofNullable(plan.vars().get(name.replace('-', '_')))
            .filter(value -> !String.valueOf(value.value()).isEmpty());
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    String note = "secret " + name + " revealed";
    parts.book().commit(now -> List.of(new InventoryChange.Audited(mac, by, note)));
    Audit.written(request);
    record(mac, Reason.SECRET_REVEALED, name + ", by " + Who.parse(by).name());
    return planned.map(value -> String.valueOf(value.value()));
  }

  private void commit(Function<Inventory, Decision> decide) throws StoreFailure {
    List<Refusal> refusals = new ArrayList<>();
    parts
        .book()
        .commit(
            now -> {
              Decision decision = decide.apply(now);
              if (decision instanceof Decision.Accepted accepted) {
                return permitted(now, accepted.changes());
              }
              refusals.addAll(((Decision.Refused) decision).refusals());
              return List.of();
            });
    if (!refusals.isEmpty()) {
      throw new Refused(refusals);
    }
    Audit.written(request);
  }

  private List<InventoryChange> permitted(Inventory now, List<InventoryChange> changes) {
    if (!Reach.covers(Guard.caller(request).grant(), parts.site().get(), now, changes)) {
      throw Guard.forbidden();
    }
    return changes;
  }

  private void record(Mac mac, Reason reason, String detail) {
    parts
        .timeline()
        .record(BootEvent.of(now(), mac, Stage.WAITING, reason, Optional.empty(), detail));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
