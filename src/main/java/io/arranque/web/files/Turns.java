package io.arranque.web.files;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who asks again does not want the answer to what he asked before. Thread-safe. */
final class Turns {
  private static final int MOST = 500;

  private final Map<String, Long> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  /** One question of somebody's. */
  interface Turn {
    boolean isLast();
  }

  /**
   * @param who chosen by the page at random; empty: asks once only
   */
  synchronized Turn take(String who) {
    if (who.isEmpty() || who.length() > 64) {
      return () -> true;
    }
    long mine = last.merge(who, 1L, Long::sum);
    return () -> isLast(who, mine);
  }

  private synchronized boolean isLast(String who, long turn) {
    return last.getOrDefault(who, turn) == turn;
  }
}
