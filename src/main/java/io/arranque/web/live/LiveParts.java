package io.arranque.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.web.access.Guard;
import io.arranque.web.page.Renderer;
import io.javalin.http.sse.SseClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Parts of a page that are pushed anew when what they show is different, at most once a second.
 * Each is a template whose one element has the template's name as id; the page puts only those
 * nodes into the place of old ones that differ, so that focus and scroll stay.
 */
public final class LiveParts {
  private final Live live;
  private final Guard guard;
  private final Renderer renderer;
  private final ObjectMapper json;

  public LiveParts(Live live, Guard guard, Renderer renderer, ObjectMapper json) {
    this.live = live;
    this.guard = guard;
    this.renderer = renderer;
    this.json = json;
  }

  /**
   * Begins.
   *
   * @param parts by template what each shows, of values that know when they are equal
   */
  public void open(SseClient client, Supplier<Map<String, Map<String, Object>>> parts) {
    BiFunction<String, Map<String, Object>, String> html = renderer.parts(client.ctx());
    live.pulse(
        client,
        parts,
        (shown, now) -> changed(shown.orElse(Map.of()), now, html),
        guard.stillWelcome(client.ctx()));
  }

  private String changed(
      Map<String, Map<String, Object>> shown,
      Map<String, Map<String, Object>> now,
      BiFunction<String, Map<String, Object>, String> html) {
    List<Live.Row> rows = new ArrayList<>();
    now.forEach(
        (template, values) -> {
          if (Optional.ofNullable(shown.get(template)).filter(values::equals).isEmpty()) {
            rows.add(new Live.Row(template, html.apply(template, new HashMap<>(values))));
          }
        });
    try {
      return json.writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that Jackson cannot write", e);
    }
  }
}
