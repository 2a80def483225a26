package io.arranque.exchange;

import java.util.ArrayList;
import java.util.List;

/** Takes the language of ISC's dhcpd apart: words, quoted texts, braces, semicolons, commas. */
final class DhcpdTokenReader {
  private static final String SIGNS = "{};,";

  private final String text;
  private int at;
  private int line = 1;

  /**
   * @param sign whether it is a brace, semicolon or comma, and not a text
   */
  record Token(int line, String text, boolean sign) {
    boolean is(String wanted) {
      return sign && text.equals(wanted);
    }
  }

  private DhcpdTokenReader(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    DhcpdTokenReader reader = new DhcpdTokenReader(text);
    List<Token> tokens = new ArrayList<>();
    while (reader.skipBlanks()) {
      tokens.add(reader.next());
    }
    return tokens;
  }

  private boolean skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token next() {
    char c = text.charAt(at);
    if (SIGNS.indexOf(c) >= 0) {
      at++;
      return new Token(line, String.valueOf(c), true);
    }
    return c == '"' ? quoted() : word();
  }

  private Token quoted() {
    int start = line;
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      line += text.charAt(at) == '\n' ? 1 : 0;
      value.append(text.charAt(at++));
    }
    at++;
    return new Token(start, value.toString(), false);
  }

  private Token word() {
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && SIGNS.indexOf(text.charAt(at)) < 0
        && text.charAt(at) != '"'
        && text.charAt(at) != '#') {
      at++;
    }
    return new Token(line, text.substring(start, at), false);
  }
}
