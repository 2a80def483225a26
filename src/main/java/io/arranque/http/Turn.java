package io.arranque.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request that a connection is answering.
 *
 * @param head null when what came is no request
 */
record Turn(@Nullable RequestHead head, Instant began) {
  boolean isHead() {
    return head != null && head.isHead();
  }

  boolean isReport() {
    return head != null && RequestHead.POST.equals(head.method);
  }

  boolean keepsAlive() {
    return head != null && head.keepsAlive();
  }

  /** Whether the connection's fate must be said, as it is not the version's usual one. */
  boolean saysKeepAlive() {
    return head != null && head.minor == 0;
  }

  @Override
  public String toString() {
    return head == null ? "no request" : head.method + " " + head.target;
  }
}
