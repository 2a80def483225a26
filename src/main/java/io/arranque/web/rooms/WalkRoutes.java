package io.arranque.web.rooms;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.walk.Outcome;
import io.arranque.walk.Question.Answer;
import io.arranque.walk.Route;
import io.arranque.walk.Seating;
import io.arranque.web.access.Caller;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.live.Live;
import io.arranque.web.page.Renderer;
import io.arranque.web.rooms.WalkViews.WalkView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Walk mode, for people and for programs. */
public final class WalkRoutes {
  private static final String PAGE = "/rooms/{name}/walk";
  private static final String API = "/api/v1" + PAGE;

  /** What may be done on the way; each is a path of its own. */
  private static final List<String> ACTS =
      List.of("skip", "back", "pause", "resume", "answer", "place", "next");

  private static final Set<String> ACT_FIELDS = Set.of("seat", "steps", "mac", "answer");

  private final Parts parts;
  private final Walks walks;
  private final Changes.Maker changes;
  private final Live live;
  private final Guard guard;
  private final Renderer renderer;
  private final Answers answers;
  private final Bodies bodies;

  public WalkRoutes(
      Parts parts,
      Walks walks,
      Changes.Maker changes,
      Live live,
      Guard guard,
      Renderer renderer,
      Answers answers,
      ObjectMapper json) {
    this.parts = parts;
    this.walks = walks;
    this.changes = changes;
    this.live = live;
    this.guard = guard;
    this.renderer = renderer;
    this.answers = answers;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.get(PAGE, ctx -> renderer.page(ctx, "walk", scope(ctx)));
    routes.get(PAGE + "/now", ctx -> renderer.fragment(ctx, "walk-now", scope(ctx)));
    routes.sse(
        PAGE + "/live",
        client ->
            live.follow(
                client, since(client.ctx()), walks::await, guard.stillWelcome(client.ctx())));
    routes.post(
        PAGE,
        ctx -> {
          begin(ctx, form(ctx, WalkOrders.FIELDS));
          shown(ctx);
        });
    routes.post(
        PAGE + "/end",
        ctx -> {
          walks.end(room(ctx));
          shown(ctx);
        });
    for (String act : ACTS) {
      routes.post(
          PAGE + "/" + act,
          ctx -> {
            act(ctx, act, form(ctx, ACT_FIELDS));
            shown(ctx);
          });
      routes.post(
          API + "/" + act,
          ctx -> {
            act(ctx, act, ctx.body().isBlank() ? Map.of() : bodies.words(ctx, ACT_FIELDS));
            answers.send(ctx, view(ctx));
          });
    }
    routes.get(API, ctx -> answers.send(ctx, view(ctx)));
    routes.post(
        API,
        ctx -> {
          begin(ctx, ctx.body().isBlank() ? Map.of() : bodies.words(ctx, WalkOrders.FIELDS));
          ctx.status(201);
          answers.send(ctx, view(ctx));
        });
    routes.delete(API, this::end);
  }

  private static Object since(Context ctx) {
    String since = String.valueOf(ctx.queryParam("since"));
    return since.matches("[0-9]{1,18}") ? Long.parseLong(since) : "";
  }

  private void begin(Context ctx, Map<String, String> fields) {
    room(ctx); // one that there is
    WalkOrders orders = orders(ctx);
    Route whole = orders.whole(fields);
    walks.begin(orders.route(whole, fields), whole, Guard.by(ctx), grant(ctx));
  }

  private void end(Context ctx) {
    if (!walks.end(room(ctx))) {
      throw Fault.notFound("No walk is under way here.");
    }
    ctx.status(204);
  }

  /** What whoever began it may do when a PC comes: the role may have been taken away by then. */
  private Supplier<Grant> grant(Context ctx) {
    Caller caller = Guard.caller(ctx);
    return () ->
        caller
            .user()
            .map(user -> parts.people().view().grantOf(user).orElse(Grant.VIEWER))
            .map(caller.grant()::within)
            .orElse(caller.grant());
  }

