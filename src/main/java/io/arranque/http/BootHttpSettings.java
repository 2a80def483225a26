package io.arranque.http;

import io.arranque.address.Ipv4;
import java.time.Duration;

/**
 * Where the boot plane listens and what it bears.
 *
 * @param bindAddress {@link Ipv4#ANY} for all
 * @param port 0 for any that is free
 * @param hold how long a machine without a role is kept waiting for an answer; well below the time
 *     after which iPXE gives a silent server up
 * @param documentLife how long after its script a boot's documents are served
 * @param requestTime within which a request must have come whole
 * @param idleTime after which a connection without request, or a download without progress, ends
 * @param maxConnections at once
 * @param maxPerAddress at once from one address
 */
public record BootHttpSettings(
    Ipv4 bindAddress,
    int port,
    Duration hold,
    Duration documentLife,
    Duration requestTime,
    Duration idleTime,
    int maxConnections,
    int maxPerAddress) {

  /** The usual limits. */
  public static BootHttpSettings of(Ipv4 bindAddress, int port) {
    return new BootHttpSettings(
        bindAddress,
        port,
        Duration.ofSeconds(25),
        Duration.ofHours(24),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        4096,
        64);
  }
}
