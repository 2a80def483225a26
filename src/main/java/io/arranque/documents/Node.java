package io.arranque.documents;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A piece of a YAML or JSON document that knows its line. */
sealed interface Node {
  /** From 1. */
  int line();

  /** Its kind, for messages. */
  String kind();

  /** What a plain value means to the parsers of the systems that read it. */
  enum Type {
    STRING("a text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("nothing"),
    DATE("a date");

    private final String label;

    Type(String label) {
      this.label = label;
    }
  }

  /**
   * @param text as written, without quotes
   */
  record Scalar(int line, Type type, String text) implements Node {
    @Override
    public String kind() {
      return type == Type.NULL ? "nothing" : type.label + " (" + brief(text) + ")";
    }

    private static String brief(String text) {
      String line = text.lines().findFirst().orElse("");
      return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }
  }

  record Items(int line, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Fields(int line, List<Entry> entries) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /**
   * @param line the key's
   */
  record Entry(int line, String key, Node value) {}

  /** The value of a key of a mapping; of several the last, as the systems' parsers have it. */
  default Optional<Node> at(String key) {
    return this instanceof Fields fields
        ? fields.entries().stream()
            .filter(entry -> entry.key().equals(key))
            .reduce((first, last) -> last)
            .map(Entry::value)
        : Optional.empty();
  }

  /** The value under keys of keys. */
  default Optional<Node> at(String key, String... more) {
    Optional<Node> node = at(key);
    for (String next : more) {
      node = node.flatMap(n -> n.at(next));
    }
    return node;
  }

  /** The items of a list; none, when it is no list. */
  default Stream<Node> each() {
    return this instanceof Items items ? items.items().stream() : Stream.empty();
  }

  /** The text of a plain value that is neither nothing nor a list nor a mapping. */
  default Optional<String> plain() {
    return this instanceof Scalar scalar && scalar.type() != Type.NULL
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.type() == Type.NULL;
  }
}
