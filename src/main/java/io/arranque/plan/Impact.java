package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What a change of the site's files means for the machines, before it is in force.
 *
 * @param machines how many were looked at
 * @param unlooked how many were not, because there was no time
 * @param changed those that would be given something else
 * @param broken those that boot now and would not any more
 * @param mended those that do not boot now and would
 */
public record Impact(
    int machines,
    int unlooked,
    List<Affected> changed,
    List<Affected> broken,
    List<Affected> mended) {
  public static final Impact NOTHING = new Impact(0, 0, List.of(), List.of(), List.of());

  /**
   * @param what of a changed machine: {@code script}, {@code document user-data}, …; of a broken
   *     one, why
   */
  public record Affected(Mac mac, String name, List<String> what) {}

  /** In a line for the log. */
  public String summary() {
    String text =
        "changes "
            + count(changed.size())
            + ", breaks "
            + broken.size()
            + (mended.isEmpty() ? "" : ", mends " + mended.size());
    return unlooked == 0 ? text : text + " (" + unlooked + " not looked at)";
  }

  private static String count(int machines) {
    return machines == 1 ? "1 machine" : machines + " machines";
  }

  public boolean isNothing() {
    return changed.isEmpty() && broken.isEmpty() && mended.isEmpty();
  }

  /**
   * @param goOn asked before each machine; when it says no, the rest is not looked at
   */
  public static Impact of(
      Planner planner,
      Change change,
      Inventory inventory,
      Function<Optional<Segment>, Ipv4> serverAddress,
      BooleanSupplier goOn) {
    Impact.Draft draft = new Draft(planner, change, inventory, serverAddress);
    for (Machine machine : inventory.machines()) {
      if (goOn.getAsBoolean()) {
        draft.look(machine);
      } else {
        draft.unlooked++;
      }
    }
    return new Impact(
        draft.looked,
        draft.unlooked,
        List.copyOf(draft.changed),
        List.copyOf(draft.broken),
        List.copyOf(draft.mended));
  }

  /** From one site to another. */
  public record Change(Site before, Site after) {}

  /** A machine for each role, where none is known: for a change that is tried far from the room. */
  public static Inventory standIns(Change change) {
    SortedSet<String> names = new TreeSet<>(change.before().roles().keySet());
    names.addAll(change.after().roles().keySet());
    SortedMap<Mac, Machine> machines = new TreeMap<>();
    for (String name : names) {
      // Of the range that no manufacturer gives out.
      Mac mac =
          Mac.of("02:00:00:00:%02x:%02x".formatted(machines.size() >> 8, machines.size() & 0xff));
      Role role = change.after().roles().getOrDefault(name, change.before().roles().get(name));
      machines.put(
          mac,
          Machine.unknown(mac)
              .with(
                  new Assignment(
                      Optional.of("any-" + name),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(name),
                      role == null ? Map.of() : Rehearsal.values(role))));
    }
    return new FixedInventory(machines);
  }

  private static final class Draft {
    private final Planner planner;
    private final Change change;
    private final Inventory inventory;
    private final Function<Optional<Segment>, Ipv4> serverAddress;
    private final List<Affected> changed = new ArrayList<>();
    private final List<Affected> broken = new ArrayList<>();
    private final List<Affected> mended = new ArrayList<>();
    private int looked;
    private int unlooked;

    Draft(
        Planner planner,
        Change change,
        Inventory inventory,
        Function<Optional<Segment>, Ipv4> serverAddress) {
      this.planner = planner;
      this.change = change;
      this.inventory = inventory;
      this.serverAddress = serverAddress;
    }

    void look(Machine machine) {
      looked++;
      BootPlan before = plan(change.before(), machine);
      BootPlan after = plan(change.after(), machine);
      List<String> what = differences(before, after);
      if (what.isEmpty()) {
        return;
      }
      BootPlan judged = planner.judged(after);
      List<String> unrendered = planner.documentCheck().unrendered(judged);
      boolean failed =
          planner.judged(before).way() == Way.FAIL
              || !planner.documentCheck().unrendered(before).isEmpty();
      boolean fails = judged.way() == Way.FAIL || !unrendered.isEmpty();
      String name = judged.hostname().value();
      if (fails && !failed) {
        List<String> why = new ArrayList<>(unrendered);
        judged.troubles().forEach(trouble -> why.add(trouble.toString()));
        broken.add(new Affected(machine.mac(), name, why));
      } else {
        (failed && !fails ? mended : changed).add(new Affected(machine.mac(), name, what));
      }
    }

    private BootPlan plan(Site site, Machine machine) {
      return planner.plan(WhatIf.AS_IT_IS.about(machine.mac(), site, inventory, serverAddress));
    }

    private List<String> differences(BootPlan before, BootPlan after) {
      List<String> what = new ArrayList<>();
      String was = before.roleName().map(Planned::value).orElse("none");
      String is = after.roleName().map(Planned::value).orElse("none");
      if (!was.equals(is)) {
        what.add("role " + was + " -> " + is);
      }
      if (before.way() != after.way()) {
        what.add("outcome");
      }
      if (!values(before.bootFile()).equals(values(after.bootFile()))) {
        what.add("boot file");
      }
      if (!before.options().stream()
          .map(Planned::value)
          .toList()
          .equals(after.options().stream().map(Planned::value).toList())) {
        what.add("DHCP options");
      }
      SortedMap<String, String> old = Given.real(planner, before).texts();
      SortedMap<String, String> fresh = Given.real(planner, after).texts();
      SortedSet<String> names = new TreeSet<>(old.keySet());
      names.addAll(fresh.keySet());
      names.stream()
          .filter(
              name ->
                  !Optional.ofNullable(old.get(name)).equals(Optional.ofNullable(fresh.get(name))))
          .forEach(what::add);
      return what;
    }

    private static Optional<BootFile> values(Optional<Planned<BootFile>> file) {
      return file.map(Planned::value);
    }
  }
}
