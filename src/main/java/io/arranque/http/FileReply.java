package io.arranque.http;

import io.arranque.http.RequestHead.Conditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a file is sent: all, a range, or only that it has not changed (RFC 9110 §13, §14).
 *
 * @param status 200, 206, 304, 412 or 416
 * @param first offset of the first byte sent
 * @param length how many; 0 where there is no body
 */
record FileReply(int status, long first, long length) {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=\\s*([0-9]*)-([0-9]*)\\s*");

  /**
   * A file at the moment of its opening.
   *
   * @param tag its entity tag, strong, in quotes
   */
  record Version(long size, Instant modified, String tag) {
    /** Size, time in nanoseconds and inode: a file that was replaced has another tag. */
    static Version of(long size, Instant modified, long inode) {
      long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
      String tag =
          "\"%s-%s-%s\""
              .formatted(Long.toHexString(size), Long.toHexString(nanos), Long.toHexString(inode));
      return new Version(size, modified, tag);
    }
  }

  static FileReply to(boolean get, Conditions asked, Version version) {
    FileReply whole = new FileReply(200, 0, version.size());
    if (asked.none()) {
      return whole;
    }
    if (asked.ifMatch != null
        ? !names(asked.ifMatch, version.tag(), true)
        : changedSince(asked.ifUnmodifiedSince, version)) {
      return new FileReply(412, 0, 0);
    }
    if (unchanged(asked, version)) {
      return new FileReply(304, 0, 0);
    }
    String range = asked.range;
    // A range is defined for GET alone, RFC 9110 §14.2.
    if (!get || range == null || !sameAs(asked.ifRange, version)) {
      return whole;
    }
    Matcher matcher = ONE_RANGE.matcher(range);
    return matcher.matches()
        ? part(matcher.group(1), matcher.group(2), version.size()).orElse(whole)
        // Several ranges, or another unit: ignoring them is allowed and nobody boots with them.
        : whole;
  }

  /** The value of {@code Content-Range}; empty when there is none. */
  Optional<String> contentRange(long size) {
    return switch (status) {
      case 206 -> Optional.of("bytes " + first + "-" + (first + length - 1) + "/" + size);
      case 416 -> Optional.of("bytes */" + size);
      default -> Optional.empty();
    };
  }

  private static Optional<FileReply> part(String from, String to, long size) {
    if (from.length() > 18 || to.length() > 18 || (from.isEmpty() && to.isEmpty())) {
      return Optional.empty();
    }
    FileReply unsatisfiable = new FileReply(416, 0, 0);
    if (from.isEmpty()) {
      long length = Math.min(Long.parseLong(to), size);
      return Optional.of(length == 0 ? unsatisfiable : new FileReply(206, size - length, length));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(
        first >= size
            ? unsatisfiable
            : new FileReply(206, first, Math.min(last, size - 1) - first + 1));
  }

  private static boolean unchanged(Conditions asked, Version version) {
    if (asked.ifNoneMatch != null) {
      return names(asked.ifNoneMatch, version.tag(), false);
    }
    return HttpDate.parse(asked.ifModifiedSince)
        .filter(since -> !seconds(version.modified()).isAfter(since))
        .isPresent();
  }

  private static boolean changedSince(@Nullable String ifUnmodifiedSince, Version version) {
    return HttpDate.parse(ifUnmodifiedSince)
        .filter(since -> seconds(version.modified()).isAfter(since))
        .isPresent();
  }

  /** Whether a partial answer fits to what the client already has. */
  private static boolean sameAs(@Nullable String ifRange, Version version) {
    return ifRange == null
        || (ifRange.startsWith("\"")
            ? ifRange.equals(version.tag())
            : HttpDate.parse(ifRange).filter(seconds(version.modified())::equals).isPresent());
  }

  private static boolean names(String list, String tag, boolean strong) {
    for (String each : list.split(",", -1)) {
      String name = each.strip();
      boolean weak = name.startsWith("W/");
      if (name.equals("*")
          || (weak ? !strong && name.substring(2).equals(tag) : name.equals(tag))) {
        return true;
      }
    }
    return false;
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
