package io.arranque.web.rooms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Layouts;
import io.arranque.inventory.Layouts.Drawing;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.Seat;
import io.arranque.web.base.Fault;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads drawings of rooms; says exactly what is wrong with them. */
public final class RoomBodies {
  private final ObjectMapper json;

  public RoomBodies(ObjectMapper json) {
    this.json = json;
  }

  /**
   * {@code {"front": "top", "seats": [{"name": "1", "x": 0, "y": 0, "was": "7"}], "machines":
   * {"52:54:…": "1"}}}; what is not there is empty.
   */
  Drawing drawing(Context ctx, Optional<String> version) {
    JsonNode body = object(ctx);
    String front = body.path("front").asText("top");
    List<Seat> seats = new ArrayList<>();
    Map<String, String> renamed = new HashMap<>();
    JsonNode list = body.path("seats");
    if (!list.isArray() || list.size() > 10 * Layouts.MAX_SEATS) {
      throw new Fault(422, "seats: wanted a list of at most " + Layouts.MAX_SEATS);
    }
    for (JsonNode seat : list) {
      if (!seat.path("name").isTextual() || !seat.path("x").isInt() || !seat.path("y").isInt()) {
        throw new Fault(422, "seats: wanted name, x and y of each");
      }
      String name = seat.path("name").textValue();
      seats.add(new Seat(name, seat.path("x").intValue(), seat.path("y").intValue()));
      String was = seat.path("was").asText("");
      if (!was.isEmpty() && !was.equals(name)) {
        renamed.put(name, was);
      }
    }
    Map<Mac, String> seated = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : body.path("machines").properties()) {
      Mac mac = Mac.parse(each.getKey()).orElseThrow(() -> new Fault(422, "machines: wanted MACs"));
      seated.put(mac, each.getValue().isNull() ? "" : each.getValue().asText());
    }
    Layout layout =
        new Layout(
            Layout.Front.named(front)
                .orElseThrow(() -> new Fault(422, "front: wanted top, right, bottom or left")),
            seats);
    return new Drawing(layout, renamed, seated, version);
  }

  /** {@code ?rows=5&columns=8&aisles=4&from=left&snake=true&prefix=&first=1&front=top}. */
  static RoomRows rows(Context ctx) {
    List<Integer> aisles = new ArrayList<>();
    for (String after : text(ctx, "aisles", "").split("[ ,]+", -1)) {
      if (!after.isEmpty()) {
        aisles.add(number("aisles", after));
      }
    }
    return new RoomRows(
        number("rows", text(ctx, "rows", "1")),
        number("columns", text(ctx, "columns", "1")),
        aisles,
        !text(ctx, "from", "left").equals("right"),
        text(ctx, "snake", "").equals("true"),
        text(ctx, "prefix", ""),
        number("first", text(ctx, "first", "1")),
        Layout.Front.named(text(ctx, "front", "top")).orElse(Layout.Front.TOP));
  }

  private static String text(Context ctx, String name, String otherwise) {
    String given = ctx.queryParam(name);
    return given == null || given.isBlank() ? otherwise : given.strip();
  }

  private static int number(String name, String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new Fault(422, name + ": wanted a number");
    }
    return Integer.parseInt(text);
  }

  private JsonNode object(Context ctx) {
    String type = ctx.contentType();
    if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
      throw new Fault(415, "wanted Content-Type: application/json");
    }
    try {
      JsonNode body = json.readTree(ctx.body());
      if (body == null || !body.isObject()) {
        throw new Fault(400, "wanted a JSON object");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new Fault(400, "not JSON");
    }
  }
}
