package io.arranque.web.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.PeopleRefusal;
import io.arranque.people.PeopleRules;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first account, and the administrators' page of everybody. */
final class PeoplePages {
  private final PeopleDesk desk;
  private final Account account;
  private final Guard guard;
  private final Renderer renderer;

  PeoplePages(PeopleDesk desk, Account account, Guard guard, Renderer renderer) {
    this.desk = desk;
    this.account = account;
    this.guard = guard;
    this.renderer = renderer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/setup", this::setUpForm);
    routes.post("/setup", this::setUp);
    routes.get("/people", ctx -> renderer.page(ctx, "people", lists(ctx)));
    routes.get("/people/list", ctx -> renderer.fragment(ctx, "people-list", lists(ctx)));
    routes.post("/people", this::add);
    routes.post("/people/{name}/role", this::role);
    routes.post("/people/{name}/password", this::password);
    routes.post("/people/{name}/active", this::active);
    routes.post("/people/{name}/remove", this::remove);
  }

  private void setUpForm(Context ctx) {
    if (desk.people().users().isEmpty()) {
      renderer.page(ctx, "setup", Map.of());
    } else {
      Renderer.goTo(ctx, "/people");
    }
  }

  private void setUp(Context ctx) throws StoreFailure {
    requireAgain(ctx);
    String name = PeopleRules.name(Forms.text(ctx, "name"));
    desk.setUp(Guard.caller(ctx).who(), name, Forms.typed(ctx, "password"));
    Audit.written(ctx);
    // From here on this browser is that person's, and not whoever had the link.
    guard.logIn(ctx, SameSite.STRICT, name, Optional.of(name));
    Renderer.goTo(ctx, "/");
  }

  private Map<String, Object> lists(Context ctx) {
    return Map.of(
        "users", desk.people().users().values().stream().map(PeopleViews::user).toList(),
        "tokens", account.tokens(Guard.caller(ctx)),
        "sessions", account.sessions(ctx),
        "everybody", true,
        "days", Account.DAYS);
  }

  private void add(Context ctx) throws StoreFailure {
    requireAgain(ctx);
    String name = PeopleRules.name(Forms.text(ctx, "name"));
    desk.add(Guard.caller(ctx).who(), name, grant(ctx), Forms.typed(ctx, "password"));
    changed(ctx, "people.added", name);
  }

  private void role(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    desk.changeGrant(Guard.caller(ctx).who(), name, grant(ctx));
    changed(ctx, "people.role-changed", name);
  }

  private void password(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    desk.changePassword(Guard.caller(ctx).who(), name, Forms.typed(ctx, "password"));
    account.endSessionsOf(name);
    changed(ctx, "people.password-changed", name);
  }

  private void active(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    boolean active = Forms.text(ctx, "active").equals("true");
    desk.changeActive(Guard.caller(ctx).who(), name, active);
    if (!active) {
      account.endSessionsOf(name);
    }
    changed(ctx, active ? "people.activated" : "people.deactivated", name);
  }

  private void remove(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    desk.remove(Guard.caller(ctx).who(), name);
    account.endSessionsOf(name);
    changed(ctx, "people.removed", name);
  }

  private void changed(Context ctx, String message, String name) {
    Audit.written(ctx);
    account.changed(ctx, List.of(renderer.messages(ctx).get(message, name)));
  }

  private void requireAgain(Context ctx) {
    if (!Forms.typed(ctx, "password").equals(Forms.typed(ctx, "again"))) {
      throw new Fault(422, renderer.messages(ctx).get("people.again-differs"));
    }
  }

  private static Grant grant(Context ctx) {
    return Grant.parse(Forms.text(ctx, "role"), Forms.text(ctx, "rooms"))
        .orElseThrow(() -> new PeopleRefused(PeopleRefusal.ROLE_MALFORMED));
  }
}
