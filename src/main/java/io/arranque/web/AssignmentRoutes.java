package io.arranque.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.StoreFailure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** What people do to a machine beside editing it: for programs and for the page. */
final class AssignmentRoutes {
  private static final String ROOT = "/api/v1/machines/{mac}";

  private final Desk desk;
  private final Changes.Maker changes;
  private final Api api;
  private final Bodies bodies;

  AssignmentRoutes(Desk desk, Changes.Maker changes, Api api, ObjectMapper json) {
    this.desk = desk;
    this.changes = changes;
    this.api = api;
    this.bodies = new Bodies(json);
  }

  void routes(RoutesConfig routes) {
    routes.post(
        ROOT + "/install-again",
        ctx -> {
          Mac mac = again(ctx);
          api.send(ctx, api.machine(mac));
        });
    routes.get(
        "/api/v1/pending",
        ctx ->
            api.send(
                ctx,
                Map.of(
                    "machines",
                    desk.machines().stream()
                        .filter(m -> !m.pending().machine().isEmpty())
                        .toList())));
    routes.post(
        ROOT + "/macs",
        ctx -> {
          String text = bodies.texts(ctx, Set.of("mac")).getOrDefault("mac", "");
          Mac mac = Mac.parse(text).orElseThrow(() -> new Fault(422, "mac: wanted a MAC"));
          changes.of(ctx).merge(mac, Api.mac(ctx), Guard.by(ctx));
          api.send(ctx, api.machine(Api.mac(ctx)));
        });
    routes.delete(
        ROOT + "/macs/{other}",
        ctx -> {
          changes.of(ctx).split(other(ctx), Api.mac(ctx), Guard.by(ctx));
          api.send(ctx, api.machine(Api.mac(ctx)));
        });
    routes.post(
        ROOT + "/macs/{other}/refuse",
        ctx -> {
          changes.of(ctx).refuse(other(ctx), Api.mac(ctx), Guard.by(ctx));
          api.send(ctx, api.machine(other(ctx)));
        });
    routes.post("/machines/{mac}/macs", this::mergeByForm);
    routes.post(
        "/machines/{mac}/macs/{other}/split",
        ctx -> {
          changes.of(ctx).split(other(ctx), Api.mac(ctx), Guard.by(ctx));
          toMachine(ctx, Api.mac(ctx));
        });
    routes.post(
        "/machines/{mac}/macs/{other}/refuse",
        ctx -> {
          changes.of(ctx).refuse(other(ctx), Api.mac(ctx), Guard.by(ctx));
          toMachine(ctx, other(ctx));
        });
    routes.post("/machines/{mac}/install-again", ctx -> toMachine(ctx, again(ctx)));
  }

  private Mac again(Context ctx) throws StoreFailure {
    Mac mac = Api.mac(ctx);
    changes
        .of(ctx)
        .again(mac, desk.bootPlan(Question.of(mac)).policy().boot().value(), Guard.by(ctx));
    return mac;
  }

  private void mergeByForm(Context ctx) throws StoreFailure {
    Mac mac = Mac.parse(Forms.text(ctx, "mac")).orElseThrow(() -> new Fault(422, "mac: not a MAC"));
    changes.of(ctx).merge(mac, Api.mac(ctx), Guard.by(ctx));
    toMachine(ctx, Api.mac(ctx));
  }

  private static Mac other(Context ctx) {
    return Mac.parse(ctx.pathParam("other")).orElseThrow(() -> new Fault(400, "not a MAC"));
  }

  private static void toMachine(Context ctx, Mac mac) {
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated());
  }
}
