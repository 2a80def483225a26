package io.arranque.site;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant. */
public final class Spelling {
  private Spelling() {}

  /** {@code , did you mean "lease-time"?} or nothing when no candidate is near. */
  public static String hint(String word, Collection<String> candidates) {
    return closest(word, candidates).map(found -> ", did you mean \"" + found + "\"?").orElse("");
  }

  /** The candidate that differs in at most a third of the letters; the first of equals. */
  static Optional<String> closest(String word, Collection<String> candidates) {
    String plain = plain(word);
    return candidates.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= allowed(candidate))
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static int allowed(String candidate) {
    return candidate.length() <= 3 ? 1 : Math.max(2, candidate.length() / 3);
  }

  /** {@code leaseTime} and {@code lease_time} are slips of habit, not of spelling. */
  private static String plain(String word) {
    return word.replaceAll("(?<=[a-z])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
