package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Tells what RancherOS would lose of a cloud-config, which it does without a word: its own {@code
 * ros config validate} finds little of this. Messages never quote a value, for it may be a secret.
 */
public final class CloudConfigLinter {
  private CloudConfigLinter() {}

  /** What is wrong, by line. */
  public static List<Finding> lint(String text, Channel channel) {
    List<Finding> found = new ArrayList<>();
    TextRules letters = new TextRules(text, found);
    if (letters.start(channel)) {
      parse(text, found)
          .ifPresent(
              root -> {
                letters.tree(root);
                new KeyRules(channel, found).top(root);
              });
    }
    return found.stream().distinct().sorted(Comparator.comparingInt(Finding::line)).toList();
  }

  /** The mapping, or a finding why there is none. */
  static Optional<MappingNode> parse(String text, List<Finding> found) {
    try {
      @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        return Optional.of(mapping);
      }
      if (root != null) {
        found.add(
            Finding.error(
                Nodes.line(root), "no mapping, wanted key: value, got " + Nodes.kind(root)));
      }
    } catch (MarkedYAMLException e) {
      @Nullable Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String problem = e.getProblem() == null ? "" : ": " + oneLine(e.getProblem());
      found.add(
          Finding.error(
              mark == null ? 1 : mark.getLine() + 1,
              "not YAML, so that RancherOS drops the whole file" + problem));
    } catch (YAMLException e) {
      found.add(Finding.error(1, "not YAML, so that RancherOS drops the whole file"));
    }
    return Optional.empty();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
