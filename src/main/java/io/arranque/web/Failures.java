package io.arranque.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Refused;
import io.arranque.web.files.FileViews;
import io.arranque.web.files.NotSaved;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.people.PeopleRefused;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every failure ends here: as {@link Problem} for programs, in words for people. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Renderer renderer;
  private final ObjectMapper json;

  Failures(Renderer renderer, ObjectMapper json) {
    this.renderer = renderer;
    this.json = json;
  }

  void handle(Exception failure, Context ctx) {
    if (isGone(ctx)) {
      return;
    }
    Problem problem = Problem.of(failure);
    if (problem.status() >= 500) {
      // Without the query: a login code may stand there.
      LOG.error("{} {}: {}", ctx.req().getMethod(), ctx.path(), problem.detail(), failure);
    }
    ctx.status(problem.status());
    if (isForPeople(ctx)) {
      forPeople(ctx, failure, problem);
    } else {
      forPrograms(ctx, problem);
    }
  }

  /**
   * Whether Jetty has taken the request back already, as it does when a browser leaves a live
   * stream: to ask it anything fails, and a handler that fails is called again by Javalin 7.2
   * without end, which filled the log with hundreds of megabytes in minutes.
   */
  private static boolean isGone(Context ctx) {
    try {
      return ctx.req().getMethod().isEmpty();
    } catch (IllegalStateException | NullPointerException recycled) {
      return true;
    }
  }

  private static boolean isForPeople(Context ctx) {
    String path = ctx.path();
    return !path.startsWith("/api/")
        && !path.equals("/metrics")
        && !path.equals("/live")
        && ctx.header("Authorization") == null;
  }

  private void forPeople(Context ctx, Exception failure, Problem problem) {
    if (problem.status() == 401) {
      // Whoever still has a cookie was logged in: he is told that it is over, and why.
      String ended = ctx.cookie(Guard.COOKIE) == null ? "" : "&ended=1";
      String to =
          "/login?next=" + URLEncoder.encode(Renderer.here(ctx), StandardCharsets.UTF_8) + ended;
      Renderer.goTo(ctx, to);
      return;
    }
    Messages messages = renderer.messages(ctx);
    List<String> lines =
        failure instanceof Refused refused
            ? refused.refusals().stream().map(messages::refusal).toList()
            : failure instanceof PeopleRefused refused
                ? List.of(messages.get("people." + refused.refusal()))
                : failure instanceof NotSaved no
                    ? FileViews.lines(no, messages)
                    : List.of(forPeople(messages, problem));
    renderer.notice(ctx, "danger", lines, "/");
  }

  private static String forPeople(Messages messages, Problem problem) {
    if (Guard.FORBIDDEN.equals(problem.detail())) {
      return messages.get("people.forbidden");
    }
    String known = messages.texts().get("status." + problem.status());
    return known == null ? messages.phrases().say(problem.detail()) : known;
  }

  private void forPrograms(Context ctx, Problem problem) {
    if (problem.status() == 401) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    ctx.contentType("application/problem+json");
    try {
      ctx.result(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
