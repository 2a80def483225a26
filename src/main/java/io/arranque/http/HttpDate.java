package io.arranque.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP's dates (RFC 9110 §5.6.7): one format is written, the two old ones are read as well. */
final class HttpDate {
  /** The JDK's own RFC 1123 format lacks the leading zero of the day. */
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final List<DateTimeFormatter> READ =
      List.of(
          WRITTEN,
          // Of RFC 850: "Sunday, 06-Nov-94 08:49:37 GMT"; two digits mean this century's so far.
          // English, since the root locale knows no whole names of days.
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, Year.of(1970).getValue())
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          // Of C's asctime: "Sun Nov  6 08:49:37 1994".
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
              .withZone(ZoneOffset.UTC));

  private HttpDate() {}

  static String text(Instant instant) {
    return WRITTEN.format(instant);
  }

  /** Empty for null and for what is no date. */
  static Optional<Instant> parse(@Nullable String date) {
    if (date == null) {
      return Optional.empty();
    }
    for (DateTimeFormatter format : READ) {
      try {
        return Optional.of(format.parse(date.strip(), Instant::from));
      } catch (DateTimeException notThis) {
        // Another of the three, or none.
      }
    }
    return Optional.empty();
  }
}
