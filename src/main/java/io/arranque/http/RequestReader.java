package io.arranque.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.0 and 1.1 requests (RFC 9112) from what a client sends, in pieces of any size. Takes
 * what firmware sends (bare line feeds, empty lines between requests) but nothing that two readers
 * could understand differently. Belongs to one connection and one thread.
 */
final class RequestReader {
  /** RFC 9112 §3 recommends 8000 at least. */
  static final int MAX_LINE = 8192;

  static final int MAX_HEAD = 12 * 1024;
  static final int MAX_BODY = 16 * 1024;

  /** Above this the buffer of a connection that waits for its next request is given back. */
  private static final int SMALL = 1024;

  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private int start;
  private int end;

  /** Of the request that is being read: how far we looked, where its present line began. */
  private int looked;

  private int line;
  private int blanks;
  private @Nullable RequestHead head;
  private int bodyFrom = -1;
  private @Nullable ChunkedReader chunks;
  private boolean consentDue;
  private boolean complete;
  private byte[] body = NOTHING;

  /** What came of one look. */
  enum Result {
    MORE,
    REQUEST,
    MALFORMED
  }

  private Malformed malformed = new Malformed(400, "");

  /** Where the next octets go: at least {@code count} of them fit behind {@link #end}. */
  byte[] room(int count) {
    if (buffer.length - end < count) {
      int kept = end - start;
      byte[] target =
          kept + count <= buffer.length
              ? buffer
              : new byte[Math.max(SMALL, Integer.highestOneBit(kept + count) * 2)];
      System.arraycopy(buffer, start, target, 0, kept);
      buffer = target;
      looked -= start;
      line -= start;
      bodyFrom -= bodyFrom < 0 ? 0 : start;
      start = 0;
      end = kept;
    }
    return buffer;
  }

  /** Index in {@link #room} at which to write. */
  int end() {
    return end;
  }

  void added(int count) {
    end += count;
  }

  /** Octets that came and belong to no request read so far. */
  int waiting() {
    return end - start;
  }

  /** The request that {@link Result#REQUEST} announced. */
  RequestHead head() {
    RequestHead read = head;
    if (read == null) {
      throw new IllegalStateException("no request was read");
    }
    return read;
  }

  /** Its body. */
  byte[] body() {
    return body;
  }

  Malformed malformed() {
    return malformed;
  }

  /** Whether the client has to be told to go on; once for each request. */
  boolean takeConsentDue() {
    boolean due = consentDue;
    consentDue = false;
    return due;
  }

  /** The request was answered: goes on to the next. */
  void next() {
    head = null;
    body = NOTHING;
    bodyFrom = -1;
    chunks = null;
    consentDue = false;
    complete = false;
    blanks = 0;
    line = start;
    looked = start;
    if (start == end) {
      start = 0;
      end = 0;
      line = 0;
      looked = 0;
      if (buffer.length > SMALL) {
        buffer = NOTHING;
      }
    }
  }

  /** Looks at what has come. */
  Result read() {
    Malformed wrong = bodyFrom >= 0 ? null : lines();
    if (wrong == null && bodyFrom >= 0) {
      wrong = body(head());
      if (complete) {
        return Result.REQUEST;
      }
    }
    if (wrong != null) {
      malformed = wrong;
      return Result.MALFORMED;
    }
    return Result.MORE;
  }

  /** Reads lines until the empty one; {@link #bodyFrom} is set then. */
  private @Nullable Malformed lines() {
    byte[] b = buffer;
    int at = looked;
    while (at < end) {
      if (b[at] != '\n') {
        at++;
        continue;
      }
      int stop = at > line && b[at - 1] == '\r' ? at - 1 : at;
      int from = line;
      at++;
      line = at;
      looked = at;
      if (stop == from) {
        if (head != null) {
          return headEnded(head, at);
        }
        // Some clients send an empty line after a body; RFC 9112 §2.2.
        if (++blanks > 8) {
          return new Malformed(400, "empty lines instead of a request");
        }
        start = at;
        continue;
      }
      Malformed wrong = head == null ? requestLine(from, stop) : header(head, from, stop);
      if (wrong != null) {
        return wrong;
      }
    }
    looked = at;
    return tooLong();
  }

  private @Nullable Malformed tooLong() {
    if (head == null && end - line > MAX_LINE) {
      return new Malformed(414, "the request line is longer than " + MAX_LINE + " bytes");
    }
    if (end - start > MAX_HEAD) {
      return new Malformed(431, "the headers are longer than " + MAX_HEAD + " bytes");
    }
    return null;
  }

