package io.arranque.site;

import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.site.Role.Var;
import io.arranque.site.YamlNode.Entry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code cloud-init/NAME/role.yaml}. */
final class RoleReader {
  static final String FILE = "role.yaml";

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
      SortedMap<String, Script> own,
      SortedMap<String, Script> shared,
      SortedMap<String, Script> overlay) {
    SortedMap<String, Script> documents = documents(fields, own, shared);
    String description = fields.scalar("description", ANY_TEXT).orElse("");
    Optional<String> boot = fields.required("boot", ValueType.NAME);
    Optional<String> image = fields.scalar("image", ValueType.NAME);
    String arguments = fields.scalar("arguments", ValueType.LINE).orElse("");
    Map<String, Var> vars = vars(fields.section("vars"));
    List<OptionSetting> options =
        OptionsReader.read(OptionRules.Place.ELSEWHERE, fields.section("options"));
    List<Rule> match = RuleReader.read(fields);
    RolePolicy policy = RolePolicyReader.read(fields);
    Map<String, Object> values = Vars.read(fields, "values");
    Wants wants = WantsReader.read(fields);
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
                policy,
                wants,
                values,
                arming));
  }

  /** The role's own, and those of {@code cloud-init/shared/} that it names. */
  private static SortedMap<String, Script> documents(
      Fields fields, SortedMap<String, Script> own, SortedMap<String, Script> shared) {
    SortedMap<String, Script> documents = new TreeMap<>(own);
    for (Located<String> name : fields.list("documents", ValueType.NAME)) {
      Script found = shared.get(name.value());
      if (found == null) {
        String wanted = shared.isEmpty() ? "one" : String.join(" or ", shared.keySet());
        fields.errorAt(
            name,
            "not in cloud-init/shared, wanted %s, got %s%s"
                .formatted(
                    wanted,
                    ProblemCollector.quoted(name.value()),
                    Spelling.hint(name.value(), shared.keySet())));
      } else if (own.containsKey(name.value())) {
        fields.errorAt(
            name, "twice, wanted it shared or the role's own, got " + found.file() + " as well");
      } else {
        documents.put(name.value(), found);
      }
    }
    return Collections.unmodifiableSortedMap(documents);
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
}
