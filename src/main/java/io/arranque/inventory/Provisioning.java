package io.arranque.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a machine may be told secrets.
 *
 * @param armedUntil the end of the window in which it may; empty: it may not
 */
public record Provisioning(Optional<Instant> armedUntil) {
  public static final Provisioning NONE = new Provisioning(Optional.empty());
}
