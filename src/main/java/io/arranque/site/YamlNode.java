package io.arranque.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of a YAML file that knows its line. Scalars keep the text as written: YAML 1.1 would read
 * {@code mode: off} as false and an unquoted MAC as a number in base 60.
 */
sealed interface YamlNode {
  /** From 1. */
  int line();

  /** Its kind, for messages. */
  String kind();

  /** As a value for templates: text, {@code Long}, {@code Boolean}, list or map. */
  Object value();

  /**
   * @param plain whether it stood there without quotes
   */
  record Scalar(int line, String text, boolean plain) implements YamlNode {
    /** {@code key:} with nothing behind it, as when everything below is commented out. */
    boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return "a single value";
    }

    /** Numbers as in YAML 1.2 without leading zeros, so that {@code 0755} stays what it is. */
    @Override
    public Object value() {
      if (plain && text.matches("true|false")) {
        return Boolean.valueOf(text);
      }
      return plain && text.matches("0|-?[1-9][0-9]{0,17}") ? Long.valueOf(text) : text;
    }
  }

  record Sequence(int line, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public Object value() {
      List<Object> values = new ArrayList<>();
      items.forEach(item -> values.add(item.value()));
      return List.copyOf(values);
    }
  }

  record Mapping(int line, List<Entry> entries) implements YamlNode {
    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public Object value() {
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach(entry -> values.put(entry.key(), entry.value().value()));
      return Collections.unmodifiableMap(values);
    }
  }

  /**
   * @param line the key's
   */
  record Entry(int line, String key, YamlNode value) {}
}
