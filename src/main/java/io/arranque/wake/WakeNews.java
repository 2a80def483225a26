package io.arranque.wake;

import io.arranque.address.Mac;
import io.arranque.timeline.Reason;

/**
 * How it goes with one machine that is to be woken.
 *
 * @param reason why, where that needs words
 * @param detail where a packet went, or what the kernel said; may be empty
 */
public record WakeNews(Mac mac, State state, Reason reason, String detail) {

  /** In the order in which they come; all but the first are the last word. */
  public enum State {
    /** The first packet has left. */
    ASKED,
    /** It was heard of since, or is on already. */
    HEARD,
    /** It was not heard of in {@link WakeQueue#HEARD_WITHIN}. */
    SILENT,
    /** No packet can be sent to it. */
    FAILED,
    /** It was stopped before a packet was sent. */
    STOPPED
  }
}
