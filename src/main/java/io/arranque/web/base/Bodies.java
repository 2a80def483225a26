package io.arranque.web.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.OptionText;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what programs send; says exactly what is wrong with it. */
public final class Bodies {
  private static final Set<String> MACHINE_FIELDS =
      Set.of(
          "hostname",
          "room",
          "seat",
          "role",
          "vars",
          "options",
          "reservation",
          "evenIfLeased",
          "policy");

  /** What GET adds; ignored, so that an answer can be edited and sent back. */
  private static final Set<String> MACHINE_READ_ONLY =
      Set.of(
          "mac",
          "id",
          "name",
          "plannedRoom",
          "plannedRole",
          "roleOrigin",
          "hardware",
          "segment",
          "address",
          "plannedReservation",
          "switchPort",
          "firstSeen",
          "lastSeen",
          "stage",
          "boot",
          "macs",
          "pending",
          "provisioning");

  private final ObjectMapper json;

  public Bodies(ObjectMapper json) {
    this.json = json;
  }

  public record BulkAssign(List<Mac> macs, String role) {}

  public AssignmentEdit edit(Context ctx) {
    JsonNode body = object(ctx, MACHINE_FIELDS, MACHINE_READ_ONLY);
    return new AssignmentEdit(
            text(body, "hostname"),
            text(body, "room"),
            text(body, "seat"),
            text(body, "role"),
            vars(body),
            options(body),
            text(body, "reservation"),
            body.path("evenIfLeased").asBoolean(false))
        .withPolicy(text(body, "policy"));
  }

  public record Arm(List<Mac> macs, Duration time) {}

  /** How long to arm which machines; without a body one, and the usual time. */
  public Arm arm(Context ctx, boolean many, int most, Duration usual) {
    if (!many && ctx.body().isBlank()) {
      return new Arm(List.of(), usual);
    }
    JsonNode body = object(ctx, many ? Set.of("macs", "minutes") : Set.of("minutes"), Set.of());
    JsonNode minutes = body.path("minutes");
    boolean good = minutes.isInt() && minutes.asInt() >= 1 && minutes.asInt() <= most;
    if (!good && !minutes.isMissingNode()) {
      throw new Fault(422, "minutes: wanted a number from 1 to " + most);
    }
    return new Arm(
        many ? macs(body) : List.of(), good ? Duration.ofMinutes(minutes.asInt()) : usual);
  }

  public String code(Context ctx) {
    return text(object(ctx, Set.of("code"), Set.of()), "code")
        .orElseThrow(() -> new Fault(422, "code: wanted the six characters on its screen"));
  }

  public BulkAssign bulkAssign(Context ctx) {
    JsonNode body = object(ctx, Set.of("macs", "role"), Set.of());
    List<Mac> macs = macs(body);
    String role =
        text(body, "role")
            .orElseThrow(() -> new Fault(422, "role: wanted a role's name, or null for none"));
    return new BulkAssign(List.copyOf(macs), role);
  }

  public static List<Mac> macs(JsonNode body) {
    JsonNode list = body.path("macs");
    if (!list.isArray() || list.isEmpty()) {
      throw new Fault(422, "macs: wanted a list of at least one MAC");
    }
    List<Mac> macs = new ArrayList<>();
    for (JsonNode mac : list) {
      macs.add(
          Mac.parse(mac.asText())
              .orElseThrow(() -> new Fault(422, "macs: not a MAC: " + brief(mac.asText()))));
    }
    return macs;
  }

  public Room room(Context ctx, String name) {
    JsonNode body =
        object(ctx, Set.of("description", "vars", "options"), Set.of("name", "machines"));
    Map<String, String> options = options(body);
    options.values().removeIf(String::isEmpty);
    return new Room(
        name, text(body, "description").orElse(""), vars(body), OptionLines.of(options));
  }

  /** An object of texts, and of true and false as such. */
  public Map<String, String> texts(Context ctx, Set<String> fields) {
    JsonNode body = object(ctx, fields, Set.of());
    Map<String, String> texts = new HashMap<>();
    body.properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual() || field.getValue().isBoolean()) {
                texts.put(field.getKey(), field.getValue().asText());
              } else if (!field.getValue().isNull()) {
                throw new Fault(422, field.getKey() + ": wanted text");
              }
            });
    return texts;
  }

  /** Texts, numbers and lists of texts, these with commas between; null as the empty text. */
  public Map<String, String> words(Context ctx, Set<String> fields) {
    return words(ctx, fields, Set.of());
  }

  /**
   * @param ignored fields that GET adds
   */
  public Map<String, String> words(Context ctx, Set<String> fields, Set<String> ignored) {
    JsonNode body = object(ctx, fields, ignored);
    Map<String, String> words = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      if (ignored.contains(field.getKey())) {
        continue;
      }
      if (value.isObject()) {
        throw new Fault(422, field.getKey() + ": wanted text");
      }
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asText()));
      String text = value.isArray() ? String.join(",", items) : value.asText();
      words.put(field.getKey(), value.isNull() ? "" : text);
    }
    return words;
  }

  public JsonNode object(Context ctx, Set<String> fields, Set<String> ignored) {
    String type = ctx.contentType();
    if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
      throw new Fault(415, "wanted Content-Type: application/json");
    }
    JsonNode body;
    try {
      body = json.readTree(ctx.body());
    } catch (JsonProcessingException e) {
      throw new Fault(400, "not JSON: " + brief(e.getOriginalMessage()));
    }
    if (body == null || !body.isObject()) {
      throw new Fault(400, "wanted a JSON object");
    }
    Iterator<String> names = body.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!fields.contains(name) && !ignored.contains(name)) {
        throw new Fault(422, brief(name) + ": no such field; there are " + sorted(fields));
      }
    }
    return body;
  }

  /** Empty when the field is not there; the empty text when it is null. */
  public static Optional<String> text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isNull()) {
      return Optional.of("");
    }
    if (!value.isTextual()) {
      throw new Fault(422, field + ": wanted text or null");
    }
    return Optional.of(value.textValue());
  }

  public static Map<String, String> vars(JsonNode body) {
    JsonNode vars = body.get("vars");
    if (vars == null || vars.isNull()) {
      return Map.of();
    }
    if (!vars.isObject()) {
      throw new Fault(422, "vars: wanted an object");
    }
    Map<String, String> read = new HashMap<>();
    vars.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isContainerNode()) {
                throw new Fault(422, "vars." + brief(entry.getKey()) + ": wanted text");
              }
              read.put(entry.getKey(), value.isNull() ? "" : value.asText());
            });
    return read;
  }

  /** A list may be one in JSON too; it is kept as the line that people would type. */
  private static Map<String, String> options(JsonNode body) {
    JsonNode options = body.get("options");
    Map<String, String> read = new HashMap<>();
    if (options == null || options.isNull()) {
      return read;
    }
    if (!options.isObject()) {
      throw new Fault(422, "options: wanted an object");
    }
    options
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              List<String> items = new ArrayList<>();
              value.forEach(item -> items.add(item.asText()));
              if (value.isObject()) {
                throw new Fault(
                    422, "options." + brief(entry.getKey()) + ": wanted text or a list");
              }
              String text = value.isArray() ? OptionText.of(items) : value.asText();
              read.put(entry.getKey(), value.isNull() ? "" : text);
            });
    return read;
  }

  private static String sorted(Set<String> fields) {
    return String.join(", ", fields.stream().sorted().toList());
  }

  private static String brief(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
