package io.arranque.site;

import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import io.arranque.site.YamlNode.Scalar;
import io.arranque.site.YamlNode.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Text to {@link YamlNode}. The only class that knows the YAML library. It asks SnakeYAML, which is
 * what Jackson's YAML module stands on, for its nodes: Jackson's own tree has no line numbers and
 * has already turned {@code off} into false.
 */
final class YamlFile {
  /** Far above any real file; an alias that is used in aliases of aliases grows exponentially. */
  private static final int NODES_MAX = 100_000;

  private final String file;
  private final ProblemCollector problems;
  private int nodes;

  private YamlFile(String file, ProblemCollector problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's mapping; an empty file is an empty one. Empty when the file is no mapping. */
  static Optional<Mapping> parse(String file, String text, ProblemCollector problems) {
    try {
      @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root == null) {
        return Optional.of(new Mapping(1, List.of()));
      }
      return new YamlFile(file, problems).root(root);
    } catch (MarkedYAMLException e) {
      int line = lineOf(e);
      problems.error(file, line, "", syntax(e.getProblem(), lineOf(text, line)));
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      problems.error(file, line, "", syntax("a character that YAML forbids", lineOf(text, line)));
    } catch (YAMLException e) {
      problems.error(file, 1, "", syntax(e.getMessage(), lineOf(text, 1)));
    }
    return Optional.empty();
  }

  private static String syntax(@Nullable String problem, String line) {
    String reason = problem == null ? "" : ": " + problem.strip().replaceAll("\\s+", " ");
    return "not YAML" + reason + ", wanted e.g. key: value, got " + ProblemCollector.quoted(line);
  }

  /** A line without its colon is noticed only at the next token, often far below. */
  private static int lineOf(MarkedYAMLException e) {
    boolean colonMissing = String.valueOf(e.getContext()).contains("simple key");
    @Nullable Mark mark = colonMissing ? e.getContextMark() : e.getProblemMark();
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private static String lineOf(String text, int line) {
    return text.lines().skip(line - 1L).findFirst().orElse("").strip();
  }

  private Optional<Mapping> root(Node root) {
    YamlNode converted = convert(root, "", List.of());
    if (converted instanceof Mapping mapping) {
      return Optional.of(new Mapping(1, mapping.entries()));
    }
    if (converted instanceof Scalar scalar && scalar.isNothing()) {
      return Optional.of(new Mapping(1, List.of()));
    }
    problems.error(
        file, converted.line(), "", "not a mapping, wanted key: value, got " + converted.kind());
    return Optional.empty();
  }

  private YamlNode convert(Node node, String path, List<Node> around) {
    int line = node.getStartMark().getLine() + 1;
    if (around.contains(node) || ++nodes > NODES_MAX) {
      throw new YAMLException("an alias that contains itself, or aliases that grow without bound");
    }
    List<Node> inside = new ArrayList<>(around);
    inside.add(node);
    if (node instanceof ScalarNode scalar) {
      return new Scalar(line, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, path + "[" + items.size() + "]", inside));
      }
      return new Sequence(line, List.copyOf(items));
    }
    if (node instanceof MappingNode mapping) {
      return new Mapping(line, entries(mapping, path, inside));
    }
    throw new AssertionError(node.getNodeId());
  }

  private List<Entry> entries(MappingNode mapping, String path, List<Node> inside) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      int line = keyNode.getStartMark().getLine() + 1;
      if (!(keyNode instanceof ScalarNode scalar)) {
        problems.error(file, line, path, "a key that is no single word, wanted key: value");
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      Integer first = lines.putIfAbsent(key, line);
      if (first != null) {
        problems.error(
            file, line, keyPath, "a key twice, wanted it once, got it in line " + first + " too");
        continue;
      }
      entries.add(new Entry(line, key, convert(tuple.getValueNode(), keyPath, inside)));
    }
    return List.copyOf(entries);
  }
}
