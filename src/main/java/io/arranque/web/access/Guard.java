package io.arranque.web.access;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AccessToken;
import io.arranque.people.Grant;
import io.arranque.people.LoginSession;
import io.arranque.people.People;
import io.arranque.people.Who;
import io.arranque.web.access.Permissions.Need;
import io.arranque.web.access.Sessions.Session;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.javalin.router.Endpoint;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every request: headers, who is it, did a page of ours send it, and may they do
 * that.
 */
public final class Guard {
  public static final String COOKIE = "arranque_session";
  static final String CSRF_HEADER = "X-CSRF-Token";
  static final String CSRF_FIELD = "csrf";
  private static final String SESSION = "session";
  private static final String CALLER = "caller";
  private static final String TOKEN = "token";
  public static final String COMMAND_HEADER = "X-Arranque-Command";
  public static final String FORBIDDEN = "You may not do this, or not in this room.";
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  /** Tabler's check marks and arrows are data: images; those cannot run anything. */
  static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Parts parts;
  private final Sessions sessions;
  private final Audit audit;
  private final Throttle throttle;

  public Guard(Parts parts, Sessions sessions, Audit audit, Throttle throttle) {
    this.parts = parts;
    this.sessions = sessions;
    this.audit = audit;
    this.throttle = throttle;
  }

  public void headers(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    // Not "no-referrer": with that, browsers send "Origin: null" with our own forms.
    ctx.header("Referrer-Policy", "same-origin");
    ctx.header("X-Frame-Options", "DENY");
    if (ctx.scheme().equals("https")) {
      // Over plain HTTP browsers ignore it, and complain on each page.
      ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    }
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    ctx.header("Cache-Control", "no-store");
  }

  /** Lets nobody in who has not said who he is. */
  public void admit(Context ctx) {
    boolean changing = !isSafe(ctx);
    String authorization = ctx.header("Authorization");
    if (authorization != null) {
      ctx.attribute(CALLER, byToken(ctx, authorization));
      return;
    }
    if (changing) {
      requireSameOrigin(ctx);
    }
    if (isOpenToAll(ctx.path())) {
      return;
    }
    String cookie = ctx.cookie(COOKIE);
    Optional<Session> session = cookie == null ? Optional.empty() : sessions.use(cookie);
    if (session.isEmpty()) {
      throw new Fault(401, "Log in, or send the header Authorization: Bearer TOKEN.");
    }
    ctx.attribute(SESSION, session.get());
    ctx.attribute(CALLER, caller(ctx, session.get().login()));
    if (changing) {
      requireCsrfToken(ctx, session.get());
    }
  }

  /** Lets nobody do what he may not: asks {@link Permissions} about the route that was matched. */
  public void authorise(Context ctx) {
    Endpoint route = ctx.endpoints().matchedHttpEndpoint();
    String method = ctx.req().getMethod();
    String template = route == null ? "" : route.path;
    Need need = Permissions.need(method.equals("HEAD") ? "GET" : method, template);
    if (need == Need.OPEN) {
      return;
    }
    Caller caller = caller(ctx);
    Audit.note(ctx, method + " " + template, roomOf(ctx));
    boolean known =
        need != Need.OPERATE_MACHINE || parts.book().view().machine(Asked.mac(ctx)).isPresent();
    // A token of little scope must not make itself another, nor end its owner's sessions.
    boolean breeds =
        need == Need.SELF && caller.byToken() && !caller.isAdministrator() && !isSafe(ctx);
    if (breeds || !Permissions.allows(need, caller.grant(), roomOf(ctx), known)) {
      throw forbidden();
    }
  }

  public static Fault forbidden() {
    return new Fault(403, FORBIDDEN);
  }

  /** The room that the path speaks of: by its name, or by a machine that stands there. */
  private Optional<String> roomOf(Context ctx) {
    Map<String, String> path = ctx.pathParamMap();
    if (path.containsKey("mac")) {
      return Mac.parse(ctx.pathParam("mac"))
          .flatMap(mac -> Reach.roomOf(parts.site().get(), parts.book().view(), mac));
    }
    return ctx.path().contains("/rooms/")
        ? Optional.ofNullable(path.get("name"))
        : Optional.empty();
  }

  private Caller byToken(Context ctx, String authorization) {
    String token =
        authorization.regionMatches(true, 0, "Bearer ", 0, 7)
            ? authorization.substring(7).strip()
            : "";
    if (isAdminToken(token)) {
      // A command on this box says who gave it; whoever has this token is believed.
      String command = ctx.header(COMMAND_HEADER);
      String name =
          command != null && command.matches("[A-Za-z0-9._-]{1,32}")
              ? Who.COMMAND + command
              : Who.ADMIN_TOKEN;
      return new Caller(new Who(name, ctx.ip()), Grant.ADMINISTRATOR, Optional.empty(), true);
    }
    Instant now = parts.clock().instant();
    People people = parts.people().view();
    String digest = HexFormat.of().formatHex(Secrets.sha256(token));
    Optional<AccessToken> known = people.token(digest, now);
    ctx.attribute(TOKEN, digest);
    Optional<Grant> grant = known.flatMap(people::grantOf);
    if (grant.isEmpty()) {
      if (throttle.mayTell(now)) {
        audit.tell(new Who("unknown", ctx.ip()), "token refused", "", "not valid");
      }
      throw new Fault(401, "The token is not valid.");
    }
    try {
      parts.people().used(known.get(), now, ctx.ip());
    } catch (StoreFailure e) {
      LOG.warn("{}", e.getMessage());
    }
    String owner = known.get().owner().map(o -> " (" + o + ")").orElse("");
    Who who = new Who("token:" + known.get().name() + owner, ctx.ip());
    return new Caller(who, grant.get(), known.get().owner(), true);
  }

