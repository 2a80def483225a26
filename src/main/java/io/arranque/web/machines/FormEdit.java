package io.arranque.web.machines;

import io.arranque.inventory.AssignmentEdit;
import io.arranque.plan.Planned;
import io.arranque.web.machines.Editions.Part;
import io.arranque.web.page.Forms;
import io.arranque.web.page.OptionForm;
import io.arranque.web.views.Views.MachineView;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody changed in a machine's form, which holds beside each value the one that was there
 * when the form was made. Only what was changed is saved: what another saved meanwhile in fields
 * that this person did not touch stays.
 *
 * @param edit nothing but what was changed
 * @param parts where something was changed
 * @param was the values that the form was made with, by field; empty for who posts without a form
 */
record FormEdit(AssignmentEdit edit, Set<Part> parts, SortedMap<String, String> was) {
  private static final String WAS = "was.";
  private static final String VAR = "var.";

  /** A value that was one when the form was made, and is another now. */
  record Theirs(String field, String was, String now) {}

  static FormEdit of(Context ctx, Set<String> options) {
    SortedMap<String, String> was = new TreeMap<>();
    ctx.formParamMap()
        .forEach(
            (key, values) -> {
              if (key.startsWith(WAS)) {
                was.put(key.substring(WAS.length()), values.get(0).strip());
              }
            });
    if (was.isEmpty()) {
      AssignmentEdit all = Forms.edit(ctx, options);
      return new FormEdit(all, EnumSet.noneOf(Part.class), was);
    }
    Map<String, String> before = OptionForm.edits(was.getOrDefault("options", ""), Set.of());
    return changed(Forms.edit(ctx, before.keySet()), before, was);
  }

  /** Pure: what of {@code typed} differs from what was shown. */
  static FormEdit changed(
      AssignmentEdit typed, Map<String, String> optionsBefore, SortedMap<String, String> was) {
    Map<String, String> vars = new HashMap<>(typed.vars());
    // A secret that was left alone comes as its mask.
    vars.entrySet()
        .removeIf(
            e ->
                e.getValue().equals(Planned.MASK)
                    || e.getValue().equals(was.getOrDefault(VAR + e.getKey(), "")));
    Map<String, String> options = new HashMap<>(typed.options());
    options.entrySet().removeIf(e -> e.getValue().equals(optionsBefore.get(e.getKey())));
    AssignmentEdit edit =
        new AssignmentEdit(
            other(typed.hostname(), was, "hostname"),
            other(typed.room(), was, "room"),
            other(typed.seat(), was, "seat"),
            other(typed.role(), was, "role"),
            vars,
            options,
            other(typed.reservation(), was, "reservation"),
            typed.evenIfLeased(),
            other(typed.policy(), was, "policy"));
    return new FormEdit(edit, parts(edit), was);
  }

  private static Optional<String> other(
      Optional<String> typed, SortedMap<String, String> was, String field) {
    return typed.filter(text -> !text.strip().equals(was.getOrDefault(field, "")));
  }

  private static Set<Part> parts(AssignmentEdit edit) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (edit.hostname().isPresent()) {
      parts.add(Part.NAME);
    }
    if (edit.room().isPresent() || edit.seat().isPresent()) {
      parts.add(Part.PLACE);
    }
    if (edit.role().isPresent() || edit.policy().isPresent() || !edit.vars().isEmpty()) {
      parts.add(Part.ROLE);
    }
    if (!edit.options().isEmpty()) {
      parts.add(Part.OPTIONS);
    }
    if (edit.reservation().isPresent()) {
      parts.add(Part.ADDRESS);
    }
    return parts;
  }

  /** The values that a form is made with: what comes back under {@code was.}. */
  static SortedMap<String, String> shown(MachineView machine) {
    SortedMap<String, String> shown = new TreeMap<>();
    shown.put("hostname", machine.hostname());
    shown.put("room", machine.room());
    shown.put("seat", machine.seat());
    shown.put("role", machine.role());
    shown.put("policy", machine.policy());
    shown.put("reservation", machine.reservation());
    shown.put("options", OptionForm.text(machine.options()));
    machine.vars().forEach((name, value) -> shown.put(VAR + name, value));
    return shown;
  }

  /** What others changed in those parts; a secret's change shows as a mask for a mask. */
  List<Theirs> theirs(Set<Part> changed, MachineView now) {
    Map<String, String> present = new LinkedHashMap<>(shown(now));
    was.keySet().forEach(field -> present.putIfAbsent(field, ""));
    List<Theirs> theirs = new ArrayList<>();
    present.forEach(
        (field, value) -> {
          String before = was.getOrDefault(field, "");
          boolean secret = value.equals(Planned.MASK) && before.equals(Planned.MASK);
          if (changed.contains(part(field))
              && (secret || !Objects.equals(lines(before), lines(value)))) {
            theirs.add(new Theirs(field, before, value));
          }
        });
    return theirs;
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static Part part(String field) {
    return switch (field) {
      case "hostname" -> Part.NAME;
      case "room", "seat" -> Part.PLACE;
      case "options" -> Part.OPTIONS;
      case "reservation" -> Part.ADDRESS;
      default -> Part.ROLE;
    };
  }
}
