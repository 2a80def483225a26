package io.arranque.site;

import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.site.Role.Var;
import io.arranque.site.YamlNode.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** {@code cloud-init/NAME/role.yaml}. */
final class RoleReader {
  static final String FILE = "role.yaml";

  private static final List<String> MATCH_KEYS =
      List.of("room", "vendor", "model", "firmware", "mac");
  private static final ValueType<VarType> VAR_TYPE =
      ValueType.oneOf(
          Stream.of(VarType.values()).map(VarType::label).toList(),
          word -> VarType.named(word).orElseThrow());
  private static final ValueType<String> ANY_TEXT =
      new ValueType<>("not text", "text", Optional::of);

  private RoleReader() {}

  /** Empty when it does not say how to boot. */
  static Optional<Role> read(
      String name,
      Fields fields,
      SortedMap<String, Script> documents,
      SortedMap<String, Script> overlay) {
    String description = fields.scalar("description", ANY_TEXT).orElse("");
    Optional<String> boot = fields.required("boot", ValueType.NAME);
    Optional<String> image = fields.scalar("image", ValueType.NAME);
    String arguments = fields.scalar("arguments", ValueType.LINE).orElse("");
    Map<String, Var> vars = vars(fields.section("vars"));
    List<OptionSetting> options =
        OptionsReader.read(OptionRules.Place.ELSEWHERE, fields.section("options"));
    List<Map<String, String>> match = match(fields);
    Optional<ArmingRule> arming = ArmingRule.read(fields);
    fields.finish();
    return boot.map(
        script ->
            new Role(
                name,
                description,
                script,
                image,
                arguments,
                vars,
                options,
                match,
                documents,
                overlay,
                BootPolicy.ALWAYS,
                Wants.NOTHING,
                arming));
  }

  private static Map<String, Var> vars(Fields section) {
    Map<String, Var> vars = new LinkedHashMap<>();
    Vars.checkNames(section);
    for (Entry entry : section.entries()) {
      section
          .fields(new Located<>(entry.value(), entry.line(), section.keyPath(entry.key())))
          .ifPresent(fields -> vars.put(entry.key(), var(fields)));
    }
    return Collections.unmodifiableMap(vars);
  }

  private static Var var(Fields fields) {
    VarType type = fields.scalar("type", VAR_TYPE).orElse(VarType.STRING);
    boolean required = fields.scalar("required", ValueType.FLAG).orElse(false);
    Optional<Object> defaultValue =
        fields.scalar(
            "default", new ValueType<>("not a " + type.label(), type.wanted(), type::accept));
    String description = fields.scalar("description", ANY_TEXT).orElse("");
    if (required && defaultValue.isPresent()) {
      fields.warning("required", "a default makes it pointless, wanted one of the two, got both");
    }
    fields.finish();
    return new Var(type, required, defaultValue, description);
  }

  private static List<Map<String, String>> match(Fields role) {
    List<Map<String, String>> rules = new ArrayList<>();
    for (Located<YamlNode> item : role.items("match")) {
      role.fields(item).map(fields -> rule(fields, item)).ifPresent(rules::add);
    }
    return List.copyOf(rules);
  }

  /** A rule's values are globs. An empty rule would match every machine: nobody means that. */
  private static Map<String, String> rule(Fields fields, Located<YamlNode> item) {
    Map<String, String> rule = new LinkedHashMap<>();
    for (String key : MATCH_KEYS) {
      fields.scalar(key, ValueType.TEXT).ifPresent(glob -> rule.put(key, glob));
    }
    fields.finish();
    if (fields.entries().isEmpty()) {
      fields.errorAt(item, "an empty rule, wanted one of " + String.join(", ", MATCH_KEYS));
    }
    return Collections.unmodifiableMap(rule);
  }
}