  /** Asked anew for each request, so that a role taken away is gone at once. */
  private Caller caller(Context ctx, LoginSession login) {
    Grant grant =
        login.user().isEmpty()
            ? Grant.ADMINISTRATOR
            : parts
                .people()
                .view()
                .grantOf(login.user().get())
                .orElseThrow(() -> new Fault(401, "Log in again."));
    return new Caller(new Who(login.by(), ctx.ip()), grant, login.user(), false);
  }

  /**
   * Asked now and then by what goes on for long, such as a live stream: whether who opened it would
   * still be let in. Of the request itself nothing may be asked any more by then.
   */
  public BooleanSupplier stillWelcome(Context ctx) {
    Optional<String> session = session(ctx).map(Session::id);
    String digest = ctx.attribute(TOKEN);
    return () ->
        session.map(sessions::isOpen).orElse(true)
            && (digest == null
                || parts.people().view().token(digest, parts.clock().instant()).isPresent());
  }

  public Optional<Session> session(Context ctx) {
    return Optional.ofNullable(ctx.attribute(SESSION));
  }

  /** Who asks; only where somebody must be, on a route that is not open to all. */
  public static Caller caller(Context ctx) {
    return callerIfAny(ctx).orElseThrow(() -> new Fault(401, "Log in first."));
  }

  public static Optional<Caller> callerIfAny(Context ctx) {
    return Optional.ofNullable(ctx.attribute(CALLER));
  }

  /** Who asks and from where, for the audit. */
  public static String by(Context ctx) {
    return caller(ctx).who().text();
  }

  /**
   * A new session, and the one that the browser had before is over: what somebody else may have put
   * into its cookie is worth nothing. Whoever comes by a link from elsewhere needs Lax, or the
   * redirect would lose the cookie.
   *
   * @param name a user's, or what else let them in
   */
  public void logIn(Context ctx, SameSite sameSite, String name, Optional<String> user) {
    String old = ctx.cookie(COOKIE);
    if (old != null) {
      sessions.close(old);
    }
    try {
      if (user.isPresent()) {
        parts.people().loggedIn(user.get(), parts.clock().instant());
      }
    } catch (StoreFailure e) {
      // Whoever is to make room on a full disk must get in.
      LOG.warn("{}", e.getMessage());
    }
    String agent = Optional.ofNullable(ctx.userAgent()).orElse("");
    Cookie cookie = new Cookie(COOKIE, sessions.open(new Who(name, ctx.ip()), user, agent));
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(isHttps(ctx));
    cookie.setSameSite(sameSite);
    cookie.setMaxAge((int) sessions.longest().toSeconds());
    ctx.cookie(cookie);
  }

  /** Also behind a proxy that speaks HTTPS; who lies about it harms only his own cookie. */
  private static boolean isHttps(Context ctx) {
    return ctx.scheme().equals("https")
        || "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto"));
  }

  public void logOut(Context ctx) {
    String cookie = ctx.cookie(COOKIE);
    if (cookie != null) {
      sessions.close(cookie);
    }
    ctx.removeCookie(COOKIE, "/");
  }

  public boolean isAdminToken(String token) {
    return Secrets.same(token, parts.adminToken());
  }

  static boolean isSafe(Context ctx) {
    return SAFE_METHODS.contains(ctx.req().getMethod());
  }

  public static boolean isOpenToAll(String path) {
    return path.equals("/login")
        || path.equals("/healthz")
        || path.equals("/readyz")
        || path.equals("/openapi.json")
        || path.startsWith("/static/")
        || path.startsWith("/language/");
  }

  private static void requireSameOrigin(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Fault(403, "The request comes from another site.");
    }
    String origin = ctx.header("Origin");
    if (origin != null && !isSameHost(origin, ctx.header("Host"))) {
      throw new Fault(403, "The request comes from another origin.");
    }
  }

  private static boolean isSameHost(String origin, @Nullable String host) {
    try {
      return URI.create(origin).getAuthority() != null
          && URI.create(origin).getAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireCsrfToken(Context ctx, Session session) {
    String token = ctx.header(CSRF_HEADER);
    if (token == null && (ctx.isFormUrlencoded() || ctx.isMultipartFormData())) {
      token = ctx.formParam(CSRF_FIELD);
    }
    if (token == null || !Secrets.same(token, session.csrf())) {
      throw new Fault(403, "The request lacks the page's CSRF token; reload the page.");
    }
  }
}
