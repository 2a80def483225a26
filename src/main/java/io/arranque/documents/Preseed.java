package io.arranque.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's answers for debconf, a line each: {@code OWNER QUESTION TYPE VALUE}. The installer skips
 * a line that it does not understand and asks the question on the screen of a PC without keyboard.
 */
final class Preseed {
  private static final Pattern LINE = Pattern.compile("\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)(?:\\s(.*))?");
  private static final Set<String> TYPES =
      Set.of(
          "select",
          "boolean",
          "string",
          "multiselect",
          "note",
          "password",
          "text",
          "title",
          "seen");

  /** Also a boolean's and a flag's: anything else is taken for false. */
  private static final Set<String> TRUTHS = Set.of("true", "false");

  private Preseed() {}

  static List<Finding> check(String text) {
    List<Finding> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int next = 0;
    while (next < lines.size()) {
      int first = next + 1;
      StringBuilder whole = new StringBuilder(lines.get(next++));
      while (endsInBackslash(whole) && next < lines.size()) {
        whole.setLength(whole.length() - 1);
        whole.append(lines.get(next++));
      }
      if (endsInBackslash(whole)) {
        found.add(Finding.warning(next, "the last line ends in \\ and goes on nowhere"));
      }
      answer(whole.toString(), first, found);
    }
    return found;
  }

  private static boolean endsInBackslash(StringBuilder line) {
    return line.length() > 0 && line.charAt(line.length() - 1) == '\\';
  }

  private static void answer(String line, int number, List<Finding> found) {
    if (line.isBlank() || line.stripLeading().startsWith("#")) {
      return;
    }
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      found.add(
          Finding.error(
              number,
              "wanted OWNER QUESTION TYPE VALUE, e.g. d-i debian-installer/locale string es_AR"));
      return;
    }
    String type = parts.group(3);
    if (!TYPES.contains(type)) {
      found.add(
          Finding.error(
              number,
              "unknown type "
                  + type
                  + ", wanted string, boolean, select, multiselect, note, password, text or title;"
                  + " the line would be skipped"));
      return;
    }
    String value = parts.group(4) == null ? "" : parts.group(4).strip();
    if (type.equals("boolean") && !TRUTHS.contains(value)) {
      found.add(
          Finding.warning(number, parts.group(2) + ": wanted true or false, got \"" + value + '"'));
    }
    if (!parts.group(2).contains("/")) {
      found.add(Finding.warning(number, "questions are written like partman/choose_partition"));
    }
  }
}
