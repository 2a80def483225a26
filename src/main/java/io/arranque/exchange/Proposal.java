package io.arranque.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one row of a file would do.
 *
 * @param line where it begins in the file, from 1
 * @param kind {@code machine} or {@code room}
 * @param key the MAC, as written where it is none, or the room's name
 * @param name the machine's host name afterwards, or the room's name
 * @param changes field by field; secrets are masked
 * @param remarks why it is refused, and what else is to say
 */
public record Proposal(
    int line,
    String kind,
    String key,
    String name,
    State state,
    List<FieldChange> changes,
    List<Remark> remarks) {

  /** What becomes of the machine or room. */
  public enum State {
    NEW,
    CHANGED,
    UNCHANGED,
    FORGOTTEN,
    REFUSED;

    /** In lower case, as in the API. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param from empty: it was not set
   * @param to empty: it is cleared
   */
  public record FieldChange(String field, Optional<String> from, Optional<String> to) {}

  public Proposal {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }
}
