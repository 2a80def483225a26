package io.arranque.site;

import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key {@code options} of a file: further DHCP options, by name or number. */
final class OptionsReader {
  private OptionsReader() {}

  /** In file order, each code at most once. */
  static List<OptionSetting> read(OptionRules.Place place, Fields section) {
    List<OptionSetting> options = new ArrayList<>();
    Map<Integer, String> names = new HashMap<>();
    for (Entry entry : section.entries()) {
      if (entry.value() instanceof Mapping) {
        section.error(entry.key(), "not an option's value, wanted one or a list, got a mapping");
        continue;
      }
      OptionRules.Parsed parsed = OptionRules.parse(place, entry.key(), entry.value().value());
      Optional<String> twin =
          OptionCode.named(entry.key()).map(code -> names.putIfAbsent(code.number(), entry.key()));
      if (parsed.problem().isPresent()) {
        section.error(entry.key(), parsed.problem().get());
      } else if (twin.isPresent()) {
        section.error(
            entry.key(), "an option twice, wanted it once, got it as " + twin.get() + " too");
      } else {
        parsed.setting().ifPresent(options::add);
      }
    }
    return List.copyOf(options);
  }
}
