package io.arranque.exchange;

import java.util.Optional;

/**
 * What a cell of a CSV says. A spreadsheet takes a text that begins with one of a few characters
 * for a formula and runs it; such a text is written behind an apostrophe, which a spreadsheet does
 * not show in a cell of text, and one that begins with an apostrophe gets another, so that every
 * text comes back as it was.
 */
final class Cells {
  static final String CLEAR = "-";

  /** OWASP's list of what spreadsheets take for the beginning of a formula, full width too. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private static final String QUOTE = "'";

  private Cells() {}

  static String written(String text) {
    return isRisky(text) || text.startsWith(QUOTE) ? QUOTE + text : text;
  }

  /** Empty: leave it as it is. Holding nothing: clear it. */
  static Optional<Optional<String>> read(String cell) {
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    if (cell.equals(CLEAR)) {
      return Optional.of(Optional.empty());
    }
    boolean escaped =
        cell.startsWith(QUOTE) && (cell.startsWith(QUOTE, 1) || isRisky(cell.substring(1)));
    return Optional.of(Optional.of(escaped ? cell.substring(1) : cell));
  }

  private static boolean isRisky(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
  }
}
