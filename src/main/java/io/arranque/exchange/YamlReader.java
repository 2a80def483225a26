package io.arranque.exchange;

import io.arranque.exchange.Entry.Subject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

/** Our own format, with everything that people decided. Scalars keep the text as it is written. */
final class YamlReader {
  private static final Set<String> MACHINE_FIELDS =
      Set.of(Entry.HOSTNAME, Entry.ROOM, Entry.SEAT, Entry.ROLE, Entry.RESERVATION, Entry.POLICY);
  private static final Set<String> ROOM_FIELDS = Set.of(Entry.DESCRIPTION);

  private final List<Entry> entries = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  private YamlReader() {}

  static Reading read(String text) {
    YamlReader reader = new YamlReader();
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Reading.MAX_BYTES);
    options.setNestingDepthLimit(10);
    try {
      @Nullable Node root = new Yaml(options).compose(new StringReader(text));
      if (root != null) {
        reader.root(root);
      }
    } catch (MarkedYAMLException e) {
      @Nullable Mark mark = e.getProblemMark();
      String where = mark == null ? "" : "line " + (mark.getLine() + 1) + ": ";
      return malformed(where + e.getProblem());
    } catch (YAMLException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
    return Reading.of(Format.YAML, reader.entries, reader.remarks);
  }

  private static Reading malformed(String why) {
    return Reading.failed(
        Optional.of(Format.YAML), Rule.YAML_MALFORMED, why.replaceAll("\\s+", " "));
  }

  private void root(Node root) {
    if (!(root instanceof MappingNode mapping)) {
      remarks.add(Remark.refusal(0, "", Rule.YAML_SHAPE, "machines: [ … ]"));
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode());
      switch (key) {
        case "arranque" -> {
          if (!text(tuple.getValueNode()).equals("1")) {
            remarks.add(Remark.refusal(0, key, Rule.YAML_SHAPE, "arranque: 1"));
          }
        }
        case "rooms" -> list(tuple, Subject.ROOM);
        case "machines" -> list(tuple, Subject.MACHINE);
        default ->
            remarks.add(Remark.refusal(0, "", Rule.YAML_KEY_UNKNOWN, key + ": rooms, machines"));
      }
    }
  }

  private void list(NodeTuple tuple, Subject subject) {
    Node value = tuple.getValueNode();
    if (isNothing(value)) {
      return;
    }
    if (!(value instanceof SequenceNode sequence)) {
      remarks.add(Remark.refusal(0, text(tuple.getKeyNode()), Rule.YAML_SHAPE, "[ … ]"));
      return;
    }
    for (Node item : sequence.getValue()) {
      if (entries.size() > Reading.MAX_ROWS) {
        return;
      }
      if (item instanceof MappingNode mapping) {
        entries.add(entry(mapping, subject));
      } else {
        remarks.add(Remark.refusal(line(item), "", Rule.YAML_SHAPE, "- mac: …"));
      }
    }
  }

  private static Entry entry(MappingNode mapping, Subject subject) {
    String keyName = subject == Subject.MACHINE ? "mac" : "name";
    Set<String> known = subject == Subject.MACHINE ? MACHINE_FIELDS : ROOM_FIELDS;
    SortedMap<String, Optional<String>> fields = new TreeMap<>();
    List<Remark> remarks = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String key = "";
    boolean removed = false;
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode());
      Node value = tuple.getValueNode();
      if (!seen.add(name)) {
        remarks.add(Remark.refusal(line(tuple.getKeyNode()), name, Rule.YAML_SHAPE, name + ", 2×"));
      } else if (name.equals(keyName)) {
        key = text(value).strip();
      } else if (name.equals("forget")) {
        removed = text(value).equals("true");
      } else if (name.equals("vars") || name.equals("options")) {
        nested(name + ".", value, fields, remarks);
      } else if (known.contains(name)) {
        field(name, value, fields, remarks);
      } else {
        remarks.add(Remark.refusal(line(value), name, Rule.YAML_KEY_UNKNOWN, name));
      }
    }
    return new Entry(line(mapping), subject, key, fields, removed, remarks);
  }

  private static void nested(
      String prefix, Node value, SortedMap<String, Optional<String>> fields, List<Remark> remarks) {
    if (value instanceof MappingNode inner) {
      for (NodeTuple tuple : inner.getValue()) {
        field(prefix + text(tuple.getKeyNode()), tuple.getValueNode(), fields, remarks);
      }
    } else if (!isNothing(value)) {
      remarks.add(Remark.refusal(line(value), prefix, Rule.YAML_SHAPE, "{ … }"));
    }
  }

  private static void field(
      String name, Node value, SortedMap<String, Optional<String>> fields, List<Remark> remarks) {
    if (value instanceof ScalarNode scalar) {
      Optional<String> text = isNothing(value) ? Optional.empty() : Optional.of(scalar.getValue());
      if (fields.putIfAbsent(name, text) != null) {
        remarks.add(Remark.refusal(line(value), name, Rule.YAML_SHAPE, name + ", 2×"));
      }
    } else {
      remarks.add(Remark.refusal(line(value), name, Rule.YAML_SHAPE, "\"…\""));
    }
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("~")
            || scalar.getValue().equals("null"));
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
