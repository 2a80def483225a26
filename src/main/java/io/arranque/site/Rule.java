package io.arranque.site;

import io.arranque.address.Mac;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One rule of {@code match:}: which unassigned machines get a role. All conditions must hold; what
 * a machine did not say matches nothing.
 *
 * @param conditions at least one, in the order of the properties
 * @param line where it stands in {@code role.yaml}
 */
public record Rule(List<Condition> conditions, int line) {

  /** What rules can ask for. */
  public enum Property {
    ROOM,
    SEGMENT,
    VENDOR,
    MODEL,
    FIRMWARE,
    MEMORY,
    CPUS,
    SERIAL,
    UUID,
    MAC;

    private final String label = name().toLowerCase(java.util.Locale.ROOT);

    /** The word in {@code role.yaml}. */
    public String label() {
      return label;
    }

    /** Whether it is a number and not text; memory is in MiB. */
    public boolean isNumber() {
      return this == MEMORY || this == CPUS;
    }

    public static Optional<Property> named(String label) {
      return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
    }
  }

  /**
   * One property and what it must be.
   *
   * @param text as the operator wrote it; a glob for text
   * @param from the least, for a number and for MACs that begin alike
   * @param to the most, for these; 0 for other MACs
   */
  public record Condition(Property property, String text, long from, long to) {
    /** A glob for text. */
    public static Condition glob(Property property, String glob) {
      return new Condition(property, glob, 0, 0);
    }

    /** Whether a text is as it must be. */
    public boolean matches(String value) {
      return Glob.matches(text, value);
    }

    /** Whether a MAC is as it must be. */
    public boolean matches(Mac mac) {
      // As a number where the pattern is a beginning: this is asked for each packet.
      return to > 0 ? matches(mac.bits()) : matches(mac.toString());
    }

    /** Whether a number is as it must be. */
    public boolean matches(long value) {
      return from <= value && value <= to;
    }

    boolean isExact() {
      return property.isNumber() ? from == to : text.indexOf('*') < 0;
    }

    private int literals() {
      return property.isNumber()
          ? 0
          : text.length() - (int) text.chars().filter(c -> c == '*').count();
    }

    private boolean overlaps(Condition other) {
      return property.isNumber()
          ? from <= other.to && other.from <= to
          : Glob.overlap(text, other.text);
    }

    private boolean isWithin(Condition other) {
      return other.from <= from && to <= other.to;
    }
  }

  public Rule {
    conditions = List.copyOf(conditions);
  }

  /** Of globs alone, by the word of their property, as tests and programs write them. */
  public static Rule of(Map<String, String> globs) {
    return new Rule(
        globs.entrySet().stream()
            .map(e -> Condition.glob(Property.named(e.getKey()).orElseThrow(), e.getValue()))
            .sorted(java.util.Comparator.comparing(Condition::property))
            .toList(),
        1);
  }

  /** What it asks of a property; empty: anything, even nothing. */
  public Optional<Condition> condition(Property property) {
    for (Condition condition : conditions) {
      if (condition.property == property) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /**
   * Which of two rules that match the same machine is the more specific one: the one with more
   * conditions; of as many, the one that names a single machine (serial, uuid or mac without {@code
   * *}). Of two that ask for the same properties, then, the one with more values without {@code *};
   * then with more letters beside {@code *}; then the one whose ranges lie within the other's. Of
   * different properties none is more specific: how should a program weigh a room against a vendor?
   *
   * @return positive: this one; negative: the other; 0: neither
   */
  public int compareSpecificity(Rule other) {
    int more = Integer.compare(conditions.size(), other.conditions.size());
    if (more == 0) {
      more = Boolean.compare(isOfOneMachine(), other.isOfOneMachine());
    }
    if (more != 0 || !asksLike(other)) {
      return more;
    }
    more = Integer.compare(exact(), other.exact());
    if (more == 0) {
      more = Integer.compare(literals(), other.literals());
    }
    return more == 0 ? Boolean.compare(isWithin(other), other.isWithin(this)) : more;
  }

  private boolean isOfOneMachine() {
    for (Condition condition : conditions) {
      boolean identity =
          switch (condition.property) {
            case SERIAL, UUID, MAC -> true;
            case ROOM, SEGMENT, VENDOR, MODEL, FIRMWARE, MEMORY, CPUS -> false;
          };
      if (identity && condition.isExact()) {
        return true;
      }
    }
    return false;
  }

  private boolean asksLike(Rule other) {
    for (Condition condition : conditions) {
      if (other.condition(condition.property).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether there can be a machine that both match. */
  public boolean overlaps(Rule other) {
    for (Condition condition : conditions) {
      Optional<Condition> twin = other.condition(condition.property);
      if (twin.isPresent() && !condition.overlaps(twin.get())) {
        return false;
      }
    }
    return true;
  }

  /** As the operator wrote it. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    conditions.forEach(c -> texts.put(c.property.label(), c.text));
    return texts;
  }

  private int exact() {
    int exact = 0;
    for (Condition condition : conditions) {
      exact += condition.isExact() ? 1 : 0;
    }
    return exact;
  }

  private int literals() {
    int literals = 0;
    for (Condition condition : conditions) {
      literals += condition.literals();
    }
    return literals;
  }

  /** Whether it asks for the same numbers as the other, each at least as narrowly. */
  private boolean isWithin(Rule other) {
    boolean numbers = false;
    for (Condition condition : conditions) {
      if (condition.property.isNumber()) {
        Optional<Condition> twin = other.condition(condition.property);
        if (twin.isEmpty() || !condition.isWithin(twin.get())) {
          return false;
        }
        numbers = true;
      }
    }
    return numbers;
  }
}
