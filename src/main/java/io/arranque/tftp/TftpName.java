package io.arranque.tftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a file below the served folder.
 *
 * @param segments at least one; none is empty, {@code .} or {@code ..}, none has a slash, a
 *     backslash or a control character
 */
public record TftpName(List<String> segments) {
  /** Longer than any path a loader has; also bounds what is looked up and logged. */
  private static final int LENGTH_MAX = 512;

  private static final char UNTERMINATED = '\u00ff';
  private static final String TRAILING = " \t\r\n";

  public TftpName {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || !segments.stream().allMatch(TftpName::isPlain)) {
      throw new IllegalArgumentException("no name below a folder: " + segments);
    }
  }

  /**
   * Reads a name as firmware sends it: with slashes in front, with backslashes, with {@code ./}.
   * What follows a NUL or a 0xff is dropped: ROMs that take the boot file from a DHCP option
   * without terminating NUL append the packet's next octet, the end option, to the name. So are
   * spaces and line ends behind it, which come of configuration files.
   *
   * @param sent ISO 8859-1, as the codec gives it; octets that are UTF-8 are read as that
   * @return empty when the name names no file, or would leave the folder
   */
  public static Optional<TftpName> parse(String sent) {
    String name = unicode(trimmed(cut(cut(sent, '\0'), UNTERMINATED))).replace('\\', '/');
    if (name.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".")) {
        continue;
      }
      // "a/../b" would stay inside, but no firmware asks so, and refusing all is easier to trust.
      if (!isPlain(segment)) {
        return Optional.empty();
      }
      segments.add(segment);
    }
    return segments.isEmpty() ? Optional.empty() : Optional.of(new TftpName(segments));
  }

  /** The last segment: {@code autoexec.ipxe}. */
  public String file() {
    return segments.get(segments.size() - 1);
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  private static String cut(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String trimmed(String text) {
    int end = text.length();
    while (end > 0 && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String unicode(String latin) {
    ByteBuffer octets = ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      return latin;
    }
  }

  /** {@code efi64/snponly.efi}. */
  @Override
  public String toString() {
    return String.join("/", segments);
  }
}
