package io.arranque.http;

import java.util.Map;
import java.util.TreeMap;

/** The status lines that are sent. */
final class Status {
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(206, "Partial Content"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(410, "Gone"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(417, "Expectation Failed"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));
  private static final byte[] OK = HeadWriter.ascii("HTTP/1.1 200 OK\r\n");
  private static final Map<Integer, byte[]> LINES = new TreeMap<>();

  static {
    PHRASES.forEach(
        (status, phrase) ->
            LINES.put(status, HeadWriter.ascii("HTTP/1.1 " + status + " " + phrase + "\r\n")));
  }

  private Status() {}

  /** With CR LF. */
  static byte[] line(int status) {
    if (status == 200) {
      return OK;
    }
    byte[] line = LINES.get(status);
    return line == null ? HeadWriter.ascii("HTTP/1.1 " + status + " -\r\n") : line;
  }
}
