package io.arranque.web.rooms;

import io.arranque.address.Mac;
import io.arranque.inventory.Layouts;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.RoomRename;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.rooms.RoomViews.CardView;
import io.arranque.web.rooms.RoomViews.RoomDetail;
import io.arranque.web.rooms.RoomViews.TileView;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rooms for people: all of them from afar, and the picture of each. */
public final class RoomPages {
  private static final String ROOM = "/rooms/{name}";

  /** The machines that stand nowhere yet have a picture without seats; no room is called so. */
  static final String NOWHERE = "-";

  private final Parts parts;
  private final Desk machines;
  private final RoomDesk desk;
  private final RoomLive live;
  private final Changes.Maker changes;
  private final Guard guard;
  private final Renderer renderer;
  private final RoomBodies bodies;
  private final Answers answers;

  public RoomPages(
      Parts parts,
      Desk machines,
      RoomDesk desk,
      RoomLive live,
      Changes.Maker changes,
      Guard guard,
      Renderer renderer,
      RoomBodies bodies,
      Answers answers) {
    this.parts = parts;
    this.machines = machines;
    this.desk = desk;
    this.live = live;
    this.changes = changes;
    this.guard = guard;
    this.renderer = renderer;
    this.bodies = bodies;
    this.answers = answers;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/", this::site);
    routes.post("/rooms", this::create);
    routes.sse(
        "/site/live",
        client ->
            live.stream(
                client, Optional.empty(), has(client.ctx()), guard.stillWelcome(client.ctx())));
    routes.get(ROOM, this::room);
    routes.post(ROOM, this::describe);
    routes.post(ROOM + "/remove", this::remove);
    routes.sse(
        ROOM + "/live",
        client ->
            live.stream(
                client,
                Optional.of(name(client.ctx())),
                has(client.ctx()),
                guard.stillWelcome(client.ctx())));
    routes.get(ROOM + "/now", ctx -> answers.send(ctx, now(ctx).room()));
    routes.get(ROOM + "/rows", this::rows);
    routes.post(ROOM + "/layout", this::draw);
    routes.get("/machines/{mac}/panel", this::panel);
  }

  /** Of the path; empty for machines that stand nowhere. */
  private static String name(Context ctx) {
    String name = ctx.pathParam("name");
    return name.equals(NOWHERE) ? "" : name;
  }

  /** What a page that opens its stream was told last; one that comes back says it by itself. */
  private static Optional<String> has(Context ctx) {
    return Optional.ofNullable(ctx.header("Last-Event-ID"))
        .or(() -> Optional.ofNullable(ctx.queryParam("since")));
  }

  private void site(Context ctx) {
    long before = live.before();
    List<CardView> cards = desk.cards();
    List<TileView> tiles = cards.stream().flatMap(card -> RoomDesk.all(card).stream()).toList();
    renderer.page(
        ctx,
        "rooms",
        Map.of(
            "cards",
            cards,
            "since",
            live.shown(before, Optional.empty(), tiles),
            "segments",
            machines.segments(),
            "machineCount",
            cards.stream().mapToInt(CardView::machines).sum(),
            "states",
            RoomDesk.states(),
            "words",
            words(ctx)));
  }

  /** Sentences that a script puts beside a machine, so that no change needs a request. */
  private String words(Context ctx) {
    Messages messages = renderer.messages(ctx);
    Map<String, String> words = new LinkedHashMap<>();
    for (String state : RoomDesk.states()) {
      words.put("state." + state, messages.get("state." + state));
    }
    for (Reason reason : Reason.values()) {
      words.put("reason." + reason, messages.get("reason." + reason));
    }
    for (String key : messages.texts().keySet()) {
      if (key.startsWith("stage.") || key.startsWith("room.js.")) {
        words.put(key, messages.get(key));
      }
    }
    return answers.text(words);
  }

  /** A room with what a page that shows it says when it opens its stream. */
  private record Now(RoomDetail room, String since) {}

