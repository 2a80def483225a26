package io.arranque.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logging in by token or by one-time link, logging out, and choosing a language. */
final class Login {
  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  private final Sessions sessions;
  private final Guard guard;
  private final Renderer renderer;

  Login(Sessions sessions, Guard guard, Renderer renderer) {
    this.sessions = sessions;
    this.guard = guard;
    this.renderer = renderer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/login", this::form);
    routes.post("/login", this::logIn);
    routes.post("/logout", this::logOut);
    routes.get("/language/{language}", this::language);
  }

  private void form(Context ctx) {
    String code = ctx.queryParam("code");
    if (code == null) {
      show(ctx, ctx.queryParam("ended") == null ? "" : "login.ended");
      return;
    }
    throttle(ctx);
    if (!sessions.redeem(code)) {
      ctx.status(401);
      show(ctx, "login.bad-link");
      return;
    }
    sessions.forgive(ctx.ip());
    guard.logIn(ctx, SameSite.LAX);
    Renderer.goTo(ctx, ownPath(ctx.queryParam("next")));
  }

  private void logIn(Context ctx) {
    throttle(ctx);
    String token = Forms.text(ctx, "token");
    if (!guard.isAdminToken(token)) {
      ctx.status(401);
      show(ctx, "login.bad-token");
      return;
    }
    sessions.forgive(ctx.ip());
    guard.logIn(ctx, SameSite.STRICT);
    Renderer.goTo(ctx, ownPath(ctx.formParam("next")));
  }

  private void throttle(Context ctx) {
    if (!sessions.mayTry(ctx.ip())) {
      ctx.header("Retry-After", Long.toString(Sessions.WINDOW.toSeconds()));
      throw new Fault(429, renderer.messages(ctx).get("login.throttled"));
    }
  }

  private void logOut(Context ctx) {
    guard.logOut(ctx);
    Renderer.goTo(ctx, "/login");
  }

  private void language(Context ctx) {
    String language = ctx.pathParam("language");
    if (!Messages.LANGUAGES.contains(language)) {
      throw Fault.notFound("There is no such language.");
    }
    Cookie cookie = new Cookie(Renderer.LANGUAGE_COOKIE, language);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.LAX);
    cookie.setMaxAge(YEAR_SECONDS);
    ctx.cookie(cookie);
    Renderer.goTo(ctx, ownPath(ctx.queryParam("back")));
  }

  private void show(Context ctx, String error) {
    renderer.page(ctx, "login", Map.of("error", error, "next", ownPath(ctx.queryParam("next"))));
  }

  /** Only paths of ours: {@code //elsewhere} and {@code /\elsewhere} lead away. */
  static String ownPath(@Nullable String path) {
    return path != null && path.matches("/([A-Za-z0-9-][A-Za-z0-9/_.:-]*)?") ? path : "/";
  }
}
