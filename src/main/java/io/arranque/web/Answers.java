package io.arranque.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

/** Answers programs, in JSON. */
final class Answers {
  private final ObjectMapper json;

  Answers(ObjectMapper json) {
    this.json = json;
  }

  void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    ctx.result(text(value));
  }

  String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
