package io.arranque.documents.rancheros;

import io.arranque.documents.rancheros.Tree.Entries;
import io.arranque.documents.rancheros.Tree.Items;
import io.arranque.documents.rancheros.Tree.Literal;
import io.arranque.documents.rancheros.Tree.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** From an operator's cloud-config to a tree, so that it can be written again in the one form. */
final class Reading {
  private Reading() {}

  static Entries entries(MappingNode node) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (Nodes.Entry entry : Nodes.entries(node)) {
      if (!Nodes.isNothing(entry.value())) {
        entries.putIfAbsent(entry.key(), tree(entry.value()));
      }
    }
    return new Entries(entries);
  }

  private static Tree tree(Node node) {
    if (node instanceof MappingNode mapping) {
      return entries(mapping);
    }
    if (node instanceof SequenceNode sequence) {
      return new Items(sequence.getValue().stream().map(Reading::tree).toList());
    }
    String text = Nodes.text(node);
    return Nodes.isFlag(node) || Nodes.isNumber(node) ? new Literal(text) : new Text(text);
  }

  /** Where a path such as {@code rancher.docker.bip} or {@code write_files /etc/x} stands. */
  static int lineOf(String document, String path) {
    String[] parts = path.split(" ", 2);
    String wanted =
        parts.length == 2 ? parts[1] : parts[0].substring(parts[0].lastIndexOf('.') + 1);
    List<String> lines = document.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      boolean here =
          parts.length == 2
              ? lines.get(i).contains("path:") && lines.get(i).contains(wanted)
              : lines.get(i).strip().startsWith(wanted + ":");
      if (here) {
        return i + 1;
      }
    }
    return 1;
  }
}
