package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Words for the YAML library's nodes. It resolves types as YAML 1.1 does, like RancherOS's own. */
final class Nodes {
  private Nodes() {}

  /** From 1. */
  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  static boolean isText(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
  }

  static boolean isNumber(Node node) {
    return node instanceof ScalarNode
        && (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT));
  }

  static boolean isFlag(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.BOOL);
  }

  static boolean isNothing(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  static boolean isBlock(ScalarNode node) {
    return node.getScalarStyle() == ScalarStyle.LITERAL
        || node.getScalarStyle() == ScalarStyle.FOLDED;
  }

  /** Its text as written; empty when it is no scalar. */
  static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** What it is, for messages. */
  static String kind(Node node) {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (isFlag(node)) {
      return "a yes or no without quotes";
    }
    if (isNothing(node)) {
      return "nothing";
    }
    return isText(node) ? "a text" : isNumber(node) ? "a number without quotes" : "a date";
  }

  record Entry(int line, String key, Node value) {}

  /** In the order of writing; keys that are no single words are left out. */
  static List<Entry> entries(Node node) {
    List<Entry> entries = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          entries.add(new Entry(line(key), key.getValue(), tuple.getValueNode()));
        }
      }
    }
    return entries;
  }

  static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  static Optional<Node> get(Node node, String key) {
    return entries(node).stream().filter(e -> e.key().equals(key)).map(Entry::value).findFirst();
  }

  /** The texts of a scalar or of a list. */
  static List<String> words(Node node) {
    return node instanceof SequenceNode
        ? items(node).stream().map(Nodes::text).toList()
        : List.of(text(node));
  }

  /** Each item has to be a text. */
  static void wantTexts(Node list, String path, String why, List<Finding> found) {
    for (Node item : items(list)) {
      if (!isText(item)) {
        found.add(
            Finding.error(
                line(item),
                "%s: %s, wanted texts, in quotes, got %s".formatted(path, why, kind(item))));
      }
    }
  }
}
