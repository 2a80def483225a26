package io.arranque.web.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

/** Answers programs, in JSON. */
public final class Answers {
  private final ObjectMapper json;

  public Answers(ObjectMapper json) {
    this.json = json;
  }

  public void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    ctx.result(text(value));
  }

  public String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
