package io.arranque.documents;

import io.arranque.documents.Node.Entry;
import io.arranque.documents.Node.Fields;
import io.arranque.documents.Node.Items;
import io.arranque.documents.Node.Scalar;
import io.arranque.site.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a document may look like, written as a small YAML document itself, so that a table of a
 * format can be compared with that format's manual by eye:
 *
 * <pre>
 * hostname: string                        # text; also boolean, integer, number, null, any, object
 * mode: =auto | =off | boolean            # these words, or true or false
 * size: integer | /^[0-9]+[KMG]$/         # a number, or text that matches
 * delay: integer&gt;=0
 * packages: [1, string]                   # a list of at least one text; [6, 6, string]: of six
 * keyboard: { layout!: string }           # a mapping; the mark says that it must be there
 * labels: { &lt;any&gt;: string }               # with keys of any name; /regex/ for some names
 * user: { any-of: [string, { … }] }       # one of several shapes
 * apt: { &lt;min&gt;: 1, … }                    # with at least one key
 * user: { &lt;one&gt;: [a, b], … }            # with exactly one of these keys
 * client: { &lt;open&gt;: any, … }              # further keys are nobody's business
 * </pre>
 */
final class Shape {
  private static final String ANY_OF = "any-of";
  private static final String ANY = "<any>";
  private static final String OPEN = "<open>";
  private static final String MIN = "<min>";
  private static final String ONE = "<one>";

  private final Node table;

  private Shape(Node table) {
    this.table = table;
  }

  /**
   * @throws IllegalStateException when the table is no YAML: a mistake of ours
   */
  static Shape of(String table) {
    Parsed parsed = YamlText.parse(table, false);
    if (!parsed.findings().isEmpty()) {
      throw new IllegalStateException(parsed.findings().toString());
    }
    return new Shape(parsed.documents().get(0));
  }

  /** What is wrong with {@code value}; each line says where, what is wanted and what is there. */
  List<Finding> check(Node value) {
    List<Finding> found = new ArrayList<>();
    check(table, value, "", found);
    return found;
  }

  /** The keys that the table knows at its top. */
  List<String> keys() {
    return names((Fields) table);
  }

  private static void check(Node shape, Node value, String path, List<Finding> found) {
    if (shape instanceof Fields fields && alternatives(fields).isPresent()) {
      anyOf(alternatives(fields).get().items(), value, path, found);
    } else if (shape instanceof Scalar scalar) {
      if (Arrays.stream(scalar.text().split(" \\| ")).noneMatch(word -> is(word, value))) {
        refuse(shape, value, path, found);
      }
    } else if (shape instanceof Items list) {
      if (value instanceof Items items) {
        items(list, items, path, found);
      } else {
        refuse(shape, value, path, found);
      }
    } else if (shape instanceof Fields wanted) {
      if (value instanceof Fields fields) {
        fields(wanted, fields, path, found);
      } else {
        refuse(shape, value, path, found);
      }
    }
  }

  /** Of several shapes the one of the value's own kind says best what is wrong. */
  private static void anyOf(List<Node> shapes, Node value, String path, List<Finding> found) {
    List<Finding> nearest = new ArrayList<>();
    for (Node shape : shapes) {
      List<Finding> tried = new ArrayList<>();
      check(shape, value, path, tried);
      if (tried.isEmpty()) {
        return;
      }
      if (!(shape instanceof Scalar) && shape.getClass() == value.getClass()) {
        nearest = tried;
      }
    }
    if (nearest.isEmpty()) {
      String wanted = shapes.stream().map(Shape::describe).collect(Collectors.joining(" or "));
      found.add(Finding.error(value.line(), message(path, wanted, value)));
    } else {
      found.addAll(nearest);
    }
  }

  private static void items(Items shape, Items value, String path, List<Finding> found) {
    List<Node> parts = shape.items();
    Node item = parts.get(parts.size() - 1);
    int least = parts.size() > 1 ? number(parts.get(0)) : 0;
    int most = parts.size() > 2 ? number(parts.get(1)) : Integer.MAX_VALUE;
    int size = value.items().size();
    if (size < least || size > most) {
      String wanted =
          most == Integer.MAX_VALUE
              ? "a list of at least " + least
              : "a list of " + (least == most ? "" : least + " to ") + most;
      found.add(Finding.error(value.line(), at(path) + "wanted " + wanted + ", got " + size));
    }
    for (int i = 0; i < size; i++) {
      check(item, value.items().get(i), path + "[" + i + "]", found);
    }
  }

