package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.live.Live;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.OptionForm;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.MachineView;
import io.arranque.web.views.Views.ReplyView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages for people: asks {@link Desk} and {@link Changes}, renders HTML. */
public final class Pages {
  private final Desk desk;
  private final Changes.Maker changes;
  private final Live live;
  private final Guard guard;
  private final Sessions sessions;
  private final Renderer renderer;
  private final EditRoutes edits;
  private final DiagnosisRoutes diagnosis;

  public Pages(
      Desk desk,
      Changes.Maker changes,
      Live live,
      Guard guard,
      Sessions sessions,
      Renderer renderer,
      EditRoutes edits,
      DiagnosisRoutes diagnosis) {
    this.desk = desk;
    this.changes = changes;
    this.live = live;
    this.guard = guard;
    this.sessions = sessions;
    this.renderer = renderer;
    this.edits = edits;
    this.diagnosis = diagnosis;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/machines", this::machines);
    routes.post("/machines", this::add);
    routes.post("/machines/assign", this::assign);
    routes.get("/machines/{mac}", this::machine);
    routes.post("/machines/{mac}/forget", this::forget);
    routes.post("/machines/{mac}/reserve", this::reserve);
    routes.get("/machines/{mac}/vars", this::vars);
    routes.get("/machines/{mac}/plan", this::plan);
    routes.get("/machines/{mac}/reply", this::reply);
    routes.post("/rooms/{name}/options", this::saveRoomOptions);
    routes.sse(
        "/live",
        client -> {
          Context ctx = client.ctx();
          String only = ctx.queryParam("mac");
          String session = guard.session(ctx).map(Sessions.Session::id).orElse("");
          Messages messages = renderer.messages(ctx);
          live.rows(
              client,
              only == null ? Optional.empty() : Mac.parse(only),
              desk.movedSince(since(ctx)),
              "row." + messages.language(),
              mac -> desk.machine(mac).map(m -> renderer.row(messages, m)),
              () -> sessions.isOpen(session));
        });
  }

