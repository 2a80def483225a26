package io.arranque.http;

/** Heads of answers, written into the loop's own {@link HeadWriter}. */
final class ReplyHead {
  private static final byte[] CLOSE = HeadWriter.ascii("connection: close\r\n");
  private static final byte[] KEEP_ALIVE = HeadWriter.ascii("connection: keep-alive\r\n");
  private static final byte[] LENGTH = HeadWriter.ascii("content-length: ");
  private static final byte[] TYPE = HeadWriter.ascii("content-type: ");
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] TWO_LINE_ENDS = {'\r', '\n', '\r', '\n'};

  private ReplyHead() {}

  /** What stands in every head. */
  static HeadWriter begin(HeadWriter out, Turn turn, int status, byte[] date, boolean goesOn) {
    out.clear().put(Status.line(status)).put(date);
    if (!goesOn) {
      out.put(CLOSE);
    } else if (turn.saysKeepAlive()) {
      out.put(KEEP_ALIVE);
    }
    return out;
  }

  static HeadWriter type(HeadWriter out, String contentType) {
    return out.put(TYPE).put(contentType).put(LINE_END);
  }

  /** The length of the body ends it. */
  static HeadWriter end(HeadWriter out, long length) {
    return out.put(LENGTH).put(length).put(TWO_LINE_ENDS);
  }

  /** Of a file or a part of it. */
  static HeadWriter ofFile(HeadWriter out, Turn turn, FileReply reply, OpenFile file, byte[] date) {
    begin(out, turn, reply.status(), date, turn.keepsAlive()).put(file.description);
    long size = file.version.size();
    if (reply.status() == 304) {
      // It has no body, and the length of what was not sent helps nobody.
      return out.put(LINE_END);
    }
    if (reply.status() == 206) {
      out.put("content-range: bytes ").put(reply.first()).put("-");
      out.put(reply.first() + reply.length() - 1).put("/").put(size).put(LINE_END);
    } else if (reply.status() == 416) {
      out.put("content-range: bytes */").put(size).put(LINE_END);
    }
    return end(out, reply.length());
  }
}