  private static void fields(Fields shape, Fields value, String path, List<Finding> found) {
    boolean open = shape.at(OPEN).isPresent();
    for (Entry entry : value.entries()) {
      String inside = path.isEmpty() ? entry.key() : path + "." + entry.key();
      Optional<Node> known = known(shape, entry.key());
      if (known.isPresent()) {
        check(known.get(), entry.value(), inside, found);
      } else if (!open) {
        found.add(
            Finding.error(
                entry.line(),
                at(inside) + "not a known key" + Spelling.hint(entry.key(), names(shape))));
      }
    }
    for (Entry wanted : shape.entries()) {
      String name = name(wanted.key());
      if (wanted.key().endsWith("!") && value.at(name).isEmpty()) {
        found.add(Finding.error(value.line(), at(path) + "wanted the key \"" + name + "\" too"));
      }
    }
    int least = shape.at(MIN).map(Shape::number).orElse(0);
    if (value.entries().size() < least) {
      found.add(Finding.error(value.line(), at(path) + "wanted at least one key, got none"));
    }
    List<String> one =
        shape.at(ONE).stream().flatMap(Node::each).map(key -> key.plain().orElseThrow()).toList();
    if (!one.isEmpty() && one.stream().filter(key -> value.at(key).isPresent()).count() != 1) {
      found.add(
          Finding.error(value.line(), at(path) + "wanted one key of " + String.join(", ", one)));
    }
  }

  private static Optional<Node> known(Fields shape, String key) {
    for (Entry entry : shape.entries()) {
      if (!isDirective(entry.key()) && name(entry.key()).equals(key)) {
        return Optional.of(entry.value());
      }
    }
    for (Entry entry : shape.entries()) {
      if (isPattern(entry.key()) && key.matches(inner(entry.key()))) {
        return Optional.of(entry.value());
      }
    }
    return shape.at(ANY);
  }

  private static boolean is(String word, Node value) {
    Node.Type type = value instanceof Scalar scalar ? scalar.type() : null;
    String text = value instanceof Scalar scalar ? scalar.text() : "";
    return switch (word) {
      case "any" -> true;
      case "object" -> value instanceof Fields;
      case "list" -> value instanceof Items;
      case "string" -> type == Node.Type.STRING;
      case "boolean" -> type == Node.Type.BOOLEAN;
      case "integer" -> type == Node.Type.INTEGER;
      case "number" -> type == Node.Type.NUMBER || type == Node.Type.INTEGER;
      case "null" -> type == Node.Type.NULL;
      case "url" -> type == Node.Type.STRING && text.matches("(?s)[a-zA-Z][a-zA-Z0-9+.-]*:.+");
      case "path" -> type == Node.Type.STRING && text.startsWith("/");
      default -> isSpecial(word, type, text);
    };
  }

  private static boolean isSpecial(String word, Node.@Nullable Type type, String text) {
    if (word.startsWith("=")) {
      return type == Node.Type.STRING && text.equals(word.substring(1));
    }
    if (isPattern(word)) {
      return type == Node.Type.STRING && text.matches("(?s)" + inner(word));
    }
    if (word.startsWith("number>=")) {
      return (type == Node.Type.INTEGER || type == Node.Type.NUMBER) && !text.startsWith("-");
    }
    if (word.startsWith("integer>=")) {
      return type == Node.Type.INTEGER
          && text.matches("-?[0-9]{1,18}")
          && Long.parseLong(text) >= Long.parseLong(word.substring("integer>=".length()));
    }
    throw new IllegalStateException("no word of a shape: " + word);
  }

  private static void refuse(Node shape, Node value, String path, List<Finding> found) {
    found.add(Finding.error(value.line(), message(path, describe(shape), value)));
  }

  private static String message(String path, String wanted, Node value) {
    String quote =
        value instanceof Scalar scalar
                && scalar.type() != Node.Type.STRING
                && wanted.startsWith("text")
            ? "; in quotes it is text"
            : "";
    return at(path) + "wanted " + wanted + ", got " + value.kind() + quote;
  }

  private static String describe(Node shape) {
    if (shape instanceof Items) {
      return "a list";
    }
    if (shape instanceof Fields fields) {
      return alternatives(fields)
          .map(a -> a.items().stream().map(Shape::describe).collect(Collectors.joining(" or ")))
          .orElse("a mapping");
    }
    return Arrays.stream(((Scalar) shape).text().split(" \\| "))
        .map(Shape::describeWord)
        .collect(Collectors.joining(" or "));
  }

  private static String describeWord(String word) {
    return switch (word) {
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "null" -> "nothing";
      case "object" -> "a mapping";
      case "list" -> "a list";
      case "url" -> "a URL";
      case "path" -> "an absolute path";
      default ->
          word.startsWith("=")
              ? word.substring(1)
              : word.contains(">=")
                  ? "a number from " + word.substring(word.indexOf('=') + 1)
                  : "text like " + inner(word);
    };
  }

  private static Optional<Items> alternatives(Fields shape) {
    return shape.at(ANY_OF).filter(Items.class::isInstance).map(Items.class::cast);
  }

  private static List<String> names(Fields shape) {
    return shape.entries().stream()
        .map(Entry::key)
        .filter(key -> !isDirective(key) && !isPattern(key))
        .map(Shape::name)
        .toList();
  }

  private static boolean isDirective(String key) {
    return key.startsWith("<");
  }

  private static boolean isPattern(String key) {
    return key.length() > 1 && key.startsWith("/") && key.endsWith("/");
  }

  private static String inner(String pattern) {
    return pattern.substring(1, pattern.length() - 1);
  }

  private static String name(String key) {
    return key.endsWith("!") ? key.substring(0, key.length() - 1) : key;
  }

  private static int number(Node node) {
    return Integer.parseInt(node.plain().orElseThrow());
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : path + ": ";
  }
}
