package io.arranque.timeline;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a transfer came that broke off, as it stands in an event's detail: for people to read, and
 * for the diagnosis to read back.
 *
 * @param file which
 * @param done blocks or octets that arrived
 * @param whole of how many
 * @param blockSize octets of a TFTP block; 0 where octets are counted
 * @param words how it ended, e.g. {@code silent}; may be empty
 */
public record Unfinished(String file, long done, long whole, int blockSize, String words) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<file>[^:]*): (?<done>\\d{1,18}) of (?<whole>\\d{1,18})"
              + " (?:blocks of (?<size>\\d{1,9})|bytes)(?:: (?<words>.*))?",
          Pattern.DOTALL);

  /** One of octets. */
  public static Unfinished octets(String file, long done, long whole) {
    return new Unfinished(file, done, whole, 0, "");
  }

  /** As an event's detail. */
  public String text() {
    String unit = blockSize == 0 ? "bytes" : "blocks of " + blockSize;
    String end = words.isEmpty() ? "" : ": " + words;
    return file + ": " + done + " of " + whole + " " + unit + end;
  }

  /** What such a detail says; empty for any other. */
  public static Optional<Unfinished> of(String detail) {
    Matcher said = TEXT.matcher(detail);
    if (!said.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Unfinished(
            said.group("file"),
            Long.parseLong(said.group("done")),
            Long.parseLong(said.group("whole")),
            Optional.ofNullable(said.group("size")).map(Integer::parseInt).orElse(0),
            Optional.ofNullable(said.group("words")).orElse("")));
  }
}
