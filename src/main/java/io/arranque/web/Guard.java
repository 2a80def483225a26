package io.arranque.web;

import io.arranque.web.Sessions.Session;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands before every request: headers, who is it, and did a page of ours send it. */
final class Guard {
  static final String COOKIE = "arranque_session";
  static final String CSRF_HEADER = "X-CSRF-Token";
  static final String CSRF_FIELD = "csrf";
  private static final String SESSION = "session";
  private static final String BY = "by";

  /** Tabler's check marks and arrows are data: images; those cannot run anything. */
  static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Sessions sessions;
  private final String adminToken;

  Guard(Sessions sessions, String adminToken) {
    this.sessions = sessions;
    this.adminToken = adminToken;
  }

  void headers(Context ctx) {
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
  void admit(Context ctx) {
    boolean changing = !SAFE_METHODS.contains(ctx.req().getMethod());
    String authorization = ctx.header("Authorization");
    if (authorization != null) {
      if (!isAdmin(authorization)) {
        throw new Fault(401, "The token is not valid.");
      }
      ctx.attribute(BY, "token");
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
    ctx.attribute(BY, "page");
    if (changing) {
      requireCsrfToken(ctx, session.get());
    }
  }

  Optional<Session> session(Context ctx) {
    return Optional.ofNullable(ctx.attribute(SESSION));
  }

  /** Who asks, for the audit. */
  static String by(Context ctx) {
    String by = ctx.attribute(BY);
    return by == null ? "nobody" : by;
  }

  /** Whoever comes by a link from elsewhere needs Lax, or the redirect would lose the cookie. */
  void logIn(Context ctx, SameSite sameSite) {
    Cookie cookie = new Cookie(COOKIE, sessions.open().id());
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(ctx.scheme().equals("https"));
    cookie.setSameSite(sameSite);
    cookie.setMaxAge((int) Sessions.ABSOLUTE.toSeconds());
    ctx.cookie(cookie);
  }

  void logOut(Context ctx) {
    String cookie = ctx.cookie(COOKIE);
    if (cookie != null) {
      sessions.close(cookie);
    }
    ctx.removeCookie(COOKIE, "/");
  }

  boolean isAdminToken(String token) {
    return Secrets.same(token, adminToken);
  }

  private boolean isAdmin(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && isAdminToken(authorization.substring(7).strip());
  }

  private static boolean isOpenToAll(String path) {
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
