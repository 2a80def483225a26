package io.arranque.web.access;

import io.arranque.address.Mac;
import io.arranque.inventory.Armings;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.Assignments;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Cards;
import io.arranque.inventory.Installations;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Reservations;
import io.arranque.inventory.Room;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.Who;
import io.arranque.plan.Planned;
import io.arranque.schedule.Locks;
import io.arranque.site.BootPolicy;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that can be changed. Decided in {@link Assignments}, committed here. */
public final class Changes {
  private final Parts parts;
  private final Supplier<Grant> grant;
  private final Runnable written;
  private Consumer<Inventory> expected = now -> {};

  private Changes(Parts parts, Supplier<Grant> grant, Runnable written) {
    this.parts = parts;
    this.grant = grant;
    this.written = written;
  }

  /** Makes changes for whoever sent a request, and none that they may not make. */
  public record Maker(Parts parts) {
    public Changes of(Context request) {
      return new Changes(parts, () -> Guard.caller(request).grant(), () -> Audit.written(request));
    }

    /** For what somebody began and goes on without a request of theirs. */
    public Changes as(Supplier<Grant> grant) {
      return new Changes(parts, grant, () -> {});
    }
  }

  /** Has the change fail, by an exception, where the inventory is not as it should be by then. */
  public Changes expecting(Consumer<Inventory> condition) {
    expected = condition;
    return this;
  }

  public void edit(Mac mac, AssignmentEdit edit, String by) throws StoreFailure {
    commit(
        now ->
            onTheWire(
                now,
                mac,
                edit,
                Assignments.edit(site(), now, mac, unmasked(vars(now, mac), edit), by)));
  }

  public void replace(Mac mac, AssignmentEdit edit, String by) throws StoreFailure {
    commit(
        now ->
            onTheWire(
                now,
                mac,
                edit,
                Assignments.replace(site(), now, mac, unmasked(vars(now, mac), edit), by)));
  }

  public void assignRole(Collection<Mac> macs, String role, String by) throws StoreFailure {
    commit(now -> Assignments.assignRole(site(), now, macs, role, by), true);
  }

  /** Lets the machine be installed, or booted the one time, again. */
  public void again(Mac mac, BootPolicy policy, String by) throws StoreFailure {
    commit(now -> Installations.again(now, mac, policy, by));
    parts
        .timeline()
        .record(
            BootEvent.of(
                parts.clock().instant(),
                mac,
                Stage.WAITING,
                Reason.INSTALL_AGAIN,
                Optional.empty(),
                Who.parse(by).name()));
  }

  /** The MAC is a further one of the machine. */
  public void merge(Mac mac, Mac machine, String by) throws StoreFailure {
    commit(now -> Cards.merge(now, mac, machine, by));
  }

  /** The MAC is no longer the machine's. */
  public void split(Mac mac, Mac machine, String by) throws StoreFailure {
    commit(now -> Cards.split(now, mac, machine, by));
  }

  /** The MAC is not the machine's, although it looks so. */
  public void refuse(Mac mac, Mac machine, String by) throws StoreFailure {
    commit(now -> Cards.refuse(now, mac, machine, by));
  }

  public void forget(Mac mac, String by) throws StoreFailure {
    commit(now -> Assignments.forget(now, mac, by));
  }

  public void saveRoom(Room room, String by) throws StoreFailure {
    commit(
        now -> {
          Optional<Room> old = now.room(room.name());
          Map<String, String> vars = unmasked(old.map(Room::vars).orElse(Map.of()), room.vars());
          Layout layout = old.map(Room::layout).orElse(Layout.NONE);
          return Assignments.saveRoom(
              site(), new Room(room.name(), room.description(), vars, room.options(), layout), by);
        });
  }

  public void editRoomOptions(String name, Map<String, String> edits, String by)
      throws StoreFailure {
    commit(now -> Assignments.editRoomOptions(now, name, edits, by));
  }

  /**
   * @param room empty: all rooms
   * @param until empty: until somebody lifts it
   */
  public void lock(Optional<String> room, Optional<Instant> until, String why, String by)
      throws StoreFailure {
    commit(now -> Locks.lock(now, room, until, why, by, parts.clock().instant()));
  }

  public void unlock(Optional<String> room, String by) throws StoreFailure {
    commit(now -> Locks.unlock(now, room, by, parts.clock().instant()));
  }

  public void removeRoom(String name, String by) throws StoreFailure {
    commit(now -> Assignments.removeRoom(now, name, by));
  }

  /** The decision, with what speaks against it that only those know who give addresses. */
  private Decision onTheWire(Inventory now, Mac mac, AssignmentEdit edit, Decision decision) {
    Reservations.Wire wire =
        new Reservations.Wire(
            address ->
                parts.leases().get().stream()
                    .filter(lease -> lease.address().equals(address))
                    .map(LeaseView::mac)
                    .findFirst(),
            segment -> parts.serverAddress().apply(Optional.of(segment)));
    List<Refusal> refusals = Reservations.onTheWire(site(), now, mac, edit, wire);
    if (refusals.isEmpty()) {
      return new Sayable(parts).vet(now, mac, decision);
    }
    List<Refusal> all = new ArrayList<>();
    if (decision instanceof Decision.Refused refused) {
      all.addAll(refused.refusals());
    }
    all.addAll(refusals);
    return new Decision.Refused(List.copyOf(all));
  }

  private Site site() {
    return parts.site().get();
  }

  /** Commits what is decided on the present state, or throws {@link Refused}. */
  public void commit(Function<Inventory, Decision> decide) throws StoreFailure {
    commit(decide, false);
  }

