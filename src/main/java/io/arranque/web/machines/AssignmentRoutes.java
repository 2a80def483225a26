package io.arranque.web.machines;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** What people do to a machine beside editing it: for programs and for the page. */
public final class AssignmentRoutes {
  private static final String ROOT = "/api/v1/machines/{mac}";

  private final Desk desk;
  private final Changes.Maker changes;
  private final Answers answers;
  private final Bodies bodies;

  public AssignmentRoutes(Desk desk, Changes.Maker changes, Answers answers, ObjectMapper json) {
    this.desk = desk;
    this.changes = changes;
    this.answers = answers;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.post(
        ROOT + "/install-again",
        ctx -> {
          Mac mac = again(ctx);
          answers.send(ctx, desk.found(mac));
        });
    routes.get(
        "/api/v1/pending",
        ctx ->
            answers.send(
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
          changes.of(ctx).merge(mac, Asked.mac(ctx), Guard.by(ctx));
          answers.send(ctx, desk.found(Asked.mac(ctx)));
        });
    routes.delete(
        ROOT + "/macs/{other}",
        ctx -> {
          changes.of(ctx).split(other(ctx), Asked.mac(ctx), Guard.by(ctx));
          answers.send(ctx, desk.found(Asked.mac(ctx)));
        });
    routes.post(
        ROOT + "/macs/{other}/refuse",
        ctx -> {
          changes.of(ctx).refuse(other(ctx), Asked.mac(ctx), Guard.by(ctx));
          answers.send(ctx, desk.found(other(ctx)));
        });
    routes.post("/machines/{mac}/macs", this::mergeByForm);
    routes.post(
        "/machines/{mac}/macs/{other}/split",
        ctx -> {
          changes.of(ctx).split(other(ctx), Asked.mac(ctx), Guard.by(ctx));
          toMachine(ctx, Asked.mac(ctx));
        });
    routes.post(
        "/machines/{mac}/macs/{other}/refuse",
        ctx -> {
          changes.of(ctx).refuse(other(ctx), Asked.mac(ctx), Guard.by(ctx));
          toMachine(ctx, other(ctx));
        });
    routes.post("/machines/{mac}/install-again", ctx -> toMachine(ctx, again(ctx)));
  }

  private Mac again(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    changes
        .of(ctx)
        .again(mac, desk.bootPlan(Question.of(mac)).policy().boot().value(), Guard.by(ctx));
    return mac;
  }

  private void mergeByForm(Context ctx) throws StoreFailure {
    Mac mac = Mac.parse(Forms.text(ctx, "mac")).orElseThrow(() -> new Fault(422, "mac: not a MAC"));
    changes.of(ctx).merge(mac, Asked.mac(ctx), Guard.by(ctx));
    toMachine(ctx, Asked.mac(ctx));
  }

  private static Mac other(Context ctx) {
    return Mac.parse(ctx.pathParam("other")).orElseThrow(() -> new Fault(400, "not a MAC"));
  }

  private static void toMachine(Context ctx, Mac mac) {
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated());
  }
}
