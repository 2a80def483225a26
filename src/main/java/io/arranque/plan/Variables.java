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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values for templates, merged: site ◀ segment ◀ role ◀ room ◀ machine, the right-most wins; a
 * role's defaults fill the gaps.
 *
 * @param values by the name that templates use
 * @param overridden what farther places said of them, the nearest first
 * @param troubles what is missing or of the wrong type
 */
record Variables(
    SortedMap<String, Planned<Object>> values,
    SortedMap<String, List<Planned<Object>>> overridden,
    List<Trouble> troubles) {

  static Variables merge(
      Site site,
      Optional<Segment> segment,
      Optional<Role> role,
      Optional<Planned<Room>> room,
      Machine machine) {
    Inheritance<String, Object> said = said(site, segment, role, room, machine);
    SortedMap<String, Planned<Object>> merged = said.inForce();
    List<Trouble> troubles = new ArrayList<>();
    role.ifPresent(r -> r.vars().forEach((name, var) -> check(merged, name, var, troubles)));
    Set<String> secrets = site.secretNames();
    SortedMap<String, Planned<Object>> named = new TreeMap<>();
    merged.forEach((name, v) -> named.put(templateName(name), marked(v, name, secrets)));
    SortedMap<String, List<Planned<Object>>> overridden = new TreeMap<>();
    said.overridden()
        .forEach(
            (name, all) ->
                overridden.put(
                    templateName(name), all.stream().map(v -> marked(v, name, secrets)).toList()));
    return new Variables(named, overridden, List.copyOf(troubles));
  }

  /**
   * A role's default fills a gap; it does not beat what the site or the segment says, for then a
   * site-wide {@code rancher-url} could not be set in one place. What a role sets as a value does.
   */
  private static Inheritance<String, Object> said(
      Site site,
      Optional<Segment> segment,
      Optional<Role> role,
      Optional<Planned<Room>> room,
      Machine machine) {
    Inheritance<String, Object> said = new Inheritance<>();
    role.ifPresent(
        r ->
            r.vars()
                .forEach(
                    (name, var) ->
                        var.defaultValue()
                            .ifPresent(
                                value ->
                                    said.put(
                                        name,
                                        value,
                                        new Origin(Origin.Level.ROLE_DEFAULT, r.name())))));
    said.put(site.settings().vars(), Origin.SITE);
    segment.ifPresent(s -> said.put(s.vars(), Planner.segmentOrigin(s)));
    role.ifPresent(r -> said.put(r.values(), Planner.roleOrigin(r)));
    room.ifPresent(r -> said.put(r.value().vars(), Planner.roomOrigin(r.value())));
    said.put(machine.assignment().vars(), Origin.MACHINE);
    return said;
  }

  private static Planned<Object> marked(Planned<Object> v, String name, Set<String> secrets) {
    return new Planned<>(v.value(), v.origin(), v.secret() || secrets.contains(name));
  }

  /** How templates write a variable's name: Pebble would read {@code a-b} as a subtraction. */
  static String templateName(String name) {
    return name.replace('-', '_');
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
