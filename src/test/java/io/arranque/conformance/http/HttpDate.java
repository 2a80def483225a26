package io.arranque.conformance.http;

import io.arranque.conformance.Violation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The three formats of RFC 9110 §5.6.7; senders use the first, and all are to be understood. */
final class HttpDate {
  private static final DateTimeFormatter FIXED = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter RFC_850 = format("EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = format("EEE MMM ppd HH:mm:ss yyyy");

  private HttpDate() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  static Instant parse(String text) {
    try {
      return FIXED.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      throw new Violation("a date written '" + text + "'");
    }
  }

  static String fixed(Instant instant) {
    return FIXED.format(instant);
  }

  static String rfc850(Instant instant) {
    return RFC_850.format(instant);
  }

  static String asctime(Instant instant) {
    return ASCTIME.format(instant);
  }
}
