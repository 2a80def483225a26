package io.arranque.site;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which boots are told the secrets of their role, where somebody must have said so. */
public enum ArmingRule {
  /** Every boot, also one that nobody asked for: whoever has a machine's MAC has its secrets. */
  ALWAYS,
  /** The next boot after a role was given or an installation ordered; or when armed by hand. */
  ASKED,
  /** Only when an operator has armed the machine by hand. */
  OPERATOR;

  /** What holds where nothing is said. */
  public static final ArmingRule DEFAULT = ASKED;

  /** The word in site files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ArmingRule> read(Fields fields) {
    List<String> words = Arrays.stream(values()).map(ArmingRule::label).toList();
    return fields.scalar(
        "arming",
        ValueType.oneOf(words, word -> ArmingRule.valueOf(word.toUpperCase(Locale.ROOT))));
  }
}
