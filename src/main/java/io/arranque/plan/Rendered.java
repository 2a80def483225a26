package io.arranque.plan;

import java.util.Optional;

/** A template's result: its text, or what is wrong with it. */
public sealed interface Rendered {

  record Text(String text) implements Rendered {}

  /**
   * @param file relative to the site's folder
   * @param line 1 is the first; 0 when unknown
   */
  record Broken(String file, int line, String message) implements Rendered {
    /** As an operator looks for it: {@code file:line message}. */
    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line : "") + " " + message;
    }
  }

  /** The text, or empty when the template is broken. */
  default Optional<String> ifText() {
    return this instanceof Text t ? Optional.of(t.text()) : Optional.empty();
  }
}
