package io.arranque.plan;

import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values for templates, merged: site ◀ segment ◀ room ◀ machine, the right-most wins; a role's
 * defaults fill the gaps.
 *
 * @param values by the name that templates use
 * @param troubles what is missing or of the wrong type
 */
record Variables(SortedMap<String, Planned<Object>> values, List<Trouble> troubles) {

  static Variables merge(
      Site site,
      Optional<Segment> segment,
      Optional<Role> role,
      Optional<Planned<Room>> room,
      Machine machine) {
    SortedMap<String, Planned<Object>> merged = new TreeMap<>();
    put(merged, site.settings().vars(), Origin.SITE);
    segment.ifPresent(s -> put(merged, s.vars(), Planner.segmentOrigin(s)));
    role.ifPresent(r -> putDefaults(merged, r));
    room.ifPresent(
        r -> put(merged, r.value().vars(), new Origin(Origin.Level.ROOM, r.value().name())));
    put(merged, machine.assignment().vars(), Origin.MACHINE);

    List<Trouble> troubles = new ArrayList<>();
    role.ifPresent(r -> r.vars().forEach((name, var) -> check(merged, name, var, troubles)));
    Set<String> secrets = site.secretNames();
    SortedMap<String, Planned<Object>> named = new TreeMap<>();
    merged.forEach(
        (name, v) ->
            named.put(
                templateName(name),
                new Planned<>(v.value(), v.origin(), v.secret() || secrets.contains(name))));
    return new Variables(named, List.copyOf(troubles));
  }

  /** How templates write a variable's name: Pebble would read {@code a-b} as a subtraction. */
  static String templateName(String name) {
    return name.replace('-', '_');
  }

  private static void put(
      SortedMap<String, Planned<Object>> merged, Map<String, ?> values, Origin origin) {
    values.forEach((name, value) -> merged.put(name, Planned.of(value, origin)));
  }

  /**
   * A role's default fills a gap; it does not beat what the site or the segment says, for then a
   * site-wide {@code rancher-url} could not be set in one place.
   */
  private static void putDefaults(SortedMap<String, Planned<Object>> merged, Role role) {
    role.vars()
        .forEach(
            (name, var) ->
                var.defaultValue()
                    .ifPresent(
                        value ->
                            merged.putIfAbsent(name, Planned.of(value, Planner.roleOrigin(role)))));
  }

  /** Gives the value its declared type, or says what is wrong with it. */
  private static void check(
      SortedMap<String, Planned<Object>> merged,
      String name,
      Role.Var var,
      List<Trouble> troubles) {
    boolean secret = var.type() == VarType.SECRET;
    Planned<Object> given = merged.get(name);
    if (given == null) {
      if (var.required()) {
        troubles.add(new Trouble(Reason.VARIABLE_MISSING, name));
      }
      // Optional and unset: templates can still test it, strict variables notwithstanding.
      merged.put(name, new Planned<>("", Origin.DEFAULT, secret));
      return;
    }
    Optional<Object> typed = var.type().accept(given.value());
    if (typed.isEmpty()) {
      troubles.add(
          new Trouble(
              Reason.VARIABLE_INVALID,
              name + " of " + given.origin() + ", wanted " + var.type().wanted()));
    }
    merged.put(name, new Planned<>(typed.orElse(given.value()), given.origin(), secret));
  }
}
