package io.arranque.walk;

import io.arranque.inventory.Assignments;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Host names made of seats.
 *
 * @param pattern e.g. {@code sala5-{seat}}; empty: host names stay as they are
 * @param digits numbers are filled with zeros to so many digits
 */
public record Hostnames(String pattern, int digits) {
  public static final String SEAT = "{seat}";
  public static final int MOST_DIGITS = 4;
  public static final Hostnames NONE = new Hostnames("", 1);

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^a-z0-9-]+");

  /** Whether it gives each seat a name of its own, and names that DNS takes. */
  public boolean isGood() {
    return digits >= 1
        && digits <= MOST_DIGITS
        && (pattern.isEmpty() || (pattern.contains(SEAT) && Assignments.isHostname(filled("1"))));
  }

  /** The host name at that seat; empty where none is to be given, or none can be made of it. */
  public Optional<String> at(String seat) {
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    String padded =
        NUMBER
            .matcher(seat)
            .replaceAll(
                n -> "0".repeat(Math.max(0, digits - n.group().length())) + n.group());
    String word = NOT_IN_A_NAME.matcher(padded.toLowerCase(Locale.ROOT)).replaceAll("-");
    return Optional.of(filled(word)).filter(Assignments::isHostname);
  }

  private String filled(String seat) {
    return pattern.replace(SEAT, seat);
  }
}