  /**
   * @param asked whether a boot was asked for also where the role stays the same
   */
  private void commit(Function<Inventory, Decision> decide, boolean asked) throws StoreFailure {
    List<Refusal> refusals = new ArrayList<>();
    Map<Mac, Optional<String>> rolesBefore = new HashMap<>();
    List<InventoryChange> committed =
        parts
            .book()
            .commit(
                now -> {
                  expected.accept(now);
                  Decision decision = decide.apply(now);
                  if (decision instanceof Decision.Accepted accepted) {
                    if (!Reach.covers(grant.get(), site(), now, accepted.changes())) {
                      throw Guard.forbidden();
                    }
                    List<Refusal> locked = locked(now, accepted.changes());
                    if (!locked.isEmpty()) {
                      refusals.addAll(locked);
                      return List.of();
                    }
                    accepted.changes().forEach(c -> rememberRole(now, c, rolesBefore));
                    return Armings.asked(now, accepted.changes(), asked, parts.clock().instant());
                  }
                  refusals.addAll(((Decision.Refused) decision).refusals());
                  return List.of();
                });
    if (!refusals.isEmpty()) {
      throw new Refused(refusals);
    }
    written.run();
    committed.forEach(change -> record(change, rolesBefore));
  }

  /** Nobody goes around a lock, an administrator neither: he may lift it, which everybody sees. */
  private List<Refusal> locked(Inventory now, List<InventoryChange> changes) {
    return Locks.refusals(
        site(), now, changes, parts.clock().instant(), parts.schedule().view().zone());
  }

  /**
   * What became of one machine of many.
   *
   * @param changes what was committed; none where it is so already
   * @param refusals why nothing was
   */
  public record Each(
      Optional<Machine> before,
      Set<Mac> macs,
      List<InventoryChange> changes,
      List<Refusal> refusals) {}

  /**
   * Decides on each machine by itself, and commits all that was accepted as one; a refused one does
   * not keep the others back. Whoever has thousands gives some at a time, for while they are
   * decided nobody else commits.
   *
   * @param mayGoOn asked before each machine; those after the first no are not decided
   * @param asked whether giving a role, or ordering an installation, asks for a boot
   * @return those that were decided, in order
   */
  public Map<Mac, Each> each(
      Collection<Mac> macs,
      BiFunction<Inventory, Mac, Decision> decide,
      BooleanSupplier mayGoOn,
      boolean asked)
      throws StoreFailure {
    Map<Mac, Each> decided = new LinkedHashMap<>();
    Map<Mac, Optional<String>> rolesBefore = new HashMap<>();
    parts
        .book()
        .commit(
            now -> {
              List<InventoryChange> all = new ArrayList<>();
              for (Mac mac : macs) {
                if (!decided.isEmpty() && !mayGoOn.getAsBoolean()) {
                  break;
                }
                Each one = one(now, mac, decide.apply(now, mac), asked);
                one.changes().forEach(change -> rememberRole(now, change, rolesBefore));
                all.addAll(one.changes());
                decided.put(mac, one);
              }
              return all;
            });
    decided.values().forEach(one -> one.changes().forEach(c -> record(c, rolesBefore)));
    return decided;
  }

  private Each one(Inventory now, Mac mac, Decision decision, boolean asked) {
    Optional<Machine> before = now.machine(mac);
    Set<Mac> macs = now.macs(now.key(mac));
    if (decision instanceof Decision.Refused refused) {
      return new Each(before, macs, List.of(), refused.refusals());
    }
    List<InventoryChange> changes = ((Decision.Accepted) decision).changes();
    if (!Reach.covers(grant.get(), site(), now, changes)) {
      throw Guard.forbidden();
    }
    List<Refusal> locked = locked(now, changes);
    if (!locked.isEmpty()) {
      return new Each(before, macs, List.of(), locked);
    }
    return new Each(
        before,
        macs,
        asked ? Armings.asked(now, changes, true, parts.clock().instant()) : changes,
        List.of());
  }

  private static void rememberRole(
      Inventory now, InventoryChange change, Map<Mac, Optional<String>> roles) {
    if (change instanceof InventoryChange.Assigned assigned) {
      roles.put(assigned.mac(), now.machine(assigned.mac()).flatMap(m -> m.assignment().role()));
    }
  }

  /** The timeline tells why a waiting machine went on. */
  private void record(InventoryChange change, Map<Mac, Optional<String>> rolesBefore) {
    if (change instanceof InventoryChange.Assigned assigned
        && !assigned.assignment().role().equals(rolesBefore.get(assigned.mac()))) {
      parts
          .timeline()
          .record(
              BootEvent.of(
                  parts.clock().instant(),
                  assigned.mac(),
                  Stage.WAITING,
                  Reason.ROLE_ASSIGNED,
                  Optional.empty(),
                  assigned.assignment().role().orElse("-")));
    }
  }

  private static Map<String, String> vars(Inventory now, Mac mac) {
    return now.machine(mac).map(Machine::assignment).map(Machine.Assignment::vars).orElse(Map.of());
  }

  private static AssignmentEdit unmasked(Map<String, String> old, AssignmentEdit edit) {
    return edit.withVars(unmasked(old, edit.vars()));
  }

  /** Whoever sends back what was read sends the mask: the secret behind it stays. */
  private static Map<String, String> unmasked(Map<String, String> old, Map<String, String> sent) {
    Map<String, String> vars = new HashMap<>();
    sent.forEach(
        (name, value) -> {
          // A mask without a secret behind it is none: it would be told to the machine.
          String meant = value.equals(Planned.MASK) ? old.get(name) : value;
          if (meant != null) {
            vars.put(name, meant);
          }
        });
    return vars;
  }
}
