package io.arranque.downloads;

import io.arranque.address.Ipv4;
import java.time.Instant;

/**
 * A download as it stood at one moment.
 *
 * @param file below the folder it is served from
 * @param done bytes that have left
 * @param total bytes that were asked for
 * @param bitsPerSecond of late
 * @param stalled whether the machine takes nothing any more; it does not count then
 */
public record Download(
    Ipv4 address,
    Way way,
    String file,
    long done,
    long total,
    long bitsPerSecond,
    Instant began,
    boolean stalled) {

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
