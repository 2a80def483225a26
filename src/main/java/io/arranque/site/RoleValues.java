package io.arranque.site;

import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Sets and removes entries below {@code values:} in the text of a {@code role.yaml}, and leaves
 * every other character as it is. A library that reads and writes YAML would lose comments and
 * order; so only the place of one value is cut out, and the result is read again: unless it says
 * just what was wanted, nothing is changed.
 */
public final class RoleValues {
  private static final String SECTION = "values";

  /** What cannot be taken for anything but text, in any version of YAML. */
  private static final String PLAIN = "[A-Za-z/][A-Za-z0-9_./-]*";

  private static final List<String> WORDS =
      List.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private RoleValues() {}

  /** What it sets now, as text; nothing where the text is no YAML. */
  public static Map<String, String> of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    parsed(text)
        .flatMap(root -> root.entry(SECTION))
        .map(Entry::value)
        .ifPresent(
            section -> {
              if (section instanceof Mapping mapping) {
                mapping.entries().forEach(e -> values.put(e.key(), e.value().value().toString()));
              }
            });
    return values;
  }

  /**
   * The text with these values.
   *
   * @param changes by name: the new value, a text, a number or a truth value; empty removes it
   * @return empty when it cannot be done without touching something else: such a file is edited by
   *     hand
   */
  public static Optional<String> with(String text, Map<String, Optional<Object>> changes) {
    String edited = text;
    try {
      for (Map.Entry<String, Optional<Object>> change : changes.entrySet()) {
        Optional<String> next =
            change.getValue().isPresent()
                ? set(edited, change.getKey(), scalar(change.getValue().get()))
                : removed(edited, change.getKey());
        if (next.isEmpty()) {
          return Optional.empty();
        }
        edited = next.get();
      }
    } catch (RuntimeException e) {
      // What the library cannot read, we do not rewrite.
      return Optional.empty();
    }
    return says(text, edited, changes) ? Optional.of(edited) : Optional.empty();
  }

  /**
   * The text without a key of the top level and what stands below it; as it is when it has none.
   *
   * @return empty when that cannot be done safely
   */
  public static Optional<String> without(String text, String key) {
    try {
      Optional<MappingNode> root = root(text);
      Optional<NodeTuple> entry = root.flatMap(r -> entry(r, key));
      if (entry.isEmpty()) {
        return Optional.of(text);
      }
      String edited = cut(text, root.get(), entry.get());
      Map<String, Object> expected = new LinkedHashMap<>(map(text));
      expected.remove(key);
      return map(edited).equals(expected) ? Optional.of(edited) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean says(
      String before, String after, Map<String, Optional<Object>> changes) {
    Map<String, Object> expected = new LinkedHashMap<>(map(before));
    Map<String, Object> values = new LinkedHashMap<>();
    if (expected.get(SECTION) instanceof Map<?, ?> old) {
      old.forEach((name, value) -> values.put(String.valueOf(name), value));
    }
    changes.forEach(
        (name, value) ->
            value.ifPresentOrElse(v -> values.put(name, v), () -> values.remove(name)));
    Map<String, Object> got = new LinkedHashMap<>(map(after));
    Object section = got.remove(SECTION);
    expected.remove(SECTION);
    boolean same =
        values.isEmpty() ? !(section instanceof Map<?, ?> m) || m.isEmpty() : values.equals(section);
    return same && got.equals(expected) && comments(after).containsAll(comments(before));
  }

  private static List<String> comments(String text) {
    return text.lines().map(String::strip).filter(line -> line.startsWith("#")).toList();
  }

  private static Map<String, Object> map(String text) {
    Map<String, Object> map = new LinkedHashMap<>();
    parsed(text)
        .ifPresent(root -> root.entries().forEach(e -> map.put(e.key(), e.value().value())));
    return map;
  }

  private static Optional<Mapping> parsed(String text) {
    ProblemCollector problems = new ProblemCollector();
    // Also where a part of it could be read: a key that stands twice is somebody's to decide.
    return YamlFile.parse("", text, problems).filter(root -> !problems.problems().hasErrors());
  }

  private static Optional<String> set(String text, String name, String value) {
    Optional<MappingNode> root = root(text);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Optional<NodeTuple> section = entry(root.get(), SECTION);
    if (section.isEmpty()) {
      String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      return Optional.of(text + gap + SECTION + ":\n  " + name + ": " + value + "\n");
    }
    if (!(section.get().getValueNode() instanceof MappingNode values)) {
      return underEmpty(text, section.get(), name + ": " + value);
    }
    Optional<NodeTuple> there = entry(values, name);
    if (there.isPresent()) {
      Node old = there.get().getValueNode();
      boolean oneLine = old.getStartMark().getLine() == old.getEndMark().getLine();
      return old instanceof ScalarNode && oneLine && old.getAnchor() == null
          ? Optional.of(replaced(text, at(text, old.getStartMark()), at(text, old.getEndMark()), value))
          : Optional.empty();
    }
    if (values.getFlowStyle() == FlowStyle.FLOW) {
      int end = at(text, values.getEndMark()) - 1;
      String comma = values.getValue().isEmpty() ? "" : ", ";
      String head = text.substring(0, end).stripTrailing();
      return Optional.of(head + comma + name + ": " + value + " " + text.substring(end));
    }
    NodeTuple first = values.getValue().get(0);
    int line = lineStart(text, at(text, first.getKeyNode().getStartMark()));
    String indent = " ".repeat(first.getKeyNode().getStartMark().getColumn());
    return Optional.of(replaced(text, line, line, indent + name + ": " + value + "\n"));
  }

  /** {@code values:} with nothing behind it but perhaps a comment. */
  private static Optional<String> underEmpty(String text, NodeTuple section, String entry) {
    if (!(section.getValueNode() instanceof ScalarNode scalar) || !scalar.getValue().isEmpty()) {
      return Optional.empty();
    }
    int next = text.indexOf('\n', at(text, section.getKeyNode().getEndMark()));
    return Optional.of(
        next < 0
            ? text + "\n  " + entry + "\n"
            : replaced(text, next + 1, next + 1, "  " + entry + "\n"));
  }

  private static Optional<String> removed(String text, String name) {
    Optional<NodeTuple> section = root(text).flatMap(r -> entry(r, SECTION));
    if (section.isEmpty() || !(section.get().getValueNode() instanceof MappingNode values)) {
      return Optional.of(text);
    }
    Optional<NodeTuple> there = entry(values, name);
    if (there.isEmpty()) {
      return Optional.of(text);
    }
    if (values.getFlowStyle() == FlowStyle.FLOW) {
      return Optional.of(unlisted(text, values, there.get()));
    }
    int from = lineStart(text, at(text, there.get().getKeyNode().getStartMark()));
    int last = text.indexOf('\n', at(text, there.get().getValueNode().getEndMark()) - 1);
    String kept = replaced(text, from, last < 0 ? text.length() : last + 1, "");
    return Optional.of(kept);
  }

  /** An entry of {@code { a: b, c: d }} with the comma that belongs to it. */
  private static String unlisted(String text, MappingNode values, NodeTuple entry) {
    List<NodeTuple> all = values.getValue();
    int index = all.indexOf(entry);
    int from = at(text, entry.getKeyNode().getStartMark());
    int to = at(text, entry.getValueNode().getEndMark());
    if (index + 1 < all.size()) {
      to = at(text, all.get(index + 1).getKeyNode().getStartMark());
    } else if (index > 0) {
      from = at(text, all.get(index - 1).getValueNode().getEndMark());
    }
    return replaced(text, from, to, "");
  }

  private static String cut(String text, MappingNode root, NodeTuple entry) {
    List<NodeTuple> all = root.getValue();
    int index = all.indexOf(entry);
    int from = lineStart(text, at(text, entry.getKeyNode().getStartMark()));
    int to =
        index + 1 < all.size()
            ? lineStart(text, at(text, all.get(index + 1).getKeyNode().getStartMark()))
            : text.length();
    return replaced(text, from, to, "");
  }

  private static Optional<MappingNode> root(String text) {
    @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    return root instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK
        ? Optional.of(mapping)
        : Optional.empty();
  }

  private static Optional<NodeTuple> entry(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key))
        .findFirst();
  }

  /** The library counts code points. */
  private static int at(String text, Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  private static int lineStart(String text, int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private static String replaced(String text, int from, int to, String by) {
    return text.substring(0, from) + by + text.substring(to);
  }

  /** As YAML 1.1 and 1.2 read it alike. */
  private static String scalar(Object value) {
    String text = String.valueOf(value);
    if (!(value instanceof String)
        || (text.matches(PLAIN) && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT)))) {
      return text;
    }
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x2028) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }
}
