package io.arranque.plan;

import java.util.List;

/** Which line of a template a line of its result came from, as far as can be told. */
final class TemplateLines {
  private TemplateLines() {}

  /**
   * From 1, like {@code line}. The n-th of equal lines is the n-th of those; a line with a value in
   * it is the one that begins like it.
   */
  static int of(String template, String rendered, int line) {
    List<String> from = template.lines().toList();
    List<String> to = rendered.lines().toList();
    if (line < 1 || line > to.size() || from.isEmpty()) {
      return Math.max(1, Math.min(line, from.size()));
    }
    String wanted = to.get(line - 1);
    long before = to.subList(0, line - 1).stream().filter(wanted::equals).count();
    int best = Math.min(line, from.size());
    int longest = 0;
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).equals(wanted) && before-- == 0) {
        return i + 1;
      }
      int braces = from.get(i).indexOf("{{");
      int length = braces < 0 ? 0 : commonStart(from.get(i).substring(0, braces), wanted);
      if (length > longest && length >= braces) {
        longest = length;
        best = i + 1;
      }
    }
    return best;
  }

  private static int commonStart(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }
}
