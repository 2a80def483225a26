package io.arranque.plan;

import io.arranque.site.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * Which line of a template a line of its rendering came from, so that an operator is sent to the
 * line he can edit and not to one that exists nowhere on disk.
 *
 * <p>The template is rendered once more with a mark at the beginning of each of its lines: a
 * private-use character, the line's number, another. Marks that come out say where each line is
 * from, through loops, conditions and includes of values; a line without a mark was made by a value
 * of several lines and belongs to the line of that value. A mark is not put inside a tag, where it
 * would be read as part of an expression. Should the marks change what is rendered (a {@code
 * filter} block, whitespace control), that shows in a comparison with the real rendering; then
 * lines are aligned by their literal text instead.
 *
 * @param of the template's line for each line of the rendering, from index 0
 */
record TemplateLines(List<Integer> of) {
  private static final char BEGIN = '\uE000';
  private static final char END = '\uE001';

  TemplateLines {
    of = List.copyOf(of);
  }

  /** Of a line of the rendering, from 1; lines past its end count as the last. */
  int lineOf(int rendered) {
    return of.isEmpty() ? 1 : of.get(Math.max(0, Math.min(rendered, of.size()) - 1));
  }

  /** The template with its marks. */
  static Script marked(Script template) {
    StringBuilder out = new StringBuilder();
    boolean lineStart = true;
    int line = 1;
    String text = template.text();
    char inside = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lineStart && inside == 0) {
        out.append(BEGIN).append(line).append(END);
      }
      lineStart = c == '\n';
      line += lineStart ? 1 : 0;
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (inside == 0 && c == '{' && (next == '{' || next == '%' || next == '#')) {
        inside = next == '{' ? '}' : next;
      } else if (inside != 0 && c == inside && next == '}') {
        inside = 0;
      }
      out.append(c);
    }
    return new Script(template.name(), template.file(), out.toString());
  }

  /**
   * @param marked what the marked template became; broken if it became nothing
   * @param text what the template itself became
   */
  static TemplateLines read(Rendered marked, String text, Script template) {
    StringBuilder plain = new StringBuilder();
    List<Integer> lines = new ArrayList<>();
    String out = marked.ifText().orElse("");
    int line = 1;
    boolean lineStart = true;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      int end = c == BEGIN ? out.indexOf(END, i) : -1;
      if (end > 0) {
        line = Integer.parseInt(out.substring(i + 1, end));
        i = end;
        continue;
      }
      if (lineStart) {
        lines.add(line);
      }
      lineStart = c == '\n';
      plain.append(c);
    }
    return plain.toString().equals(text) ? new TemplateLines(lines) : aligned(text, template);
  }

  /** Equal lines in the same order are the same line; others belong to the nearest above. */
  private static TemplateLines aligned(String text, Script template) {
    List<String> source = template.text().lines().toList();
    List<Integer> lines = new ArrayList<>();
    int at = 0;
    for (String line : text.lines().toList()) {
      int found = line.isBlank() ? -1 : source.subList(at, source.size()).indexOf(line);
      at += found < 0 ? 0 : found + 1;
      lines.add(Math.max(1, at));
    }
    return new TemplateLines(lines);
  }
}
