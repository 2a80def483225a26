package io.arranque.web.page;

import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions.Session;
import io.arranque.web.base.Parts;
import io.arranque.web.views.Views.MachineView;
import io.javalin.http.Context;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Renders templates with what every page needs: words, CSRF token, the site's problems. */
public final class Renderer {
  public static final String LANGUAGE_COOKIE = "arranque_language";

  private final Parts parts;
  private final Guard guard;
  private final WebFiles files;
  private final PageTemplates templates;

  public Renderer(Parts parts, Guard guard, WebFiles files) {
    this.parts = parts;
    this.guard = guard;
    this.files = files;
    this.templates = new PageTemplates(files);
  }

  public Messages messages(Context ctx) {
    return Messages.load(
        Messages.choose(ctx.cookie(LANGUAGE_COOKIE), ctx.header("Accept-Language")), files);
  }

  public void page(Context ctx, String template, Map<String, Object> values) {
    send(ctx, template, values);
  }

  public void fragment(Context ctx, String template, Map<String, Object> values) {
    send(ctx, template, values);
  }

  /** One machine's row, for the live stream. */
  public String row(Messages messages, MachineView machine) {
    ShownLocks locks = new ShownLocks(parts, Optional.empty());
    return templates.render(
        "row",
        Map.of("m", machine, "t", messages.texts(), "phrases", messages.phrases(), "locks", locks));
  }

  /**
   * Renders parts of a page later, when its request is long over: in its language, and for whom it
   * was made.
   */
  public BiFunction<String, Map<String, Object>, String> parts(Context ctx) {
    Messages messages = messages(ctx);
    MeView me = me(ctx, Map.of());
    String csrf = guard.session(ctx).map(Session::csrf).orElse("");
    return (template, values) -> {
      Map<String, Object> scope = new HashMap<>(values);
      scope.put("t", messages.texts());
      scope.put("phrases", messages.phrases());
      scope.put("me", me);
      scope.put("csrf", csrf);
      return templates.render(template, scope);
    };
  }

  /** A short message: in the page's notice area for htmx, else a page of its own. */
  public void notice(Context ctx, String kind, List<String> lines, String back) {
    Map<String, Object> values = Map.of("kind", kind, "lines", lines, "back", back);
    if (isHtmx(ctx)) {
      ctx.header("HX-Retarget", "#notice");
      ctx.header("HX-Reswap", "innerHTML");
      send(ctx, "notice", values);
    } else {
      send(ctx, "message", values);
    }
  }

  public static boolean isHtmx(Context ctx) {
    return "true".equals(ctx.header("HX-Request"));
  }

  /** Where the browser is, to come back to: with its query, or a search would be gone. */
  public static String here(Context ctx) {
    String shown = isHtmx(ctx) ? ctx.header("HX-Current-URL") : null;
    if (shown != null) {
      return pathOf(shown);
    }
    if (!ctx.req().getMethod().equals("GET")) {
      return "/";
    }
    String query = ctx.queryString();
    // A login code that was tried must not be tried again.
    return ctx.path() + (query == null || ctx.queryParam("code") != null ? "" : "?" + query);
  }

  private static String pathOf(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }

  /** Sends the browser elsewhere, also when htmx asked. */
  public static void goTo(Context ctx, String path) {
    if (isHtmx(ctx)) {
      ctx.header("HX-Redirect", path);
      ctx.status(204);
    } else {
      ctx.status(303);
      ctx.header("Location", path);
    }
  }

  /** On a machine's page, what may be done there; else what may be done anywhere. */
  private static MeView me(Context ctx, Map<String, Object> values) {
    return Guard.callerIfAny(ctx)
        .map(
            caller -> {
              Optional<String> room =
                  values.get("m") instanceof MachineView m
                      ? Optional.of(m.plannedRoom()).filter(r -> !r.isEmpty())
                      : Optional.empty();
              boolean here = !values.containsKey("m") || caller.grant().operatesIn(room);
              return MeView.of(caller, here);
            })
        .orElse(MeView.NOBODY);
  }

  private void send(Context ctx, String template, Map<String, Object> values) {
    Messages messages = messages(ctx);
    Map<String, Object> scope = new HashMap<>(values);
    scope.put("t", messages.texts());
    scope.put("phrases", messages.phrases());
    scope.put("language", messages.language());
    scope.put("siteName", parts.site().get().settings().name());
    scope.put("page", template);
    scope.put("madeAt", Long.toString(parts.clock().millis()));
    scope.put("here", here(ctx));
    scope.put("csrf", guard.session(ctx).map(Session::csrf).orElse(""));
    boolean loggedIn = guard.session(ctx).isPresent();
    scope.put("loggedIn", loggedIn);
    scope.put("me", me(ctx, values));
    scope.put("locks", new ShownLocks(parts, Guard.callerIfAny(ctx)));
    scope.put("firstRun", loggedIn && parts.people().view().users().isEmpty());
    // Problems quote site files: not for those who have not logged in.
    scope.put("problems", loggedIn ? parts.problems().get() : List.of());
    ctx.contentType("text/html; charset=utf-8");
    ctx.result(templates.render(template, scope));
  }
}
