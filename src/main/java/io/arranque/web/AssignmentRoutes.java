package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.StoreFailure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** What people do to a machine beside editing it: for programs and for the page. */
final class AssignmentRoutes {
  private static final String ROOT = "/api/v1/machines/{mac}";

  private final Desk desk;
  private final Changes.Maker changes;
  private final Api api;

  AssignmentRoutes(Desk desk, Changes.Maker changes, Api api) {
    this.desk = desk;
    this.changes = changes;
    this.api = api;
  }

  void routes(RoutesConfig routes) {
    routes.post(
        ROOT + "/install-again",
        ctx -> {
          Mac mac = again(ctx);
          api.send(ctx, api.machine(mac));
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

  private static void toMachine(Context ctx, Mac mac) {
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated());
  }
}