  /** When the page was made that now opens its stream. */
  private static Instant since(Context ctx) {
    String millis = ctx.queryParam("since");
    return millis != null && millis.matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(millis))
        : Instant.MAX;
  }

  private void machines(Context ctx) {
    renderer.page(
        ctx,
        "machines",
        Map.of("machines", desk.machines(), "roles", desk.roles(), "segments", desk.segments()));
  }

  private void saveRoomOptions(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    Set<String> present = new LinkedHashSet<>();
    desk.rooms().stream()
        .filter(room -> room.name().equals(name))
        .forEach(room -> present.addAll(room.options().keySet()));
    Map<String, String> edits = OptionForm.edits(Forms.text(ctx, "options"), present);
    changes.of(ctx).editRoomOptions(name, edits, Guard.by(ctx));
    renderer.notice(
        ctx,
        "success",
        List.of(renderer.messages(ctx).get("network.room-saved", name)),
        "/network");
  }

  private void add(Context ctx) throws StoreFailure {
    String text = Forms.text(ctx, "mac");
    Mac mac =
        Mac.parse(text).orElseThrow(() -> new Fault(422, renderer.messages(ctx).get("add.no-mac")));
    refuseKnown(ctx, mac);
    changes.of(ctx).edit(mac, Forms.newMachine(ctx), Guard.by(ctx));
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated());
  }

  /** A slip in a MAC must not rename another machine or give it another role. */
  private void refuseKnown(Context ctx, Mac mac) {
    MachineView known = desk.machine(mac).orElse(null);
    if (known != null && !(known.hostname().isEmpty() && known.role().isEmpty())) {
      throw new Fault(409, renderer.messages(ctx).get("add.known", mac, known.name()));
    }
  }

  /** The rows change by themselves, through the live stream; this only says that it was done. */
  private void assign(Context ctx) throws StoreFailure {
    Set<Mac> macs = new LinkedHashSet<>();
    for (String text : ctx.formParams("mac")) {
      macs.add(Mac.parse(text).orElseThrow(() -> new Fault(422, "mac: not a MAC")));
    }
    Messages messages = renderer.messages(ctx);
    if (macs.isEmpty()) {
      throw new Fault(422, messages.get("assign.nobody"));
    }
    String chosen = Forms.text(ctx, "role");
    if (chosen.isEmpty()) {
      throw new Fault(422, messages.get("assign.no-role"));
    }
    String role = chosen.equals("-") ? "" : chosen;
    changes.of(ctx).assignRole(macs, role, Guard.by(ctx));
    String key = role.isEmpty() ? "assign.taken" : "assign.done";
    renderer.notice(ctx, "success", List.of(messages.get(key, macs.size(), role)), "/machines");
  }

  private void machine(Context ctx) {
    Mac mac = Asked.mac(ctx);
    MachineView machine = found(ctx, mac);
    Map<String, Object> scope = new HashMap<>(diagnosis.scope(ctx, machine));
    scope.put("m", machine);
    scope.put("plan", desk.plan(Question.of(mac)));
    scope.put("roles", desk.roles());
    scope.put("rooms", desk.rooms());
    scope.put("fields", fields(machine, machine.plannedRole()));
    scope.put("options", OptionForm.text(machine.options()));
    scope.put("edition", edits.edition(machine));
    scope.put("saved", Optional.ofNullable(ctx.queryParam("saved")).orElse(""));
    renderer.page(ctx, "machine", scope);
  }

  /** From the list of leases: the address stays this machine's; no address takes it away. */
  private void reserve(Context ctx) throws StoreFailure {
    AssignmentEdit edit = AssignmentEdit.reservation(Forms.text(ctx, "address"), false);
    changes.of(ctx).edit(Asked.mac(ctx), edit, Guard.by(ctx));
    String back = Forms.text(ctx, "back");
    Renderer.goTo(ctx, back.matches("/network/[A-Za-z0-9._-]+") ? back : "/network");
  }

  private void forget(Context ctx) throws StoreFailure {
    changes.of(ctx).forget(Asked.mac(ctx), Guard.by(ctx));
    Renderer.goTo(ctx, "/machines");
  }

  private void vars(Context ctx) {
    MachineView machine = found(ctx, Asked.mac(ctx));
    String role = ctx.queryParam("role");
    String shown = role == null || role.isEmpty() ? machine.plannedRole() : role;
    renderer.fragment(ctx, "vars", Map.of("fields", fields(machine, shown)));
  }

  private void plan(Context ctx) {
    renderer.fragment(ctx, "plan", Map.of("plan", desk.plan(Asked.question(ctx))));
  }

  /** Asked for when somebody opens it: it costs the decision lane a decision. */
  private void reply(Context ctx) {
    List<ReplyView> reply = desk.reply(Asked.question(ctx)).stream().toList();
    renderer.fragment(ctx, "reply", Map.of("reply", reply));
  }

  private MachineView found(Context ctx, Mac mac) {
    return desk.machine(mac)
        .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("machine.unknown", mac)));
  }

  /** A field for each variable of the role, and for those that the machine has besides. */
  private List<Forms.Field> fields(MachineView machine, String roleName) {
    List<Forms.Field> fields = new ArrayList<>();
    Set<String> declared = new LinkedHashSet<>();
    desk.role(roleName)
        .ifPresent(
            role ->
                role.vars()
                    .forEach(
                        (name, var) -> {
                          declared.add(name);
                          String value = machine.vars().getOrDefault(name, "");
                          fields.add(Forms.field(Views.var(name, var), value));
                        }));
    machine
        .vars()
        .forEach(
            (name, value) -> {
              if (!declared.contains(name)) {
                fields.add(Forms.undeclared(name, value));
              }
            });
    return List.copyOf(fields);
  }
}
