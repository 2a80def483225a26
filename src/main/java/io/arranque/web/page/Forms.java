package io.arranque.web.page;

import io.arranque.inventory.AssignmentEdit;
import io.arranque.plan.Planned;
import io.arranque.web.views.Views.VarView;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people type into forms. */
public final class Forms {
  private static final String VAR = "var.";
  private static final String CLEAR = "clear.";

  private Forms() {}

  /**
   * A variable's input. The value of a secret is never in it, only whether there is one.
   *
   * @param input {@code text}, {@code password}, {@code number}, {@code url} or {@code boolean}
   */
  public record Field(
      String name,
      String input,
      String type,
      String value,
      boolean isSet,
      boolean required,
      String defaultValue,
      String description) {}

  public static Field field(VarView var, String value) {
    boolean secret = var.type().equals("secret");
    String input =
        switch (var.type()) {
          case "secret" -> "password";
          case "integer" -> "number";
          case "url" -> "url";
          case "boolean" -> "boolean";
          default -> "text";
        };
    return new Field(
        var.name(),
        input,
        var.type(),
        secret ? "" : value,
        !value.isEmpty(),
        var.required(),
        var.defaultValue(),
        var.description());
  }

  public static Field undeclared(String name, String value) {
    boolean secret = value.equals(Planned.MASK);
    return new Field(
        name, secret ? "password" : "text", "", secret ? "" : value, true, false, "", "");
  }

  /**
   * An empty password field leaves the secret alone; its box "remove" takes it away.
   *
   * @param options the DHCP options that the machine has: those the form no longer names are taken
   *     away
   */
  public static AssignmentEdit edit(Context ctx, Set<String> options) {
    Map<String, String> vars = new HashMap<>();
    ctx.formParamMap()
        .forEach(
            (key, values) -> {
              if (key.startsWith(VAR)) {
                vars.put(key.substring(VAR.length()), values.get(0).strip());
              }
            });
    ctx.formParamMap()
        .forEach(
            (key, values) -> {
              if (key.equals("keep")) {
                values.forEach(name -> vars.computeIfPresent(name, Forms::maskIfEmpty));
              }
            });
    ctx.formParamMap()
        .forEach(
            (key, values) -> {
              if (key.startsWith(CLEAR)) {
                vars.put(key.substring(CLEAR.length()), "");
              }
            });
    return new AssignmentEdit(
            optional(ctx, "hostname"),
            optional(ctx, "room"),
            optional(ctx, "seat"),
            optional(ctx, "role"),
            vars,
            optional(ctx, "options").map(text -> OptionForm.edits(text, options)).orElse(Map.of()),
            optional(ctx, "reservation"),
            optional(ctx, "evenIfLeased").isPresent())
        .withPolicy(optional(ctx, "policy"));
  }

  public static AssignmentEdit newMachine(Context ctx) {
    return new AssignmentEdit(
        optional(ctx, "hostname").filter(h -> !h.isBlank()),
        Optional.empty(),
        Optional.empty(),
        optional(ctx, "role").filter(r -> !r.isBlank()),
        Map.of());
  }

  /** A field's text; empty when it was not sent. */
  public static String text(Context ctx, String field) {
    return optional(ctx, field).orElse("").strip();
  }

  /** As it was typed: a password may begin or end with a blank. */
  public static String typed(Context ctx, String field) {
    return optional(ctx, field).orElse("");
  }

  private static Optional<String> optional(Context ctx, String field) {
    List<String> values = ctx.formParams(field);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  private static String maskIfEmpty(String name, String value) {
    return value.isEmpty() ? Planned.MASK : value;
  }
}
