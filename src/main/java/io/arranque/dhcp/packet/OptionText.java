package io.arranque.dhcp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An option's value as one line of text, as people type it into a form: {@code 192.168.33.1}, or a
 * list as YAML would write it, {@code [10.0.0.0/8 via 192.168.33.1, "a, b"]}.
 */
public final class OptionText {
  private OptionText() {}

  /** The text, or the list that it writes: what {@link OptionParser} takes. */
  public static Object value(String text) {
    String line = text.strip();
    return line.startsWith("[") && line.endsWith("]") && line.length() > 1
        ? items(line.substring(1, line.length() - 1))
        : unquoted(line);
  }

  /** The line that {@link #value} reads as this list. */
  public static String of(List<String> items) {
    return items.stream().map(OptionText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static List<String> items(String inside) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (quote == 0 && c == ',') {
        items.add(unquoted(item.toString().strip()));
        item.setLength(0);
        continue;
      }
      boolean opens = quote == 0 && item.toString().isBlank() && (c == '"' || c == '\'');
      quote = opens ? c : c == quote ? 0 : quote;
      item.append(c);
    }
    if (!items.isEmpty() || !item.toString().isBlank()) {
      items.add(unquoted(item.toString().strip()));
    }
    return List.copyOf(items);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String quoted(String item) {
    boolean plain = item.equals(item.strip()) && !item.isEmpty() && item.matches("[^,'\"\\[\\]]*");
    return plain ? item : item.contains("\"") ? "'" + item + "'" : '"' + item + '"';
  }
}
