package io.arranque.web.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.LoginSession;
import io.arranque.people.PeopleRefusal;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Caller;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.access.Throttle;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.people.PeopleDesk.Made;
import io.arranque.web.people.PeopleViews.SessionView;
import io.arranque.web.people.PeopleViews.TokenView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What everybody has of their own: password, tokens, sessions. Administrators see and end
 * everybody's tokens and sessions here.
 */
final class Account {
  static final int DAYS = 90;

  private final Parts parts;
  private final PeopleDesk desk;
  private final Sessions sessions;
  private final Guard guard;
  private final Renderer renderer;
  private final Throttle throttle;

  Account(
      Parts parts,
      PeopleDesk desk,
      Sessions sessions,
      Guard guard,
      Renderer renderer,
      Throttle throttle) {
    this.parts = parts;
    this.desk = desk;
    this.sessions = sessions;
    this.guard = guard;
    this.renderer = renderer;
    this.throttle = throttle;
  }

  void routes(RoutesConfig routes) {
    routes.get("/account", this::page);
    routes.get("/account/tokens", ctx -> renderer.fragment(ctx, "account-now", lists(ctx)));
    routes.post("/account/password", this::password);
    routes.post("/account/tokens", this::addToken);
    routes.post("/account/tokens/{id}/revoke", this::revoke);
    routes.post("/account/sessions/{id}/end", this::end);
  }

  private void page(Context ctx) {
    renderer.page(ctx, "account", lists(ctx));
  }

  private Map<String, Object> lists(Context ctx) {
    Caller caller = Guard.caller(ctx);
    Optional<String> user = caller.user();
    List<TokenView> tokens =
        tokens(caller).stream().filter(t -> t.owner().equals(user.orElse(""))).toList();
    List<SessionView> open =
        sessions(ctx).stream().filter(s -> s.who().equals(caller.who().name())).toList();
    return Map.of("tokens", tokens, "sessions", open, "everybody", false, "days", DAYS);
  }

  /** Those that the caller may see: all for administrators, else their own. */
  List<TokenView> tokens(Caller caller) {
    Instant now = parts.clock().instant();
    return desk.people().tokens().values().stream()
        .filter(
            token ->
                caller.isAdministrator()
                    || (caller.user().isPresent() && token.owner().equals(caller.user())))
        .map(token -> PeopleViews.token(token, now))
        .toList();
  }

  /** Likewise. */
  List<SessionView> sessions(Context ctx) {
    Caller caller = Guard.caller(ctx);
    Optional<String> current = guard.session(ctx).map(Sessions.Session::id);
    return sessions.all().stream()
        .filter(session -> mayEnd(caller, session))
        .map(session -> PeopleViews.session(session, current))
        .toList();
  }

  private static boolean mayEnd(Caller caller, LoginSession session) {
    return caller.isAdministrator()
        || (caller.user().isPresent() && session.user().equals(caller.user()));
  }

  /** Ends all sessions of the user; this browser gets a new one. */
  void changeOwnPassword(Context ctx, String old, String fresh) throws StoreFailure {
    Caller caller = Guard.caller(ctx);
    String name = caller.user().orElseThrow(() -> new Fault(409, "Only users have a password."));
    Instant now = parts.clock().instant();
    // Whoever finds a browser left open must not have more guesses than at the login.
    Duration wait = throttle.attempt(ctx.ip(), name, now);
    if (!wait.isZero()) {
      ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
      throw new Fault(429, "Too many attempts. Try again later.");
    }
    if (desk.check(name, old).isEmpty()) {
      throttle.failed(name, now);
      throw new PeopleRefused(PeopleRefusal.PASSWORD_WRONG);
    }
    desk.changePassword(caller.who(), name, fresh);
    Audit.written(ctx);
    throttle.succeeded(ctx.ip(), name);
    endSessionsOf(name);
    guard.logIn(ctx, SameSite.STRICT, name, Optional.of(name));
  }

  void endSessionsOf(String name) {
    int unused = sessions.end(session -> session.user().filter(name::equals).isPresent());
  }

  void endSession(Context ctx, String id) {
    Caller caller = Guard.caller(ctx);
    int ended =
        sessions.end(session -> PeopleViews.id(session).equals(id) && mayEnd(caller, session));
    if (ended == 0) {
      throw Fault.notFound("There is no such session.");
    }
  }

  /**
   * @param days a number, or empty for no end
   */
  Made addToken(Context ctx, String name, String scope, String rooms, String days)
      throws StoreFailure {
    Caller caller = Guard.caller(ctx);
    Grant grant =
        Grant.parse(scope, rooms)
            .orElseThrow(() -> new PeopleRefused(PeopleRefusal.SCOPE_MALFORMED));
    if (!days.matches("[0-9]{0,5}")) {
      throw new PeopleRefused(PeopleRefusal.TOKEN_EXPIRY_MALFORMED);
    }
    Optional<Integer> until =
        days.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(days));
    Made made = desk.addToken(caller.who(), caller.grant(), caller.user(), name, grant, until);
    Audit.written(ctx);
    return made;
  }

  void revokeToken(Context ctx, String id) throws StoreFailure {
    Caller caller = Guard.caller(ctx);
    // Nobody's own are an administrator's; of "nobody" the rules find none.
    Optional<String> of =
        caller.isAdministrator() ? Optional.empty() : Optional.of(caller.user().orElse(""));
    desk.revoke(caller.who(), id, of);
    Audit.written(ctx);
  }

  private void password(Context ctx) throws StoreFailure {
    if (!Forms.typed(ctx, "password").equals(Forms.typed(ctx, "again"))) {
      throw new Fault(422, renderer.messages(ctx).get("people.again-differs"));
    }
    changeOwnPassword(ctx, Forms.typed(ctx, "old"), Forms.typed(ctx, "password"));
    // The page's CSRF token went with the old session.
    Renderer.goTo(ctx, "/account?saved=1");
  }

  private void addToken(Context ctx) throws StoreFailure {
    Made made =
        addToken(
            ctx,
            Forms.text(ctx, "name"),
            Forms.text(ctx, "scope"),
            Forms.text(ctx, "rooms"),
            Forms.text(ctx, "days"));
    Messages messages = renderer.messages(ctx);
    changed(
        ctx,
        List.of(
            messages.get("tokens.made", made.token().name()),
            made.text(),
            messages.get("tokens.once")));
  }

  private void revoke(Context ctx) throws StoreFailure {
    revokeToken(ctx, ctx.pathParam("id"));
    changed(ctx, List.of(renderer.messages(ctx).get("tokens.revoked")));
  }

  private void end(Context ctx) {
    endSession(ctx, ctx.pathParam("id"));
    changed(ctx, List.of(renderer.messages(ctx).get("sessions.ended")));
  }

  /** Says what was done, and has the lists on the page fetched anew. */
  void changed(Context ctx, List<String> lines) {
    ctx.header("HX-Trigger", "people-changed");
    renderer.notice(ctx, "success", lines, "/account");
  }
}
