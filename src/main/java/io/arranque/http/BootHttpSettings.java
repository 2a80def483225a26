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
 * @param repeats a machine that asks again before it was silent so long gets the same script of the
 *     same boot; zero: never
 * @param limits what a client may take of us
 */
public record BootHttpSettings(
    Ipv4 bindAddress,
    int port,
    Duration hold,
    Duration documentLife,
    Duration repeats,
    Limits limits) {

  /**
   * What a client may take of us, so that one that is slow, broken or ill-meant takes nothing from
   * the others.
   *
   * @param requestTime within which a request must have come whole
   * @param idleTime after which a connection without request is closed
   * @param stallTime over which a download's progress is measured
   * @param slowest bytes that a download must move on in {@code stallTime}, or it is cut
   * @param maxConnections at once
   * @param maxPerAddress at once from one address
   */
  public record Limits(
      Duration requestTime,
      Duration idleTime,
      Duration stallTime,
      long slowest,
      int maxConnections,
      int maxPerAddress) {
    /** For rooms of PCs; a kernel at the slowest rate takes hours. */
    public static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            64 * 1024,
            4096,
            128);
  }

  /** The usual ones. */
  public static BootHttpSettings of(Ipv4 bindAddress, int port) {
    return new BootHttpSettings(
        bindAddress,
        port,
        Duration.ofSeconds(25),
        Duration.ofHours(24),
        Duration.ofSeconds(5),
        Limits.USUAL);
  }
}
