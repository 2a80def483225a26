package io.arranque.downloads;

import io.arranque.address.Ipv4;
import java.time.Instant;
import java.util.Optional;

/**
 * A download as it stood at one moment.
 *
 * @param file below the folder it is served from
 * @param done bytes that have left
 * @param total bytes that were asked for
 * @param bitsPerSecond of late
 * @param stalled whether the machine takes nothing any more; it does not count then
 * @param blocks how it is cut up; empty over HTTP
 */
public record Download(
    Ipv4 address,
    Way way,
    String file,
    long done,
    long total,
    long bitsPerSecond,
    Instant began,
    boolean stalled,
    Optional<Blocks> blocks) {

  /**
   * What TFTP's options came to (RFC 2348, RFC 7440).
   *
   * @param size octets to a block
   * @param window blocks to an acknowledgement
   */
  public record Blocks(int size, int window) {}

  /** One that is not cut into blocks, or of which nobody knows how. */
  public Download(
      Ipv4 address,
      Way way,
      String file,
      long done,
      long total,
      long bitsPerSecond,
      Instant began,
      boolean stalled) {
    this(address, way, file, done, total, bitsPerSecond, began, stalled, Optional.empty());
  }

  /** By which protocol. */
  public enum Way {
    HTTP("http"),
    TFTP("tftp");

    private final String label;

    Way(String label) {
      this.label = label;
    }

    /** The word used in the API. */
    public String label() {
      return label;
    }
  }
}
