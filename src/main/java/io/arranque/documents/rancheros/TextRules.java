package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What its parser makes of letters and notation, whatever they mean. */
final class TextRules {
  private static final Pattern ADDRESS = Pattern.compile("\\$(private|public)_ipv[46]");
  private static final Pattern BRACED = Pattern.compile("\\$\\{(private|public)_ipv[46]}");

  private final String text;
  private final List<Finding> found;
  private final List<String> lines;

  TextRules(String text, List<Finding> found) {
    this.text = text;
    this.found = found;
    this.lines = text.lines().toList();
  }

  /**
   * What can be said before it is parsed. False when it is no cloud-config, so nothing else can.
   */
  boolean start(Channel channel) {
    if (text.startsWith("\ufeff")) {
      error(1, "a byte order mark, after which RancherOS knows no #cloud-config, wanted none");
      return false;
    }
    if (text.contains("\r")) {
      int line = (int) text.substring(0, text.indexOf('\r')).chars().filter(c -> c == '\n').count();
      found.add(
          Finding.warning(
              line + 1, "lines end in CR LF, which 'ros config validate' refuses, wanted LF"));
    }
    String first = lines.isEmpty() ? "" : lines.get(0).stripTrailing();
    if (first.startsWith("#!") || first.equals("#compose")) {
      found.add(
          Finding.warning(
              1,
              first.startsWith("#!")
                  ? "a script instead of a cloud-config: no keys, no files, and docker waits for"
                      + " its end, wanted #cloud-config"
                  : "services only: no keys and no files, wanted #cloud-config"));
      return false;
    }
    if (channel == Channel.URL && !first.equals("#cloud-config")) {
      error(
          1,
          "no header, so that RancherOS drops the whole file, wanted the first line to be exactly"
              + " #cloud-config");
    }
    directives();
    return true;
  }

  private void directives() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("%")) {
        error(i + 1, "a directive of YAML, for which it drops the whole file, wanted none");
      }
    }
  }

  /** Everything that is written, but comments. */
  void tree(Node root) {
    Set<Integer> blockLines = new HashSet<>();
    Set<Node> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof ScalarNode scalar) {
        scalar(scalar);
        if (Nodes.isBlock(scalar)) {
          for (int l = Nodes.line(node); l <= node.getEndMark().getLine() + 1; l++) {
            blockLines.add(l);
          }
        }
      } else if (node instanceof CollectionNode<?> collection) {
        boolean flow = collection.getFlowStyle() == FlowStyle.FLOW;
        children(collection, flow, open);
      }
    }
    tabs(blockLines);
  }

  private void children(CollectionNode<?> collection, boolean flow, Deque<Node> open) {
    if (collection instanceof MappingNode mapping) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Node key = tuple.getKeyNode();
        if (!keys.add(Nodes.text(key)) && key instanceof ScalarNode) {
          error(Nodes.line(key), Nodes.text(key) + ": a key twice, wanted it once: one is lost");
        }
        child(key, flow, open);
        child(tuple.getValueNode(), flow, open);
      }
    } else {
      Nodes.items(collection).forEach(item -> child(item, flow, open));
    }
  }

  /** Inside of brackets its parser ends a bare word at a colon. */
  private void child(Node node, boolean flow, Deque<Node> open) {
    if (flow
        && node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().contains(":")) {
      error(
          Nodes.line(node),
          "a bare word with a colon inside of brackets, a syntax error to RancherOS's parser,"
              + " wanted quotes around it");
    }
    open.push(node);
  }

  private void scalar(ScalarNode scalar) {
    String value = scalar.getValue();
    letters(scalar);
    if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
      escapes(scalar);
    }
    Matcher address = ADDRESS.matcher(value);
    if (address.find()) {
      error(
          lineWith(scalar, address.group()),
          address.group()
              + ": there is no metadata behind a URL, so this becomes <nil>, wanted"
              + " {{ machine.address }}");
    }
    Matcher braced = BRACED.matcher(value);
    if (braced.find()) {
      found.add(
          Finding.warning(
              lineWith(scalar, braced.group()),
              braced.group() + ": stays as it is, wanted {{ machine.address }}"));
    }
  }

  private void letters(ScalarNode scalar) {
    for (int c : scalar.getValue().codePoints().toArray()) {
      boolean plain = (c >= ' ' && c <= '~') || c == '\n' || c == '\t' || c == '\r';
      if (!plain) {
        String letter = new String(Character.toChars(c));
        boolean shown = Character.isLetterOrDigit(c);
        error(
            lineWith(scalar, letter),
            "not ASCII (%sU+%04X), which corrupts the value or loses the whole file, wanted ASCII;"
                    .formatted(shown ? letter + ", " : "", c)
                + " in write_files encoding: b64");
        return;
      }
    }
  }

  private void escapes(ScalarNode scalar) {
    int[] points = text.codePoints().toArray();
    int end = Math.min(scalar.getEndMark().getIndex(), points.length);
    for (int i = scalar.getStartMark().getIndex(); i < end - 1; i++) {
      if (points[i] != '\\') {
        continue;
      }
      int escape = points[++i];
      if (escape == 'u' || escape == 'U' || escape == 'x') {
        error(
            lineAt(points, i),
            "\\" + (char) escape + ": an escape that its parser cannot read, wanted ASCII");
      }
    }
  }

  /** A block's first line is its key's; a letter in it may stand far below. */
  private int lineWith(ScalarNode scalar, String part) {
    int from = scalar.getStartMark().getLine();
    int to = Math.min(scalar.getEndMark().getLine(), lines.size() - 1);
    for (int i = from; i <= to; i++) {
      if (lines.get(i).contains(part)) {
        return i + 1;
      }
    }
    return from + 1;
  }

  private static int lineAt(int[] points, int index) {
    int line = 1;
    for (int i = 0; i < index; i++) {
      line += points[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private void tabs(Set<Integer> blockLines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean comment = line.strip().startsWith("#");
      if (line.contains("\t") && !comment) {
        String message = "a tab, which its parser does not take, wanted blanks";
        found.add(
            blockLines.contains(i + 1)
                ? Finding.warning(i + 1, message + "; in write_files encoding: b64")
                : Finding.error(i + 1, message));
      }
    }
  }

  private void error(int line, String message) {
    found.add(Finding.error(line, message));
  }
}