  private void act(Context ctx, String act, Map<String, String> fields) throws StoreFailure {
    Instant now = parts.clock().instant();
    String seat = fields.getOrDefault("seat", "").strip();
    BiFunction<Walking, Seating, Outcome> what =
        switch (act) {
          case "skip" ->
              (w, s) -> w.walk().skip(seat.isEmpty() ? w.walk().next(s).orElse("") : seat, s, now);
          case "back" -> (w, s) -> w.walk().back(steps(w, fields));
          case "pause" -> (w, s) -> w.walk().pause(true);
          case "resume" -> (w, s) -> w.walk().pause(false);
          case "answer" -> (w, s) -> w.walk().answered(mac(fields), answer(fields), s);
          case "place" -> (w, s) -> w.walk().place(known(fields), placed(w, seat), s, now);
          case "next" ->
              (w, s) -> {
                Route from = orders(ctx).begun(w.whole(), seat, s);
                return w.walk().goTo(from.isCounting() ? seat : from.seats().get(0), w.whole(), s);
              };
          default -> throw new IllegalStateException(act);
        };
    walks.act(room(ctx), Guard.by(ctx), changes.of(ctx), what);
  }

  private static int steps(Walking walking, Map<String, String> fields) {
    String steps = fields.getOrDefault("steps", "");
    return steps.matches("[0-9]{1,6}") ? Integer.parseInt(steps) : walking.walk().steps().size();
  }

  private static Mac mac(Map<String, String> fields) {
    return Mac.parse(fields.getOrDefault("mac", ""))
        .orElseThrow(() -> new Fault(422, "mac: wanted a MAC"));
  }

  private Mac known(Map<String, String> fields) {
    Mac mac = parts.book().view().key(mac(fields));
    if (parts.book().view().machine(mac).isEmpty()) {
      throw Fault.notFound("There is no machine " + mac + ".");
    }
    return mac;
  }

  private static Answer answer(Map<String, String> fields) {
    return Answer.named(fields.getOrDefault("answer", ""))
        .orElseThrow(() -> new Fault(422, "answer: wanted take, swap or ignore"));
  }

  private static Optional<String> placed(Walking walking, String seat) {
    Route whole = walking.whole();
    boolean isOne =
        seat.isEmpty()
            || (whole.isCounting()
                ? seat.matches("[1-9][0-9]{0,3}")
                : whole.seats().contains(seat));
    if (!isOne) {
      throw new Fault(422, "seat: the room has no such seat");
    }
    return Optional.of(seat).filter(s -> !s.isEmpty());
  }

  private void shown(Context ctx) {
    if (Renderer.isHtmx(ctx)) {
      renderer.fragment(ctx, "walk-now", scope(ctx));
    } else {
      Renderer.goTo(ctx, "/rooms/" + room(ctx) + "/walk");
    }
  }

  private Map<String, Object> scope(Context ctx) {
    String room = room(ctx);
    Map<String, Object> scope = new HashMap<>();
    // Before what is shown is looked at, so that nothing falls between the two.
    scope.put("version", walks.version());
    scope.put("walk", view(ctx));
    scope.put("offer", orders(ctx).offer());
    scope.put("roles", parts.site().get().roles().values().stream().toList());
    scope.put("mayWalk", Guard.caller(ctx).grant().operatesIn(Optional.of(room)));
    return scope;
  }

  private WalkView view(Context ctx) {
    String room = room(ctx);
    return WalkViews.of(room, walks.of(room), parts.book().view(), walks.seating(room));
  }

  private WalkOrders orders(Context ctx) {
    return new WalkOrders(
        parts.site().get(), parts.book().view(), ctx.pathParam("name"), renderer.messages(ctx));
  }

  private String room(Context ctx) {
    if (!orders(ctx).isKnown()) {
      throw Fault.notFound(renderer.messages(ctx).get("walk.no-room", ctx.pathParam("name")));
    }
    return ctx.pathParam("name");
  }

  private static Map<String, String> form(Context ctx, Set<String> names) {
    Map<String, String> fields = new HashMap<>();
    for (String name : names) {
      Optional.ofNullable(ctx.formParam(name)).ifPresent(value -> fields.put(name, value));
    }
    return fields;
  }
}
