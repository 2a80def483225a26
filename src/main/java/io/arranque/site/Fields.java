package io.arranque.site;

import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import io.arranque.site.YamlNode.Scalar;
import io.arranque.site.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Typed access to one mapping of a file. What is asked for is a known key; {@link #finish} refuses
 * the rest. A value that is not what was asked for is reported and counts as absent, so that
 * reading goes on and finds the next problem.
 */
final class Fields {
  private final String file;
  private final String path;
  private final Mapping mapping;
  private final ProblemCollector problems;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(String file, Mapping mapping, ProblemCollector problems) {
    this(file, "", mapping, problems);
  }

  Fields(String file, String path, Mapping mapping, ProblemCollector problems) {
    this.file = file;
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  String file() {
    return file;
  }

  /** The key's line; when it is not there, the mapping's. */
  int line(String key) {
    return mapping.entry(key).map(Entry::line).orElse(mapping.line());
  }

  /** Whether the key has a value, right or wrong. */
  boolean has(String key) {
    return node(key).isPresent();
  }

  void error(String key, String message) {
    problems.error(file, line(key), keyPath(key), message);
  }

  void warning(String key, String message) {
    problems.warning(file, line(key), keyPath(key), message);
  }

  void errorAt(Located<?> place, String message) {
    problems.error(file, place.line(), place.key(), message);
  }

  /** A single value of this type. */
  <T> Optional<T> scalar(String key, ValueType<T> type) {
    return node(key).flatMap(node -> read(node, keyPath(key), type)).map(Located::value);
  }

  /** As {@link #scalar}, and its absence is an error. */
  <T> Optional<T> required(String key, ValueType<T> type) {
    if (!has(key)) {
      error(key, "missing, wanted " + type.wanted());
    }
    return scalar(key, type);
  }

  /** A list of such values; a single value is a list of one. */
  <T> List<Located<T>> list(String key, ValueType<T> type) {
    List<Located<T>> values = new ArrayList<>();
    for (Located<YamlNode> item : items(key)) {
      read(item.value(), item.key(), type).ifPresent(values::add);
    }
    return values;
  }

  /** The items of a list, whatever they are; a single value is a list of one. */
  List<Located<YamlNode>> items(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Sequence sequence) {
      List<Located<YamlNode>> items = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        items.add(new Located<>(item, item.line(), keyPath(key) + "[" + items.size() + "]"));
      }
      return items;
    }
    return List.of(new Located<>(node.get(), node.get().line(), keyPath(key)));
  }

  /** A mapping inside this one; absent means empty. */
  Fields section(String key) {
    Mapping inside =
        node(key)
            .flatMap(node -> mapping(new Located<>(node, node.line(), keyPath(key))))
            .orElseGet(() -> new Mapping(line(key), List.of()));
    return new Fields(file, keyPath(key), inside, problems);
  }

  /** A node that must be a mapping, such as an item of a list. */
  Optional<Fields> fields(Located<YamlNode> node) {
    return mapping(node).map(inside -> new Fields(file, node.key(), inside, problems));
  }

  /** The keys and values of this mapping, all of them known from now on. */
  List<Entry> entries() {
    mapping.entries().forEach(entry -> known.add(entry.key()));
    return mapping.entries();
  }

  /** Reads a node as a single value. */
  <T> Optional<Located<T>> read(YamlNode node, String key, ValueType<T> type) {
    if (!(node instanceof Scalar scalar)) {
      problems.error(
          file,
          node.line(),
          key,
          "not a single value, wanted " + type.wanted() + ", got " + node.kind());
      return Optional.empty();
    }
    Optional<T> value = type.parse().apply(scalar.text());
    if (value.isEmpty()) {
      problems.error(file, node.line(), key, type.refusal(scalar.text()));
    }
    return value.map(found -> new Located<>(found, node.line(), key));
  }

  String keyPath(String key) {
    if (path.isEmpty() || key.isEmpty()) {
      return path + key;
    }
    return path + "." + key;
  }

  /** Refuses the keys that nobody asked for. */
  void finish() {
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        String hint = Spelling.hint(entry.key(), known);
        String wanted = hint.isEmpty() ? ", wanted one of " + String.join(", ", known) : hint;
        error(entry.key(), "unknown key" + wanted);
      }
    }
  }

  private Optional<Mapping> mapping(Located<YamlNode> node) {
    if (node.value() instanceof Mapping inside) {
      return Optional.of(inside);
    }
    errorAt(node, "not a mapping, wanted key: value, got " + node.value().kind());
    return Optional.empty();
  }

  private Optional<YamlNode> node(String key) {
    known.add(key);
    return mapping
        .entry(key)
        .map(Entry::value)
        .filter(value -> !(value instanceof Scalar scalar && scalar.isNothing()));
  }
}
