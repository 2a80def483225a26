package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: times as microseconds since 1970, MACs and addresses as text. */
final class Columns {
  private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

  private Columns() {}

  /** What lies beyond the column's range, such as {@link Instant#MAX} for "never", is cut to it. */
  static long micros(Instant time) {
    return time.isAfter(LATEST) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static long micros(Duration duration) {
    return micros(Instant.EPOCH.plus(duration));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  static Mac mac(ResultSet row) throws SQLException {
    return Mac.of(row.getString("mac"));
  }

  static Ipv4 address(ResultSet row) throws SQLException {
    return Ipv4.of(row.getString("address"));
  }

  static Optional<Ipv4> optionalAddress(ResultSet row) throws SQLException {
    return text(row, "address").flatMap(Ipv4::parse);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<Integer> optionalNumber(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  /** For a column that may be null; U+0000, which PostgreSQL cannot store, becomes a space. */
  static @Nullable String nullable(Optional<?> value) {
    return value.map(present -> clean(present.toString())).orElse(null);
  }

  static @Nullable Long nullableMicros(Optional<Instant> value) {
    return value.map(Columns::micros).orElse(null);
  }

  static String clean(String text) {
    return text.replace('\0', ' ');
  }
}
