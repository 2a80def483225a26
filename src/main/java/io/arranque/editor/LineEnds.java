package io.arranque.editor;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * Line ends and byte order mark of a text that went through a browser, which knows only one kind of
 * line. What was not edited stays as it was to the byte, or a diff of the file shows every line.
 */
final class LineEnds {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private LineEnds() {}

  /** The edited text with the line ends of what stood there before; new lines take their usual. */
  static String kept(String before, String edited) {
    String plain = edited.replace("\r\n", "\n");
    String mark = before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    String body = before.substring(mark.length());
    if (!body.contains("\r\n")) {
      return mark + plain;
    }
    List<String> old = lines(body);
    List<String> bare = old.stream().map(line -> line.replace("\r\n", "\n")).toList();
    List<String> fresh = new ArrayList<>(lines(plain));
    boolean usual = 2 * old.stream().filter(l -> l.endsWith("\r\n")).count() >= old.size();
    boolean[] windows = new boolean[fresh.size()];
    java.util.Arrays.fill(windows, usual);
    int line = 0;
    int shift = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(bare, fresh).getDeltas()) {
      line = copied(old, windows, line, delta.getSource().getPosition(), shift);
      line += delta.getSource().size();
      shift += delta.getTarget().size() - delta.getSource().size();
    }
    copied(old, windows, line, old.size(), shift);
    StringBuilder out = new StringBuilder(mark);
    for (int i = 0; i < fresh.size(); i++) {
      String text = fresh.get(i);
      out.append(windows[i] && text.endsWith("\n") ? text.replace("\n", "\r\n") : text);
    }
    return out.toString();
  }

  /** Lines that are the same in both. */
  private static int copied(List<String> old, boolean[] windows, int from, int to, int shift) {
    for (int i = from; i < to; i++) {
      windows[i + shift] = old.get(i).endsWith("\r\n");
    }
    return to;
  }

  /** With their ends. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
