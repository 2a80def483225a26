package io.arranque.documents.rancheros;

import io.arranque.documents.rancheros.Tree.Entries;
import io.arranque.documents.rancheros.Tree.Items;
import io.arranque.documents.rancheros.Tree.Literal;
import io.arranque.documents.rancheros.Tree.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the one form of YAML that RancherOS reads for certain: block style, every text in double
 * quotes, ASCII. Its parser marshals what it read and reads that again, so that bugs of its own
 * emitter count too: the less is used of the language, the better.
 */
final class Emitter {
  private final StringBuilder out = new StringBuilder();

  private Emitter() {}

  /**
   * The whole document. Texts in it must be ASCII but for contents of files, which are written as
   * base64 when they are not; {@link CloudConfigLinter} tells.
   */
  static String document(String comment, Entries root) {
    Emitter emitter = new Emitter();
    emitter.out.append("#cloud-config\n");
    comment.lines().forEach(line -> emitter.out.append("# ").append(line).append('\n'));
    emitter.entries(root, 0);
    return emitter.out.toString();
  }

  /** A file of {@code write_files}. */
  static Entries file(String path, String permissions, String content) {
    Map<String, Tree> file = new LinkedHashMap<>();
    file.put("path", new Text(path));
    file.put("permissions", new Text(permissions));
    file.put("owner", new Text("root"));
    if (isBlock(content) || content.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      file.put("content", new Text(content));
    } else {
      file.put("encoding", new Text("b64"));
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      file.put("content", new Text(Base64.getEncoder().encodeToString(bytes)));
    }
    return new Entries(file);
  }

  private void entries(Entries node, int indent) {
    boolean first = true;
    for (Map.Entry<String, Tree> entry : node.entries().entrySet()) {
      if (indent >= 0 && (!first || indent == 0 || !isAfterDash())) {
        out.append(" ".repeat(indent));
      }
      first = false;
      out.append(key(entry.getKey())).append(':');
      value(entry.getValue(), indent);
    }
  }

  private boolean isAfterDash() {
    return out.length() > 1
        && out.charAt(out.length() - 1) == ' '
        && out.charAt(out.length() - 2) == '-';
  }

  private void value(Tree value, int indent) {
    if (value instanceof Text text && isBlock(text.text())) {
      out.append(" |\n");
      text.text()
          .lines()
          .forEach(
              line -> {
                // An empty line stays empty: trailing blanks would become part of the text.
                if (!line.isEmpty()) {
                  out.append(" ".repeat(indent + 2)).append(line);
                }
                out.append('\n');
              });
    } else if (value instanceof Text text) {
      out.append(' ').append(quoted(text.text())).append('\n');
    } else if (value instanceof Literal literal) {
      out.append(' ').append(literal.text()).append('\n');
    } else if (value instanceof Items list) {
      out.append(list.items().isEmpty() ? " []\n" : "\n");
      items(list, indent + 2);
    } else if (value instanceof Entries inside) {
      out.append(inside.entries().isEmpty() ? " {}\n" : "\n");
      entries(inside, indent + 2);
    }
  }

  private void items(Items list, int indent) {
    for (Tree item : list.items()) {
      out.append(" ".repeat(indent)).append('-');
      if (item instanceof Items row) {
        // The one form of a list in a list that was seen to work, with quotes around every text.
        out.append(
            row.items().stream().map(Emitter::cell).collect(Collectors.joining(", ", " [", "]\n")));
      } else if (item instanceof Entries inside && !inside.entries().isEmpty()) {
        out.append(' ');
        entries(inside, indent + 2);
      } else {
        value(item, indent);
      }
    }
  }

  private static String cell(Tree cell) {
    if (cell instanceof Text text) {
      return quoted(text.text());
    }
    if (cell instanceof Literal literal) {
      return literal.text();
    }
    throw new IllegalArgumentException("lists three deep are no cloud-config");
  }

  private static String key(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_.-]*")
            && !key.matches("(?i)y|n|yes|no|on|off|true|false|null")
        ? key
        : quoted(key);
  }

  /** Of double-quoted escapes only those that were seen to work: no {@code \}{@code u}. */
  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }

  /** Whether a literal block gives exactly this text: whole lines of printable ASCII. */
  private static boolean isBlock(String text) {
    return text.endsWith("\n")
        && !text.endsWith("\n\n")
        && !text.startsWith(" ")
        && !text.startsWith("\n")
        && text.indexOf(" \n") < 0
        && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
  }
}
