package io.arranque.documents;

import java.util.List;

/**
 * A text as its parser understood it.
 *
 * @param documents one for each document of the stream; none when it cannot be parsed
 * @param findings what the parser refused, or took otherwise than it looks
 */
record Parsed(List<Node> documents, List<Finding> findings) {
  static Parsed refused(int line, String message) {
    return new Parsed(List.of(), List.of(Finding.error(Math.max(1, line), message)));
  }
}
