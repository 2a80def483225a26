package io.arranque.inventory;

import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.dhcp.packet.OptionText;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.OptionRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * DHCP options of a room or a machine as people wrote them, and what they mean. They are read once,
 * when this is made, and not for each packet.
 */
public final class OptionLines {
  public static final OptionLines NONE = new OptionLines(Map.of());

  /** The longest list that fits a reply is far shorter. */
  private static final int MAX_VALUE = 2_000;

  private final SortedMap<String, String> texts;
  private final List<OptionSetting> settings;

  private OptionLines(Map<String, String> texts) {
    this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    this.settings =
        this.texts.entrySet().stream()
            .map(line -> parse(line.getKey(), line.getValue()).setting())
            .flatMap(Optional::stream)
            .toList();
  }

  /**
   * By the option's name or number; values as {@link OptionText} reads them. A line that cannot be
   * read is kept and sets nothing.
   */
  public static OptionLines of(Map<String, String> texts) {
    return texts.isEmpty() ? NONE : new OptionLines(texts);
  }

  /** As they were written, by the name that was written. */
  public SortedMap<String, String> texts() {
    return texts;
  }

  public List<OptionSetting> settings() {
    return settings;
  }

  /** These with some set anew; an empty value takes the option away, under whatever name it is. */
  OptionLines edited(Map<String, String> edits) {
    Map<String, String> edited = new HashMap<>();
    texts.forEach(
        (name, value) -> {
          if (edits.keySet().stream().noneMatch(edit -> key(edit).equals(key(name)))) {
            edited.put(name, value);
          }
        });
    edits.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            edited.put(name.strip(), value.strip());
          }
        });
    return of(edited);
  }

  /** Everything that is wrong with them. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    texts.forEach(
        (name, value) -> {
          String shown = name.length() <= 40 ? name : name.substring(0, 40) + "…";
          Optional<String> twin = Optional.ofNullable(names.putIfAbsent(key(name), name));
          Optional<String> problem =
              value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)
                  ? Optional.of("wanted a line of at most " + MAX_VALUE + " printable characters")
                  : parse(name, value).problem();
          problem
              .or(() -> twin.map(other -> "an option twice, got it as " + other + " too"))
              .ifPresent(
                  what ->
                      refusals.add(
                          new Refusal(
                              Kind.OPTION_INVALID, "options." + shown, shown + ": " + what)));
        });
    return refusals;
  }

  private static OptionRules.Parsed parse(String name, String value) {
    return OptionRules.parse(OptionRules.Place.ELSEWHERE, name, OptionText.value(value));
  }

  private static String key(String name) {
    return OptionCode.named(name)
        .map(code -> Integer.toString(code.number()))
        .orElseGet(() -> name.strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionLines lines && texts.equals(lines.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return texts.toString();
  }
}