  private Now now(Context ctx) {
    long before = live.before();
    RoomDetail room =
        desk.detail(name(ctx))
            .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("room.unknown")));
    return new Now(room, live.shown(before, Optional.of(room.name()), room.tiles()));
  }

  private void room(Context ctx) {
    Now now = now(ctx);
    RoomDetail room = now.room();
    boolean mayOperate =
        Guard.caller(ctx).grant().operatesIn(Optional.of(room.name()).filter(n -> !n.isEmpty()));
    // In the path and not in a session: it is computed anew, so what was changed is gone from it.
    String was =
        Optional.ofNullable(ctx.queryParam("was")).filter(n -> !n.equals(room.name())).orElse("");
    renderer.page(
        ctx,
        "room",
        Map.of(
            "room", room,
            "pathName", ctx.pathParam("name"),
            "now", answers.text(room),
            "since", now.since(),
            "mayOperate", mayOperate,
            "staying", RoomRename.staying(parts.site().get(), room.name()),
            "was", was,
            "left", was.isEmpty() ? List.of() : RoomRename.staying(parts.site().get(), was),
            "states", RoomDesk.states(),
            "words", words(ctx)));
  }

  private void create(Context ctx) throws StoreFailure {
    String name = Forms.text(ctx, "name");
    String description = Forms.text(ctx, "description");
    changes
        .of(ctx)
        .commit(now -> Layouts.create(parts.site().get(), now, name, description, Guard.by(ctx)));
    Renderer.goTo(ctx, "/rooms/" + name + "?edit=1");
  }

  private void describe(Context ctx) throws StoreFailure {
    String description = Forms.text(ctx, "description");
    changes.of(ctx).commit(now -> Layouts.describe(now, name(ctx), description, Guard.by(ctx)));
    Renderer.goTo(ctx, "/rooms/" + name(ctx));
  }

  private void remove(Context ctx) throws StoreFailure {
    changes.of(ctx).removeRoom(name(ctx), Guard.by(ctx));
    Renderer.goTo(ctx, "/");
  }

  /** Seats in rows, to be looked at before they are saved. */
  private void rows(Context ctx) {
    RoomRows rows = RoomBodies.rows(ctx);
    Optional<Refusal> refusal = rows.refusal();
    if (refusal.isPresent()) {
      ctx.status(422);
      answers.send(ctx, Map.of("lines", List.of(renderer.messages(ctx).refusal(refusal.get()))));
    } else {
      answers.send(ctx, RoomDesk.layout(rows.layout()));
    }
  }

  /** What is refused is said in the page's language; the drawing stays in the page. */
  private void draw(Context ctx) throws StoreFailure {
    String name = name(ctx);
    Layouts.Drawing drawing = bodies.drawing(ctx, Optional.ofNullable(ctx.header("If-Match")));
    try {
      changes
          .of(ctx)
          .commit(now -> Layouts.draw(parts.site().get(), now, name, drawing, Guard.by(ctx)));
      answers.send(ctx, Map.of("version", desk.version(name)));
    } catch (Refused refused) {
      Messages messages = renderer.messages(ctx);
      List<String> lines = new ArrayList<>();
      refused.refusals().stream().limit(5).forEach(r -> lines.add(messages.refusal(r)));
      boolean overtaken =
          refused.refusals().stream().anyMatch(r -> r.kind() == Refusal.Kind.LAYOUT_CHANGED);
      ctx.status(overtaken ? 409 : 422);
      answers.send(
          ctx, Map.of("lines", lines, "version", desk.version(name), "layout", desk.layout(name)));
    }
  }

  private void panel(Context ctx) {
    Mac mac = Asked.mac(ctx);
    MachineView machine =
        machines
            .machine(mac)
            .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("machine.unknown", mac)));
    RoomDesk.Look look = desk.look();
    renderer.fragment(
        ctx,
        "panel",
        Map.of("m", machine, "tile", desk.tile(look, look.inventory().machine(mac).orElseThrow())));
  }
}
