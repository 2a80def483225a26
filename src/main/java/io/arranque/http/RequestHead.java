package io.arranque.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Request line and headers, of which only those are kept that change an answer. Filled by {@link
 * RequestReader}; does not change afterwards.
 */
final class RequestHead {
  static final String GET = "GET";
  static final String HEAD = "HEAD";
  static final String POST = "POST";

  final String method;
  final String target;

  /** 0 or 1 of HTTP/1.x. */
  final int minor;

  final Conditions conditions = new Conditions();

  /** Octets of the body; -1: chunked. */
  long contentLength;

  /** The client waits for our consent before it sends the body. */
  boolean awaitsConsent;

  private boolean wantsClose;
  private boolean wantsKeepAlive;
  private int hosts;
  private boolean hasLength;
  private boolean chunked;

  RequestHead(String method, String target, int minor) {
    this.method = method;
    this.target = target;
    this.minor = minor;
  }

  /** Headers that decide what of a file is sent; null where the client sent none. */
  static final class Conditions {
    @Nullable String range;
    @Nullable String ifRange;
    @Nullable String ifMatch;
    @Nullable String ifNoneMatch;
    @Nullable String ifModifiedSince;
    @Nullable String ifUnmodifiedSince;
    private boolean any;

    boolean none() {
      return !any;
    }
  }

  boolean isHead() {
    return HEAD.equals(method);
  }

  boolean isGet() {
    return GET.equals(method);
  }

  boolean keepsAlive() {
    return minor == 0 ? wantsKeepAlive && !wantsClose : !wantsClose;
  }

  /**
   * Takes one header in.
   *
   * @param name in lower case
   * @return why the request is refused; null: it is not
   */
  @Nullable Malformed take(String name, String value) {
    switch (name) {
      case "host" -> {
        hosts++;
        if (!value.chars().allMatch(RequestHead::mayBeInHost)) {
          return new Malformed(400, "Host is no host");
        }
      }
      case "connection" -> connection(value);
      case "content-length" -> {
        return length(value);
      }
      case "transfer-encoding" -> {
        if (!value.equalsIgnoreCase("chunked") || chunked) {
          return new Malformed(501, "of transfer encodings only chunked is served");
        }
        chunked = true;
        contentLength = -1;
      }
      case "expect" -> {
        if (!value.equalsIgnoreCase("100-continue")) {
          return new Malformed(417, "only Expect: 100-continue can be met");
        }
        awaitsConsent = true;
      }
      default -> condition(name, value);
    }
    return null;
  }

  /** What only shows when all headers have come: RFC 9112 §3.2 and §6.1. */
  @Nullable Malformed finish() {
    if ((minor > 0 && hosts != 1) || hosts > 1) {
      return new Malformed(400, "wanted one Host header, got " + hosts);
    }
    if (chunked && (hasLength || minor == 0)) {
      // Two readers that disagree on where a request ends can be made to see two different ones.
      return new Malformed(400, "chunked beside a length, or in HTTP/1.0");
    }
    if (minor == 0) {
      awaitsConsent = false;
    }
    return null;
  }

  /** RFC 3986 §3.2.2 and §3.2.3: a name, an address in brackets or not, a port. */
  private static boolean mayBeInHost(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~%!$&'()*+,;=:[]".indexOf(c) >= 0;
  }

  private void connection(String value) {
    for (String each : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      String word = each.strip();
      wantsClose |= word.equals("close");
      wantsKeepAlive |= word.equals("keep-alive");
    }
  }

  private @Nullable Malformed length(String value) {
    if (value.isEmpty()
        || value.length() > 18
        || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return new Malformed(400, "Content-Length is no number");
    }
    long length = Long.parseLong(value);
    if (hasLength && length != contentLength) {
      return new Malformed(400, "two different Content-Lengths");
    }
    hasLength = true;
    if (!chunked) {
      contentLength = length;
    }
    return null;
  }

  private void condition(String name, String value) {
    switch (name) {
      case "range" -> conditions.range = value;
      case "if-range" -> conditions.ifRange = value;
      case "if-match" -> conditions.ifMatch = joined(conditions.ifMatch, value);
      case "if-none-match" -> conditions.ifNoneMatch = joined(conditions.ifNoneMatch, value);
      case "if-modified-since" -> conditions.ifModifiedSince = value;
      case "if-unmodified-since" -> conditions.ifUnmodifiedSince = value;
      default -> {
        return;
      }
    }
    conditions.any = true;
  }

  /** Lists may come in several lines, RFC 9110 §5.3. */
  private static String joined(@Nullable String before, String value) {
    return before == null ? value : before + "," + value;
  }
}
