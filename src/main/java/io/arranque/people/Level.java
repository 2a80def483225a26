package io.arranque.people;

import java.util.Optional;

/** How much somebody may do; each level may do all that the ones before it may. */
public enum Level {
  VIEWER("viewer", "read"),
  OPERATOR("operator", "operate"),
  ADMINISTRATOR("administrator", "admin");

  private final String word;
  private final String scope;

  Level(String word, String scope) {
    this.word = word;
    this.scope = scope;
  }

  /** As the role of a user, e.g. {@code operator}. */
  public String word() {
    return word;
  }

  /** As the scope of a token, e.g. {@code operate}. */
  public String scope() {
    return scope;
  }

  /** Either of its words; empty when there is no such level. */
  public static Optional<Level> parse(String text) {
    for (Level level : values()) {
      if (level.word.equals(text) || level.scope.equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
