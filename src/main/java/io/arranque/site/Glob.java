package io.arranque.site;

/** {@code *} stands for any text; case does not matter, as firmware is careless with it. */
final class Glob {
  private Glob() {}

  /** Without a regular expression: asked for each packet, and no pattern can make it slow. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether there is a text that both patterns match. */
  static boolean overlap(String one, String other) {
    // Row i, column j: whether the ends of both patterns from there on have a text in common.
    boolean[] below = new boolean[other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      boolean[] row = new boolean[other.length() + 1];
      for (int j = other.length(); j >= 0; j--) {
        row[j] = overlap(one, i, other, j, row, below);
      }
      below = row;
    }
    return below[0];
  }

  private static boolean overlap(
      String one, int i, String other, int j, boolean[] row, boolean[] below) {
    boolean oneEnds = i == one.length();
    boolean otherEnds = j == other.length();
    if (oneEnds && otherEnds) {
      return true;
    }
    boolean star = (!oneEnds && one.charAt(i) == '*') || (!otherEnds && other.charAt(j) == '*');
    if (star) {
      // It stands for nothing, or for the other's next letter or star too.
      return (!oneEnds && below[j] && (one.charAt(i) == '*' || !otherEnds))
          || (!otherEnds && row[j + 1] && (other.charAt(j) == '*' || !oneEnds));
    }
    return !oneEnds && !otherEnds && same(one.charAt(i), other.charAt(j)) && below[j + 1];
  }

  private static boolean same(char a, char b) {
    return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
