package io.arranque.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A strict reader of one JSON object whose values are strings (RFC 8259), for the few lines that
 * machines report; a whole JSON library would be a large door for so small a thing.
 */
final class FlatJson {
  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /** The members; empty when the text is anything else. Of equal names the last counts. */
  static Optional<Map<String, String>> parse(String text) {
    try {
      return Optional.of(new FlatJson(text).object());
    } catch (NotFlatJson e) {
      return Optional.empty();
    }
  }

  private static final class NotFlatJson extends Exception {
    private static final long serialVersionUID = 1;

    NotFlatJson() {
      super("no flat JSON object", null, false, false);
    }
  }

  private Map<String, String> object() throws NotFlatJson {
    Map<String, String> members = new HashMap<>();
    expect('{');
    if (peek() == '}') {
      expect('}');
    } else {
      do {
        String name = string();
        expect(':');
        members.put(name, string());
      } while (comma());
      expect('}');
    }
    if (peek() != 0) {
      throw new NotFlatJson();
    }
    return members;
  }

  private boolean comma() {
    if (peek() != ',') {
      return false;
    }
    at++;
    return true;
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char wanted) throws NotFlatJson {
    if (peek() != wanted) {
      throw new NotFlatJson();
    }
    at++;
  }

  private char next() throws NotFlatJson {
    if (at >= text.length()) {
      throw new NotFlatJson();
    }
    return text.charAt(at++);
  }

  private String string() throws NotFlatJson {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw new NotFlatJson();
      }
      out.append(c == '\\' ? escaped(next()) : c);
    }
    return out.toString();
  }

  private char escaped(char c) throws NotFlatJson {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw new NotFlatJson();
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw new NotFlatJson();
    };
  }
}
