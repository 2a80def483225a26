package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.OptionAck;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One file on its way to one client: a value, replaced at each thing that happens. It knows how
 * many blocks there are and which of them to send, but no bytes, socket or clock.
 *
 * <p>Blocks are counted from 1 without end; the 16 bits of the wire are made from them only when a
 * packet is sent, so a file may have more than 65535 (the number then goes on with 0, as every
 * client does that can load such a file).
 *
 * @param size octets of the file
 * @param blocks the last is short, if need be empty
 * @param window what is in flight
 * @param confirmed whether the client ever acknowledged: only then its address is known to be real
 * @param deadline when {@link #onTimeout} is due
 * @param retransmissions packets sent again
 * @param ending empty while the transfer goes on
 */
record Transfer(
    Terms terms,
    long size,
    long blocks,
    Window window,
    Patience patience,
    boolean confirmed,
    Instant deadline,
    long retransmissions,
    Optional<Ending> ending) {

  /** What to do after something happened. */
  record Step(Transfer next, Send send) {}

  /** What to put on the wire, if anything. */
  sealed interface Send {
    record Nothing() implements Send {}

    record Options(OptionAck packet) implements Send {}

    /**
     * Consecutive blocks of the file.
     *
     * @param first from 1, without rollover
     */
    record Blocks(long first, int count) implements Send {}
  }

  /**
   * How and why it is over.
   *
   * @param detail for the operator, may be empty
   */
  record Ending(Outcome outcome, String detail) {}

  /**
   * The blocks after {@code acknowledged} up to {@code sent}; both 0 before the first block.
   *
   * @param highest the last block ever sent: after a loss the window goes back, this does not
   * @param resent whether any of it was sent before, which makes its round trip meaningless (Karn)
   */
  record Window(long acknowledged, long sent, long highest, Instant sentAt, boolean resent) {}

  private static final Send NOTHING = new Send.Nothing();

  /**
   * The answer to a request: the accepted options alone, or else the first block alone. Never a
   * whole window, so that a request with a forged address brings its victim one packet.
   */
  static Step start(ReadRequest request, long size, TransferLimits limits, Instant now) {
    Terms terms = Terms.of(request, size, limits);
    Window nothingSent = new Window(0, 0, 0, now, false);
    Transfer transfer =
        new Transfer(
            terms,
            size,
            terms.blocks(size),
            nothingSent,
            Patience.NEW,
            false,
            now.plus(Patience.INITIAL),
            0,
            Optional.empty());
    return transfer.waitsForOptions()
        ? new Step(transfer, new Send.Options(new OptionAck(terms.acknowledged())))
        : transfer.sendWindow(now);
  }

  /**
   * The client has everything up to {@code block}.
   *
   * @param block as on the wire, 0 to 65535
   */
  Step onAck(int block, Instant now) {
    if (ending.isPresent()) {
      return new Step(this, NOTHING);
    }
    if (waitsForOptions()) {
      return block == 0 ? moveOn(0, now) : new Step(this, NOTHING);
    }
    // The wire's 16 bits are read as the nearest block at or after the last acknowledged one: what
    // is older than that comes out beyond the window, like everything never sent.
    long ahead = (block - window.acknowledged()) & 0xffff;
    if (ahead == 0) {
      return onDuplicate(now);
    }
    long acknowledged = window.acknowledged() + ahead;
    return acknowledged > window.sent() ? new Step(this, NOTHING) : moveOn(acknowledged, now);
  }

  /** The client gives up, for whatever reason; no answer is due (RFC 1350 section 7). */
  Step onError(TftpPacket.ErrorPacket error) {
    String detail = "error " + error.code() + ": " + error.message();
    return end(Outcome.ABORTED_BY_CLIENT, detail);
  }

  /** To be called when {@link #deadline} has come without another call. */
  Step onTimeout(Instant now) {
    if (ending.isPresent()) {
      return new Step(this, NOTHING);
    }
    if (patience.isExhausted(confirmed)) {
      return end(Outcome.TIMED_OUT, silence());
    }
    Transfer patient = withPatience(patience.resent());
    if (!waitsForOptions()) {
      return patient.sendWindow(now);
    }
    Window again = new Window(0, 0, 0, now, true);
    OptionAck options = new OptionAck(terms.acknowledged());
    return new Step(patient.waiting(again, retransmissions + 1), new Send.Options(options));
  }

  /** Octets the client has acknowledged. */
  long acknowledgedOctets() {
    return Math.min(size, window.acknowledged() * terms.blockSize());
  }

  private boolean waitsForOptions() {
    return !confirmed && !terms.acknowledged().isEmpty();
  }

  private Step moveOn(long acknowledged, Instant now) {
    Patience rewarded = patience.rewarded();
    // An acknowledgement from within the window tells of a loss, not of the time a window takes.
    if (!window.resent() && acknowledged == window.sent()) {
      rewarded = rewarded.measured(Duration.between(window.sentAt(), now));
    }
    Window rest = new Window(acknowledged, acknowledged, window.highest(), now, false);
    Transfer moved =
        new Transfer(terms, size, blocks, rest, rewarded, true, deadline, retransmissions, ending);
    return acknowledged == blocks ? moved.end(Outcome.COMPLETE, "") : moved.sendWindow(now);
  }

  /**
   * A block acknowledged twice. With a window of one it must be ignored: answering it doubles every
   * block until the end (the sorcerer's apprentice, RFC 1123 section 4.2.3.1). With a larger window
   * it is also how a client tells that the first block of the window is lost (RFC 7440 section 4).
   * It is believed once per window, and only after a round trip: an acknowledgement that the
   * network doubled, and one that answers a doubled window, come earlier.
   */
  private Step onDuplicate(Instant now) {
    boolean tellsOfLoss =
        terms.window() > 1
            && confirmed
            && !window.resent()
            && patience.isMeasured()
            && Duration.between(window.sentAt(), now).compareTo(patience.roundTrip()) >= 0;
    return tellsOfLoss ? sendWindow(now) : new Step(this, NOTHING);
  }

  /** Sends (again) what follows the last acknowledged block. */
  private Step sendWindow(Instant now) {
    long acknowledged = window.acknowledged();
    int count = (int) Math.min(terms.window(), blocks - acknowledged);
    long sent = acknowledged + count;
    long again = Math.min(sent, window.highest()) - acknowledged;
    Window next = new Window(acknowledged, sent, Math.max(sent, window.highest()), now, again > 0);
    Transfer waiting = waiting(next, retransmissions + Math.max(again, 0));
    return new Step(waiting, new Send.Blocks(acknowledged + 1, count));
  }

  private Transfer waiting(Window next, long resentInAll) {
    // Before its first acknowledgement the client has agreed to nothing, also not to a timeout; a
    // forged request could hold a transfer for many minutes with one.
    Optional<Duration> agreed = confirmed ? terms.timeout() : Optional.empty();
    Instant due = next.sentAt().plus(patience.wait(agreed));
    return new Transfer(terms, size, blocks, next, patience, confirmed, due, resentInAll, ending);
  }

  private Transfer withPatience(Patience next) {
    return new Transfer(
        terms, size, blocks, window, next, confirmed, deadline, retransmissions, ending);
  }

  private Step end(Outcome outcome, String detail) {
    Optional<Ending> end = Optional.of(new Ending(outcome, detail));
    return new Step(
        new Transfer(
            terms, size, blocks, window, patience, confirmed, deadline, retransmissions, end),
        NOTHING);
  }

  private String silence() {
    if (!confirmed) {
      return "the client never answered";
    }
    if (window.sent() == blocks) {
      return "all was sent, but the last acknowledgement did not come";
    }
    return "silent after block " + window.acknowledged() + " of " + blocks;
  }
}
