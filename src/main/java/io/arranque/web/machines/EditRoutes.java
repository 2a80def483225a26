package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.AuditQuery;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.machines.Editions.Part;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The machine's form. Two who edit one machine: what they changed in different parts is kept of
 * both; of the same part the second is shown what the first made of it, and decides.
 */
public final class EditRoutes {
  private final Parts parts;
  private final Desk desk;
  private final Changes.Maker changes;
  private final Editions editions;
  private final Renderer renderer;

  public EditRoutes(
      Parts parts, Desk desk, Changes.Maker changes, Editions editions, Renderer renderer) {
    this.parts = parts;
    this.desk = desk;
    this.changes = changes;
    this.editions = editions;
    this.renderer = renderer;
  }

  /** What the form holds beside its fields. */
  record EditionView(String text, List<Map.Entry<String, String>> was) {}

  /** Who changed the machine last, and when; empty when the audit does not tell. */
  record LastEdit(String who, String at) {}

  public void routes(RoutesConfig routes) {
    routes.post("/machines/{mac}", this::save);
    routes.get("/machines/{mac}/edition", this::compare);
  }

  EditionView edition(MachineView machine) {
    Mac mac = Mac.of(machine.mac());
    return new EditionView(
        editions.text(assignment(parts.book().view(), mac)),
        List.copyOf(FormEdit.shown(machine).entrySet()));
  }

  /** A refusal goes to the notice area, and what was typed stays in the form. */
  private void save(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    MachineView shown = found(ctx, mac);
    FormEdit form = FormEdit.of(ctx, shown.options().keySet());
    String known = Forms.text(ctx, "anyway");
    String edition = known.isEmpty() ? Forms.text(ctx, "edition") : known;
    Set<Part> kept = EnumSet.noneOf(Part.class);
    try {
      changes
          .of(ctx)
          .expecting(now -> kept.addAll(check(form, edition, assignment(now, mac))))
          .edit(mac, form.edit(), Guard.by(ctx));
    } catch (Overtaken e) {
      refuse(ctx, form, e, found(ctx, mac));
      return;
    }
    String said = kept.isEmpty() ? "?saved=1" : "?saved=both";
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated() + said);
  }

  /**
   * Pure, with the inventory locked: the parts that others changed and this form did not touch.
   *
   * @throws Overtaken when both changed the same
   */
  private Set<Part> check(FormEdit form, String edition, Machine.Assignment now) {
    if (edition.isEmpty()) {
      return Set.of();
    }
    Set<Part> theirs = editions.changed(edition, now);
    Set<Part> both = EnumSet.copyOf(theirs);
    both.retainAll(form.parts());
    if (!both.isEmpty()) {
      throw new Overtaken(both, editions.text(now));
    }
    return theirs;
  }

  private void refuse(Context ctx, FormEdit form, Overtaken overtaken, MachineView now)
      throws StoreFailure {
    ctx.status(409);
    if (!Renderer.isHtmx(ctx)) {
      String sentence = renderer.messages(ctx).get("edit.overtaken");
      renderer.notice(ctx, "warning", List.of(sentence), "/machines/" + now.id());
      return;
    }
    ctx.header("HX-Retarget", "#notice");
    ctx.header("HX-Reswap", "innerHTML");
    renderer.fragment(
        ctx,
        "overtaken",
        Map.of(
            "m", now,
            "edition", overtaken.edition(),
            "theirs", form.theirs(overtaken.parts(), now),
            "last", lastEdit(Asked.mac(ctx))));
  }

  /** For a form that stays open: whether the machine is still as it was when the form was made. */
  private void compare(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    MachineView machine = found(ctx, mac);
    String shown = Optional.ofNullable(ctx.queryParam("edition")).orElse("");
    Set<Part> changed = editions.changed(shown, assignment(parts.book().view(), mac));
    renderer.fragment(
        ctx,
        "edition",
        Map.of(
            "m", machine,
            "changed", changed.stream().map(Part::label).toList(),
            "last", lastEdit(mac)));
  }

  private LastEdit lastEdit(Mac mac) throws StoreFailure {
    AuditLog audit = parts.audit();
    AuditQuery ofMachine =
        new AuditQuery(
            Optional.empty(),
            Optional.of("machine edited"),
            Optional.of(mac),
            Optional.empty(),
            Optional.<Instant>empty(),
            Optional.empty(),
            1);
    return audit.search(ofMachine).stream()
        .map(AuditLog.Line::entry)
        .filter(entry -> entry.result().equals(AuditEntry.DONE))
        .map(entry -> new LastEdit(entry.who().name(), Views.text(entry.at())))
        .findFirst()
        .orElse(new LastEdit("", ""));
  }

  private static Machine.Assignment assignment(Inventory now, Mac mac) {
    return now.machine(mac).map(Machine::assignment).orElse(Machine.Assignment.NONE);
  }

  private MachineView found(Context ctx, Mac mac) {
    return desk.machine(mac)
        .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("machine.unknown", mac)));
  }
}
