package io.arranque.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Our own format. Texts are always in double quotes, as JSON has them, which YAML reads the same in
 * each of its versions: {@code no}, {@code 007} and {@code 52:54} stay what they are.
 */
final class YamlWriter {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  /** YAML 1.1 reads these as true, false or nothing, also as keys. */
  private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

  private final StringBuilder text = new StringBuilder();

  /**
   * @param removed whether to forget it
   * @param fields an empty one is cleared on import
   */
  record Block(String key, boolean removed, SortedMap<String, Optional<String>> fields) {
    static Block of(String key, Map<String, String> fields) {
      SortedMap<String, Optional<String>> set = new TreeMap<>();
      fields.forEach((name, value) -> set.put(name, Optional.of(value)));
      return new Block(key, false, set);
    }
  }

  private YamlWriter() {}

  /**
   * @param heading lines of comment
   */
  static String write(List<String> heading, List<Block> rooms, List<Block> machines) {
    YamlWriter writer = new YamlWriter();
    heading.forEach(line -> writer.text.append(comment(line)));
    writer.text.append("arranque: 1\n");
    writer.list("rooms", "name", rooms);
    writer.list("machines", "mac", machines);
    return writer.text.toString();
  }

  /** A line that ends the comment would be read. */
  static String comment(String line) {
    return "# " + line.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", " ") + "\n";
  }

  private void list(String name, String key, List<Block> blocks) {
    text.append(name).append(':').append(blocks.isEmpty() ? " []\n" : "\n");
    for (Block block : blocks) {
      text.append("- ").append(key).append(": ").append(quoted(block.key())).append('\n');
      if (block.removed()) {
        text.append("  forget: true\n");
      }
      block.fields().entrySet().stream()
          .filter(field -> !isNested(field.getKey()))
          .forEach(field -> line("  ", field.getKey(), field.getValue()));
      nested(block, Entry.VARS);
      nested(block, Entry.OPTIONS);
    }
  }

  private static boolean isNested(String field) {
    return field.startsWith(Entry.VARS) || field.startsWith(Entry.OPTIONS);
  }

  private void nested(Block block, String prefix) {
    if (block.fields().keySet().stream().noneMatch(field -> field.startsWith(prefix))) {
      return;
    }
    text.append("  ").append(prefix, 0, prefix.length() - 1).append(":\n");
    block
        .fields()
        .forEach(
            (field, value) -> {
              if (field.startsWith(prefix)) {
                line("    ", field.substring(prefix.length()), value);
              }
            });
  }

  private void line(String indent, String key, Optional<String> value) {
    boolean plain = PLAIN_KEY.matcher(key).matches() && !WORD.matcher(key).matches();
    text.append(indent)
        .append(plain ? key : quoted(key))
        .append(": ")
        .append(value.map(YamlWriter::quoted).orElse("null"))
        .append('\n');
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else if (Character.isSurrogate(c) || c >= 0xfe00) {
        // SnakeYAML takes escaped halves together again.
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
