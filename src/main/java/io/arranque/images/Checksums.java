package io.arranque.images;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published list of SHA-256: lines as {@code sha256sum} writes them, with or without {@code
 * --tag}, or one bare checksum. Other hashes in the same list are passed over.
 */
final class Checksums {
  private static final Pattern PLAIN = Pattern.compile("([0-9a-fA-F]{64})(?:\\s+[*]?(\\S.*))?");
  private static final Pattern TAGGED = Pattern.compile("SHA256 ?\\((.+)\\) ?= ?([0-9a-fA-F]{64})");

  private Checksums() {}

  /**
   * The checksum of a file.
   *
   * @param path of its URL; the name in the list is the end of it, and the longest one counts, as
   *     Debian's list of an installer names many files {@code linux}
   */
  static Optional<String> find(String list, String path) {
    String best = "";
    Optional<String> found = Optional.empty();
    for (String raw : list.split("\n", -1)) {
      String line = raw.strip();
      Matcher tagged = TAGGED.matcher(line);
      Matcher plain = PLAIN.matcher(line);
      if (tagged.matches()) {
        String name = name(tagged.group(1));
        if (fits(path, name) && name.length() > best.length()) {
          best = name;
          found = Optional.of(tagged.group(2).toLowerCase(Locale.ROOT));
        }
      } else if (plain.matches()) {
        String name = plain.group(2) == null ? "" : name(plain.group(2));
        if (fits(path, name) && (name.length() > best.length() || found.isEmpty())) {
          best = name;
          found = Optional.of(plain.group(1).toLowerCase(Locale.ROOT));
        }
      }
    }
    return found;
  }

  private static String name(String written) {
    return written.strip().replaceFirst("^(\\./)+", "");
  }

  /** A bare checksum is of the only file that the list can be about. */
  private static boolean fits(String path, String name) {
    return name.isEmpty() || path.equals(name) || path.endsWith("/" + name);
  }
}
