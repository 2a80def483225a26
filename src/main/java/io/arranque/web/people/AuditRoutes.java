package io.arranque.web.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditQuery;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Phrases;
import io.arranque.web.page.Renderer;
import io.arranque.web.people.PeopleViews.AuditView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who did what: the page and its part of the API. */
public final class AuditRoutes {
  private static final int ON_PAGE = 100;

  private final Parts parts;
  private final Renderer renderer;
  private final ObjectMapper json;

  public AuditRoutes(Parts parts, Renderer renderer, ObjectMapper json) {
    this.parts = parts;
    this.renderer = renderer;
    this.json = json;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/audit", this::page);
    routes.get("/api/v1/audit", this::api);
  }

  private void api(Context ctx) throws StoreFailure {
    ctx.contentType("application/json");
    // Programs are told the words as they are kept.
    Messages none = new Messages("en", Map.of(), Phrases.NONE);
    try {
      ctx.result(json.writeValueAsString(Map.of("lines", lines(query(ctx, ON_PAGE), none))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }

  /** A filter that cannot be read stays in its field, with what is wrong above it. */
  private void page(Context ctx) throws StoreFailure {
    Map<String, Object> values = new HashMap<>();
    for (String field : new String[] {"who", "what", "machine", "from", "to"}) {
      values.put(field, Optional.ofNullable(ctx.queryParam(field)).orElse(""));
    }
    List<AuditView> lines = List.of();
    values.put("error", "");
    try {
      lines = lines(query(ctx, ON_PAGE), renderer.messages(ctx));
    } catch (Fault e) {
      ctx.status(e.status());
      values.put("error", String.valueOf(e.getMessage()));
    }
    values.put("lines", lines);
    values.put("older", lines.size() == ON_PAGE ? Long.toString(lines.get(ON_PAGE - 1).id()) : "");
    renderer.page(ctx, "audit", values);
  }

  private List<AuditView> lines(AuditQuery query, Messages messages) throws StoreFailure {
    return parts.audit().search(query).stream()
        .map(line -> PeopleViews.line(line, messages))
        .toList();
  }

  private static AuditQuery query(Context ctx, int limit) {
    return new AuditQuery(
        given(ctx, "who"),
        given(ctx, "what"),
        given(ctx, "machine")
            .map(
                text -> Mac.parse(text).orElseThrow(() -> new Fault(422, "machine: wanted a MAC"))),
        given(ctx, "from").map(text -> time("from", text, 0)),
        given(ctx, "to").map(text -> time("to", text, 1)),
        given(ctx, "before").map(text -> number("before", text)),
        given(ctx, "limit")
            .map(text -> (int) Math.min(number("limit", text), AuditQuery.LIMIT_MAX))
            .orElse(limit));
  }

  private static Optional<String> given(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private static long number(String field, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new Fault(422, field + ": wanted a number");
    }
    return Long.parseLong(text);
  }

  /**
   * A moment, or a day of the appliance's own zone: its beginning, or that of the {@code plus}
   * next.
   */
  private static Instant time(String field, String text, int plus) {
    try {
      return text.length() > 10
          ? Instant.parse(text)
          : LocalDate.parse(text).plusDays(plus).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new Fault(
          422, field + ": wanted a day or a moment, e.g. 2026-11-22 or 2026-11-22T08:00:00Z");
    }
  }
}
