package io.arranque.documents;

import io.arranque.documents.Node.Entry;
import io.arranque.documents.Node.Fields;
import io.arranque.documents.Node.Items;
import io.arranque.documents.Node.Scalar;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML 1.1 as PyYAML and Go's parser read it, with lines. SnakeYAML's nodes and not its objects:
 * those know neither line nor which of two equal keys was there.
 */
final class YamlText {
  /** An alias that is used in aliases of aliases grows exponentially. */
  private static final int NODES_MAX = 100_000;

  private static final Set<String> TAGS =
      Set.of("str", "int", "float", "bool", "null", "timestamp", "binary", "map", "seq", "set");
  private static final String STANDARD = "tag:yaml.org,2002:";

  private final List<Finding> findings = new ArrayList<>();
  private final List<Integer> visited = new ArrayList<>();

  private YamlText() {}

  /** A text with one document, or with several if {@code stream}. */
  static Parsed parse(String text, boolean stream) {
    YamlText reading = new YamlText();
    try {
      Yaml yaml = new Yaml(new LoaderOptions());
      List<Node> documents = new ArrayList<>();
      if (stream) {
        for (var root : yaml.composeAll(new StringReader(text))) {
          documents.add(reading.convert(root, List.of()));
        }
      } else {
        var root = yaml.compose(new StringReader(text));
        documents.add(
            root == null ? new Scalar(1, Node.Type.NULL, "") : reading.convert(root, List.of()));
      }
      return new Parsed(List.copyOf(documents), List.copyOf(reading.findings));
    } catch (MarkedYAMLException e) {
      return Parsed.refused(lineOf(e), "not YAML: " + words(e.getProblem()));
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      return Parsed.refused(line, "not YAML: a character that YAML forbids");
    } catch (YAMLException e) {
      return Parsed.refused(1, "not YAML: " + words(e.getMessage()));
    }
  }

  private static String words(@Nullable String problem) {
    return problem == null ? "it cannot be parsed" : problem.strip().replaceAll("\\s+", " ");
  }

  /**
   * What lacks its colon or its closing quote is noticed only at the next token, often far below.
   */
  private static int lineOf(MarkedYAMLException e) {
    String context = String.valueOf(e.getContext());
    boolean above = context.contains("simple key") || context.contains("quoted scalar");
    @Nullable Mark mark = above ? e.getContextMark() : e.getProblemMark();
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private Node convert(
      org.yaml.snakeyaml.nodes.Node node, List<org.yaml.snakeyaml.nodes.Node> around) {
    int line = node.getStartMark().getLine() + 1;
    visited.add(line);
    if (around.contains(node) || visited.size() > NODES_MAX) {
      throw new YAMLException("an alias that contains itself, or aliases that grow without bound");
    }
    checkTag(node.getTag(), line);
    List<org.yaml.snakeyaml.nodes.Node> inside = new ArrayList<>(around);
    inside.add(node);
    if (node instanceof ScalarNode scalar) {
      return new Scalar(line, type(scalar), scalar.getValue());
    }
    if (node instanceof SequenceNode sequence) {
      List<Node> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(convert(item, inside)));
      return new Items(line, List.copyOf(items));
    }
    if (node instanceof MappingNode mapping) {
      return new Fields(line, entries(mapping, inside));
    }
    throw new AssertionError(node.getNodeId());
  }

  private List<Entry> entries(MappingNode mapping, List<org.yaml.snakeyaml.nodes.Node> around) {
    List<Entry> merged = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        findings.add(
            Finding.error(
                line,
                "a key that is itself a list or a mapping, wanted key: value; a template's {{ … }}"
                    + " that was not filled in looks like this"));
        continue;
      }
      Node value = convert(tuple.getValueNode(), around);
      if (key.getTag().equals(Tag.MERGE)) {
        merge(value, merged);
        continue;
      }
      Integer first = lines.putIfAbsent(key.getValue(), line);
      if (first != null) {
        findings.add(
            Finding.warning(
                line,
                "key \"" + key.getValue() + "\" stands in line " + first + " too; the last wins"));
      }
      entries.add(new Entry(line, key.getValue(), value));
    }
    merged.removeIf(entry -> lines.containsKey(entry.key()));
    entries.addAll(merged);
    return List.copyOf(entries);
  }

  private static void merge(Node value, List<Entry> merged) {
    if (value instanceof Fields fields) {
      merged.addAll(fields.entries());
    }
    value.each().forEach(item -> merge(item, merged));
  }

  private void checkTag(Tag tag, int line) {
    String name = tag.getValue();
    boolean known =
        name.startsWith(STANDARD)
            && (TAGS.contains(name.substring(STANDARD.length())) || tag.equals(Tag.MERGE));
    if (!known) {
      findings.add(
          Finding.error(line, "a tag that no reader knows: " + name.replace(STANDARD, "!!")));
    }
  }

  private static Node.Type type(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      return Node.Type.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      // SnakeYAML takes 1e3 for a number. PyYAML wants a dot, and then so do we.
      return scalar.getValue().contains(".") ? Node.Type.NUMBER : Node.Type.STRING;
    }
    if (tag.equals(Tag.BOOL)) {
      return Node.Type.BOOLEAN;
    }
    if (tag.equals(Tag.TIMESTAMP)) {
      return Node.Type.DATE;
    }
    return tag.equals(Tag.NULL) ? Node.Type.NULL : Node.Type.STRING;
  }
}
