package io.arranque.web.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.PeopleRefusal;
import io.arranque.people.PeopleRules;
import io.arranque.people.Who;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Bodies;
import io.arranque.web.page.MeView;
import io.arranque.web.people.PeopleDesk.Made;
import io.arranque.web.people.PeopleViews.TokenView;
import io.arranque.web.people.PeopleViews.UserView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** Users, tokens and sessions for programs. */
final class PeopleApi {
  private static final String ROOT = "/api/v1";

  private final PeopleDesk desk;
  private final Account account;
  private final ObjectMapper json;
  private final Bodies bodies;

  PeopleApi(PeopleDesk desk, Account account, ObjectMapper json) {
    this.desk = desk;
    this.account = account;
    this.json = json;
    this.bodies = new Bodies(json);
  }

  /**
   * A token just made.
   *
   * @param token shown this once
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record MadeView(String token, TokenView made) {}

  void routes(RoutesConfig routes) {
    routes.get(ROOT + "/me", ctx -> send(ctx, MeView.of(Guard.caller(ctx), true)));
    routes.post(ROOT + "/me/password", this::ownPassword);
    routes.get(
        ROOT + "/users",
        ctx ->
            send(
                ctx,
                Map.of(
                    "users",
                    desk.people().users().values().stream().map(PeopleViews::user).toList())));
    routes.post(ROOT + "/users", this::add);
    routes.get(ROOT + "/users/{name}", ctx -> send(ctx, user(ctx.pathParam("name"))));
    routes.patch(ROOT + "/users/{name}", this::edit);
    routes.delete(ROOT + "/users/{name}", this::remove);
    routes.get(
        ROOT + "/tokens", ctx -> send(ctx, Map.of("tokens", account.tokens(Guard.caller(ctx)))));
    routes.post(ROOT + "/tokens", this::addToken);
    routes.delete(
        ROOT + "/tokens/{id}",
        ctx -> {
          account.revokeToken(ctx, ctx.pathParam("id"));
          ctx.status(204);
        });
    routes.get(ROOT + "/sessions", ctx -> send(ctx, Map.of("sessions", account.sessions(ctx))));
    routes.delete(
        ROOT + "/sessions/{id}",
        ctx -> {
          account.endSession(ctx, ctx.pathParam("id"));
          ctx.status(204);
        });
  }

  private void add(Context ctx) throws StoreFailure {
    Map<String, String> given = bodies.words(ctx, Set.of("name", "role", "rooms", "password"));
    String name = PeopleRules.name(given.getOrDefault("name", ""));
    desk.add(Guard.caller(ctx).who(), name, grant(given), given.getOrDefault("password", ""));
    Audit.written(ctx);
    ctx.status(201);
    send(ctx, user(name));
  }

  private void edit(Context ctx) throws StoreFailure {
    String name = user(ctx.pathParam("name")).name();
    Who who = Guard.caller(ctx).who();
    Map<String, String> given = bodies.words(ctx, Set.of("role", "rooms", "active", "password"));
    if (given.containsKey("role")) {
      desk.changeGrant(who, name, grant(given));
    }
    if (given.containsKey("active")) {
      desk.changeActive(who, name, given.get("active").equals("true"));
    }
    if (given.containsKey("password")) {
      desk.changePassword(who, name, given.get("password"));
    }
    if (given.containsKey("password") || "false".equals(given.get("active"))) {
      account.endSessionsOf(name);
    }
    Audit.written(ctx);
    send(ctx, user(name));
  }

  private void remove(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    desk.remove(Guard.caller(ctx).who(), name);
    account.endSessionsOf(name);
    Audit.written(ctx);
    ctx.status(204);
  }

  private void ownPassword(Context ctx) throws StoreFailure {
    Map<String, String> given = bodies.words(ctx, Set.of("old", "password"));
    account.changeOwnPassword(
        ctx, given.getOrDefault("old", ""), given.getOrDefault("password", ""));
    ctx.status(204);
  }

  private void addToken(Context ctx) throws StoreFailure {
    Map<String, String> given = bodies.words(ctx, Set.of("name", "scope", "rooms", "days"));
    Made made =
        account.addToken(
            ctx,
            given.getOrDefault("name", ""),
            given.getOrDefault("scope", ""),
            given.getOrDefault("rooms", ""),
            given.getOrDefault("days", Integer.toString(Account.DAYS)));
    ctx.status(201);
    send(ctx, new MadeView(made.text(), PeopleViews.token(made.token(), made.token().created())));
  }

  private UserView user(String name) {
    return desk.people()
        .user(name)
        .map(PeopleViews::user)
        .orElseThrow(() -> new PeopleRefused(PeopleRefusal.USER_UNKNOWN));
  }

  private static Grant grant(Map<String, String> given) {
    return Grant.parse(given.getOrDefault("role", ""), given.getOrDefault("rooms", ""))
        .orElseThrow(() -> new PeopleRefused(PeopleRefusal.ROLE_MALFORMED));
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
