package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What client and server agree on before the first block.
 *
 * @param blockSize octets
 * @param window blocks sent before an acknowledgement is waited for
 * @param timeout the fixed time before a resend, when the client asked for one
 * @param acknowledged the options to acknowledge, in the client's order; none means that the first
 *     block is the answer (RFC 2347)
 */
record Terms(int blockSize, int window, Optional<Duration> timeout, List<TftpOption> acknowledged) {
  private static final int BLOCK_SIZE_WITHOUT_OPTIONS = 512;

  Terms {
    acknowledged = List.copyOf(acknowledged);
  }

  /**
   * Clamps what may be clamped and leaves out what makes no sense: an option that is not
   * acknowledged is as if it had not been asked for, and every client can go on from there. Error 8
   * is never sent.
   *
   * @param size octets of the whole file
   */
  static Terms of(ReadRequest request, long size, TransferLimits limits) {
    int blockSize = BLOCK_SIZE_WITHOUT_OPTIONS;
    int window = 1;
    Optional<Duration> timeout = Optional.empty();
    List<TftpOption> acknowledged = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (TftpOption option : request.options()) {
      if (!seen.add(option.name().toLowerCase(Locale.ROOT))) {
        continue;
      }
      // What is no number is as wrong as zero, which none of these options may be.
      int number = number(option.value()).orElse(0);
      if (option.is("tsize")) {
        acknowledged.add(new TftpOption(option.name(), Long.toString(size)));
      } else if (option.is("blksize") && number >= TransferLimits.BLOCK_SIZE_SMALLEST) {
        blockSize = Math.min(number, limits.blockSizeMax());
        acknowledged.add(new TftpOption(option.name(), Integer.toString(blockSize)));
      } else if (option.is("windowsize") && number >= 1) {
        window = Math.min(number, limits.windowSizeMax());
        acknowledged.add(new TftpOption(option.name(), Integer.toString(window)));
      } else if (option.is("timeout") && number >= 1 && number <= 255) {
        // The one option that may not be answered with another value (RFC 2349).
        timeout = Optional.of(Duration.ofSeconds(number));
        acknowledged.add(option);
      }
    }
    return new Terms(blockSize, window, timeout, acknowledged);
  }

  /** Blocks of a file of {@code size} octets: the last is always short, if need be empty. */
  long blocks(long size) {
    return size / blockSize + 1;
  }

  private static OptionalInt number(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return OptionalInt.empty();
    }
    // Too large for an int is only "very large": it is clamped like every large value.
    return OptionalInt.of(value.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(value));
  }
}
