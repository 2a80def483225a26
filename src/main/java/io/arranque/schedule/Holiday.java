package io.arranque.schedule;

import java.time.LocalDate;

/** Days on which the schedule does nothing, the last one included. */
public record Holiday(LocalDate first, LocalDate last, String name) {
  boolean includes(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }

  /** As people write it. */
  @Override
  public String toString() {
    return first + (last.equals(first) ? "" : ".." + last) + (name.isEmpty() ? "" : " " + name);
  }
}