  private @Nullable Malformed headEnded(RequestHead ended, int at) {
    Malformed wrong = ended.finish();
    if (wrong != null) {
      return wrong;
    }
    if (at - start > MAX_HEAD) {
      return new Malformed(431, "the headers are longer than " + MAX_HEAD + " bytes");
    }
    if (ended.contentLength > MAX_BODY) {
      return new Malformed(413, "the body is longer than " + MAX_BODY + " bytes");
    }
    bodyFrom = at;
    if (ended.contentLength < 0) {
      chunks = new ChunkedReader(MAX_BODY, MAX_HEAD);
    }
    consentDue = ended.awaitsConsent && ended.contentLength != 0;
    return null;
  }

  /** Takes the body when it is there, and then begins the next request behind it. */
  private @Nullable Malformed body(RequestHead of) {
    ChunkedReader chunked = chunks;
    if (chunked != null) {
      int used = chunked.read(buffer, bodyFrom, end);
      bodyFrom += used;
      if (chunked.wrong() != null) {
        return chunked.wrong();
      }
      // What is decoded need not be kept; nor need the head.
      start = bodyFrom;
      if (chunked.isDone()) {
        body = chunked.body();
        complete = true;
      }
      return null;
    }
    int length = (int) of.contentLength;
    if (end - bodyFrom >= length) {
      if (length > 0) {
        body = Arrays.copyOfRange(buffer, bodyFrom, bodyFrom + length);
      }
      bodyFrom += length;
      start = bodyFrom;
      complete = true;
    }
    return null;
  }

  private @Nullable Malformed requestLine(int from, int stop) {
    if (stop - from > MAX_LINE) {
      return new Malformed(414, "the request line is longer than " + MAX_LINE + " bytes");
    }
    int first = indexOf((byte) ' ', from, stop);
    int second = first < 0 ? -1 : indexOf((byte) ' ', first + 1, stop);
    if (first <= from || second <= first + 1) {
      return new Malformed(400, "wanted METHOD TARGET HTTP/1.x as first line");
    }
    for (int i = from; i < second; i++) {
      // A letter outside ASCII in the target is let through: it is UTF-8 of careless clients.
      if (i < first ? !isToken(buffer[i]) : isControl(buffer[i])) {
        return new Malformed(400, "a character that no request line may have");
      }
    }
    int minor = minor(second + 1, stop);
    if (minor < 0) {
      return minor == -2
          ? new Malformed(505, "HTTP/1.0 and HTTP/1.1 are served")
          : new Malformed(400, "wanted METHOD TARGET HTTP/1.x as first line");
    }
    head = new RequestHead(method(from, first), text(first + 1, second), minor);
    return null;
  }

  private String method(int from, int stop) {
    if (stop - from == 3 && buffer[from] == 'G' && buffer[from + 1] == 'E') {
      return buffer[from + 2] == 'T' ? RequestHead.GET : text(from, stop);
    }
    return text(from, stop);
  }

  /** -1: not HTTP; -2: another version of it. */
  private int minor(int from, int stop) {
    if (stop - from != 8
        || buffer[from] != 'H'
        || buffer[from + 1] != 'T'
        || buffer[from + 2] != 'T'
        || buffer[from + 3] != 'P'
        || buffer[from + 4] != '/'
        || !isDigit(buffer[from + 5])
        || buffer[from + 6] != '.'
        || !isDigit(buffer[from + 7])) {
      return -1;
    }
    // A later minor version is answered as the highest we have, RFC 9110 §2.5.
    return buffer[from + 5] != '1' ? -2 : buffer[from + 7] == '0' ? 0 : 1;
  }

  private @Nullable Malformed header(RequestHead of, int from, int stop) {
    int colon = indexOf((byte) ':', from, stop);
    if (colon <= from) {
      // A line that begins with a blank would continue the one before it: long forbidden, §5.2.
      return new Malformed(400, "a header line without a name");
    }
    for (int i = from; i < colon; i++) {
      if (!isToken(buffer[i])) {
        return new Malformed(400, "a character that no header name may have");
      }
    }
    int first = colon + 1;
    int last = stop;
    while (first < last && isBlank(buffer[first])) {
      first++;
    }
    while (last > first && isBlank(buffer[last - 1])) {
      last--;
    }
    for (int i = first; i < last; i++) {
      if (isControl(buffer[i]) && buffer[i] != '\t') {
        return new Malformed(400, "a control character in a header");
      }
    }
    String name = HeaderNames.known(buffer, from, colon);
    return name == null ? null : of.take(name, text(first, last));
  }

  private int indexOf(byte wanted, int from, int stop) {
    for (int i = from; i < stop; i++) {
      if (buffer[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private String text(int from, int stop) {
    return new String(buffer, from, stop - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** RFC 9110 §5.6.2. */
  private static boolean isToken(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || isDigit(b)
        || (b > 0 && "!#$%&'*+.^_`|~".indexOf(b) >= 0);
  }

  private static boolean isControl(byte b) {
    return (b >= 0 && b < ' ') || b == 127;
  }
}
