package io.arranque.web.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.arranque.web.views.SecretViews;
import io.arranque.web.views.SecretViews.AlarmRow;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arming, alarms, pairing codes and looking at secrets, for programs and for the page. */
public final class SecretRoutes {
  private static final String MACHINE = "/api/v1/machines/{mac}";
  private static final Duration DEFAULT = Duration.ofHours(1);

  /** A week: longer is what {@code arming: always} is for. */
  private static final int MOST_MINUTES = 7 * 24 * 60;

  private final Parts parts;
  private final Desk desk;
  private final Renderer renderer;
  private final ObjectMapper json;
  private final Bodies bodies;

  public SecretRoutes(Parts parts, Desk desk, Renderer renderer, ObjectMapper json) {
    this.parts = parts;
    this.desk = desk;
    this.renderer = renderer;
    this.json = json;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.post("/api/v1/machines/arm", this::armMany);
    routes.post(MACHINE + "/arm", this::arm);
    routes.post(MACHINE + "/disarm", this::disarm);
    routes.post(MACHINE + "/pair", this::pair);
    routes.post(MACHINE + "/clear-alarm", this::clear);
    routes.post(MACHINE + "/vars/{name}/reveal", this::reveal);
    routes.get("/api/v1/alarms", ctx -> send(ctx, Map.of("alarms", alarms())));
    routes.post("/machines/arm", this::armPicked);
    routes.post("/machines/{mac}/arm", this::armOne);
    routes.post("/machines/{mac}/disarm", this::disarmOne);
    routes.post("/machines/{mac}/pair", this::pairOne);
    routes.post("/machines/{mac}/clear-alarm", this::clearOne);
    routes.post("/machines/{mac}/reveal", this::revealOne);
  }

  private SecretChanges changes(Context ctx) {
    return new SecretChanges(parts, ctx);
  }

  private List<AlarmRow> alarms() {
    return SecretViews.alarms(parts.book().view());
  }

  private void armMany(Context ctx) throws StoreFailure {
    Bodies.Arm wanted = bodies.arm(ctx, true, MOST_MINUTES, DEFAULT);
    changes(ctx).arm(wanted.macs(), wanted.time(), Guard.by(ctx));
    send(ctx, Map.of("machines", wanted.macs().stream().map(this::machine).toList()));
  }

  private void arm(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    changes(ctx)
        .arm(List.of(mac), bodies.arm(ctx, false, MOST_MINUTES, DEFAULT).time(), Guard.by(ctx));
    send(ctx, machine(mac));
  }

  private void disarm(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    changes(ctx).arm(List.of(mac), Duration.ZERO, Guard.by(ctx));
    send(ctx, machine(mac));
  }

  private void pair(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    changes(ctx).pair(mac, bodies.code(ctx), Guard.by(ctx));
    send(ctx, machine(mac));
  }

  private void clear(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    changes(ctx).clear(mac, Guard.by(ctx));
    send(ctx, machine(mac));
  }

  /** POST, not GET: it leaves a trace, and nothing on the way may keep it. */
  private void reveal(Context ctx) throws StoreFailure {
    send(ctx, Map.of("name", ctx.pathParam("name"), "value", revealed(ctx, ctx.pathParam("name"))));
  }

  private String revealed(Context ctx, String name) throws StoreFailure {
    return changes(ctx)
        .reveal(Asked.mac(ctx), name, Guard.by(ctx))
        .orElseThrow(() -> Fault.notFound("Nobody has set that value for this machine."));
  }

  private void armPicked(Context ctx) throws StoreFailure {
    Set<Mac> macs = new LinkedHashSet<>();
    for (String text : ctx.formParams("mac")) {
      macs.add(Mac.parse(text).orElseThrow(() -> new Fault(422, "mac: not a MAC")));
    }
    Messages messages = renderer.messages(ctx);
    if (macs.isEmpty()) {
      throw new Fault(422, messages.get("assign.nobody"));
    }
    changes(ctx).arm(macs, DEFAULT, Guard.by(ctx));
    renderer.notice(
        ctx, "success", List.of(messages.get("secrets.armed", macs.size())), "/machines");
  }

  private void armOne(Context ctx) throws StoreFailure {
    String minutes = Forms.text(ctx, "minutes");
    if (!minutes.matches("[0-9]{1,5}") || Integer.parseInt(minutes) > MOST_MINUTES) {
      throw new Fault(422, "minutes: wanted 1 to " + MOST_MINUTES);
    }
    changes(ctx)
        .arm(List.of(Asked.mac(ctx)), Duration.ofMinutes(Integer.parseInt(minutes)), Guard.by(ctx));
    back(ctx);
  }

  private void disarmOne(Context ctx) throws StoreFailure {
    changes(ctx).arm(List.of(Asked.mac(ctx)), Duration.ZERO, Guard.by(ctx));
    back(ctx);
  }

  private void pairOne(Context ctx) throws StoreFailure {
    changes(ctx).pair(Asked.mac(ctx), Forms.text(ctx, "code"), Guard.by(ctx));
    back(ctx);
  }

  private void clearOne(Context ctx) throws StoreFailure {
    changes(ctx).clear(Asked.mac(ctx), Guard.by(ctx));
    back(ctx);
  }

  private void revealOne(Context ctx) throws StoreFailure {
    String name = Forms.text(ctx, "name");
    renderer.notice(
        ctx,
        "info",
        List.of(renderer.messages(ctx).get("secrets.revealed", name, revealed(ctx, name))),
        "/machines/" + Asked.mac(ctx).hyphenated());
  }

  private static void back(Context ctx) {
    Renderer.goTo(ctx, "/machines/" + Asked.mac(ctx).hyphenated());
  }

  private MachineView machine(Mac mac) {
    return desk.machine(mac).orElseThrow(() -> Fault.notFound("There is no machine " + mac + "."));
  }

  private void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    try {
      ctx.result(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
