package io.arranque.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How large a machine is, from what iPXE reads in SMBIOS: raw, because Debian's iPXE has no setting
 * of its own for it, and as hex, because it takes the octets of a number for big-endian.
 */
final class Sizes {
  private static final Pattern WORD = Pattern.compile("[0-9a-fA-F]{4}");
  private static final Pattern LONG = Pattern.compile("[0-9a-fA-F]{8}");
  private static final Pattern OCTET = Pattern.compile("[0-9a-fA-F]{2}");
  private static final int UNKNOWN_SIZE = 0xffff;

  /** Modules of 32 GiB less 1 MiB and more say so elsewhere (SMBIOS 3, 7.18.5). */
  private static final int EXTENDED = 0x7fff;

  private static final int IN_KIB = 0x8000;
  private static final int MOST = 1 << 30;

  private Sizes() {}

  /**
   * All modules together, in MiB; empty when none says its size.
   *
   * @param told {@code SIZE-EXTENDED} of each slot (type 17, offsets 0x0c and 0x1c), {@code .}
   *     between them
   */
  static Optional<Integer> memory(String told) {
    long sum = 0;
    for (String slot : told.split("\\.", -1)) {
      String[] parts = slot.split("-", -1);
      sum += parts.length == 0 ? 0 : module(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return sum > 0 && sum < MOST ? Optional.of((int) sum) : Optional.empty();
  }

  private static long module(String size, String extended) {
    if (!WORD.matcher(size).matches()) {
      return 0;
    }
    int said = (int) littleEndian(size);
    if (said == UNKNOWN_SIZE) {
      return 0;
    }
    if (said == EXTENDED) {
      return LONG.matcher(extended).matches() ? littleEndian(extended) & 0x7fff_ffffL : 0;
    }
    return (said & IN_KIB) == 0 ? said : (said & 0x7fff) / 1024;
  }

  /**
   * All processors' cores together; empty when none says how many.
   *
   * @param told of each socket (type 4, offset 0x23), {@code .} between them
   */
  static Optional<Integer> cpus(String told) {
    int sum = 0;
    for (String socket : told.split("\\.", -1)) {
      // 255 means 256 and more, told elsewhere: no PC of a room.
      sum += OCTET.matcher(socket).matches() ? Integer.parseInt(socket, 16) : 0;
    }
    return sum > 0 ? Optional.of(sum) : Optional.empty();
  }

  /** What a system reports: MiB, or with a unit. */
  static Optional<Integer> reportedMemory(String text) {
    if (!text.matches("[0-9]{1,10}[KMG]?")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.replaceAll("[KMG]", ""));
    long mib = text.endsWith("K") ? number / 1024 : text.endsWith("G") ? number * 1024 : number;
    return mib > 0 && mib < MOST ? Optional.of((int) mib) : Optional.empty();
  }

  static Optional<Integer> count(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static long littleEndian(String hex) {
    long value = 0;
    for (int at = hex.length() - 2; at >= 0; at -= 2) {
      value = (value << 8) | Integer.parseInt(hex.substring(at, at + 2), 16);
    }
    return value;
  }
}
