package io.arranque.web.people;

import io.arranque.people.AuditEntry;
import io.arranque.people.PeopleRules;
import io.arranque.people.User;
import io.arranque.people.Who;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.access.Throttle;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logging in by password, by the administrator's token or by a one-time link, logging out, and
 * choosing a language.
 */
public final class Login {
  private static final String OWN_PATH =
      "/([A-Za-z0-9-][A-Za-z0-9/_.:-]*)?(\\?[A-Za-z0-9/_.:=&%+*~-]*)?";
  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  private final Sessions sessions;
  private final Guard guard;
  private final Renderer renderer;
  private final PeopleDesk people;
  private final Parts parts;
  private final Audit audit;
  private final Throttle throttle;

  public Login(
      Parts parts,
      Sessions sessions,
      Guard guard,
      Renderer renderer,
      PeopleDesk people,
      Audit audit,
      Throttle throttle) {
    this.parts = parts;
    this.sessions = sessions;
    this.guard = guard;
    this.renderer = renderer;
    this.people = people;
    this.audit = audit;
    this.throttle = throttle;
  }

  public void routes(RoutesConfig routes) {
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
    slowDown(ctx, "");
    if (!sessions.redeem(code)) {
      failed(ctx, Who.LOGIN_LINK, "link used already or too old");
      ctx.status(401);
      show(ctx, "login.bad-link");
      return;
    }
    enter(ctx, SameSite.LAX, Who.LOGIN_LINK, Optional.empty());
    boolean first = people.people().users().isEmpty();
    Renderer.goTo(ctx, first ? "/setup" : ownPath(ctx.queryParam("next")));
  }

  private void logIn(Context ctx) {
    if (ctx.formParam("name") == null) {
      byToken(ctx);
    } else {
      byPassword(ctx);
    }
  }

  private void byToken(Context ctx) {
    slowDown(ctx, "");
    if (!guard.isAdminToken(Forms.text(ctx, "token"))) {
      failed(ctx, Who.ADMIN_TOKEN, "wrong token");
      ctx.status(401);
      show(ctx, "login.bad-token");
      return;
    }
    enter(ctx, SameSite.STRICT, Who.ADMIN_TOKEN, Optional.empty());
    Renderer.goTo(ctx, ownPath(ctx.formParam("next")));
  }

  private void byPassword(Context ctx) {
    String name = PeopleRules.name(Forms.text(ctx, "name"));
    slowDown(ctx, name);
    Optional<User> user = people.check(name, Forms.typed(ctx, "password"));
    if (user.isEmpty()) {
      throttle.failed(name, parts.clock().instant());
      // People type passwords into the wrong field: only a name that there is is written down.
      boolean known = people.people().user(name).isPresent();
      failed(ctx, known ? name : "unknown", "wrong name or password");
      ctx.status(401);
      show(ctx, "login.bad-password");
      return;
    }
    enter(ctx, SameSite.STRICT, name, user.map(User::name));
    Renderer.goTo(ctx, ownPath(ctx.formParam("next")));
  }

  private void enter(Context ctx, SameSite sameSite, String name, Optional<String> user) {
    throttle.succeeded(ctx.ip(), user.orElse(""));
    guard.logIn(ctx, sameSite, name, user);
    audit.tell(new Who(name, ctx.ip()), "login", "", AuditEntry.DONE);
  }

  private void failed(Context ctx, String name, String why) {
    if (throttle.mayTell(parts.clock().instant())) {
      audit.tell(new Who(name, ctx.ip()), "login failed", "", why);
    }
  }

  private void slowDown(Context ctx, String name) {
    Duration wait = throttle.attempt(ctx.ip(), name, parts.clock().instant());
    if (!wait.isZero()) {
      ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
      throw new Fault(
          429, renderer.messages(ctx).get("login.throttled", wait.toSeconds() / 60 + 1));
    }
  }

  private void logOut(Context ctx) {
    audit.tell(Guard.caller(ctx).who(), "logout", "", AuditEntry.DONE);
    Audit.written(ctx);
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

  /** What was typed stays, but for the password. */
  private void show(Context ctx, String error) {
    boolean post = ctx.req().getMethod().equals("POST");
    renderer.page(
        ctx,
        "login",
        Map.of(
            "error", error,
            "next", ownPath(post ? ctx.formParam("next") : ctx.queryParam("next")),
            "name", post ? Forms.text(ctx, "name") : "",
            "byToken", error.equals("login.bad-token"),
            "hasUsers", !people.people().users().isEmpty()));
  }

  /** Only paths of ours: {@code //elsewhere} and {@code /\elsewhere} lead away. */
  static String ownPath(@Nullable String path) {
    return path != null && path.matches(OWN_PATH) ? path : "/";
  }
}
