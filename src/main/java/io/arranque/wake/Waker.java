package io.arranque.wake;

import io.arranque.address.Mac;
import java.util.Collection;

/** Port: switches machines on. Thread-safe. */
public interface Waker {
  /**
   * Wakes these machines, a few at a time so that a room does not download all at once; returns at
   * once. Each packet that is sent is on the machine's timeline as {@code WAKE_SENT}.
   *
   * @param by who, for the timeline
   */
  void wake(Collection<Mac> macs, String by);
}
