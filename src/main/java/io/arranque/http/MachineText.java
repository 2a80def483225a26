package io.arranque.http;

/** Text that came from a machine, made fit to be shown and stored. */
final class MachineText {
  private MachineText() {}

  /**
   * One line without control or invisible formatting characters (which could forge log lines or
   * reverse what is read), at most {@code limit} characters.
   */
  static String line(String text, int limit) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(MachineText::visible)
        .limit(4L * limit)
        .forEach(out::appendCodePoint);
    String line = out.toString().replaceAll(" {2,}", " ").strip();
    return line.codePointCount(0, line.length()) <= limit
        ? line
        : line.substring(0, line.offsetByCodePoints(0, limit)).strip();
  }

  private static boolean visible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
