package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.OptionAck;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * One file on its way to one client: which block to send at each thing that happens. It knows no
 * bytes, socket or clock; times are nanoseconds of the caller's clock.
 *
 * <p>Blocks are counted from 1 without end; the 16 bits of the wire are made from them only when a
 * packet is sent, so a file may have more than 65535 (the number then goes on with 0, as every
 * client does that can load such a file).
 *
 * <p>Changed in place and not a value: a busy server does this hundreds of thousands of times a
 * second, and new values cost more there than sending the packet. One thread owns it.
 */
final class Transfer {
  /** What to put on the wire after something happened. */
  enum Send {
    NOTHING,
    /** {@link #options}. */
    OPTIONS,
    /** {@link #count} blocks of the file from {@link #first} on. */
    BLOCKS
  }

  /**
   * How and why it is over.
   *
   * @param detail for the operator, may be empty
   */
  record Ending(Outcome outcome, String detail) {}

  /** So many unanswered resends before the windows that follow are sent along. */
  private static final int RESENDS_BEFORE_PUSH = 2;

  /** After so many it is no longer likely that anybody listens. */
  private static final int RESENDS_WITH_PUSH_MAX = 6;

  /** So many windows are sent at once at most. */
  private static final int PUSHED_MAX = 4;

  private static final long NOT_PUSHED = -1;

  private final Terms terms;
  private final long size;
  private final long blocks;
  private final Patience patience;

  /** The client has everything up to this block; 0 before the first. */
  private long acknowledged;

  /** The last block in flight. */
  private long sent;

  /** The last block ever sent: after a loss the window goes back, this does not. */
  private long highest;

  /** Behind which block windows began to be sent that were not asked for yet. */
  private long pushedFrom = NOT_PUSHED;

  private long sentAt;

  /** Whether any block in flight was sent before, which makes the round trip meaningless. */
  private boolean resent;

  private boolean confirmed;
  private long deadline;
  private long retransmissions;
  private long first;
  private int count;
  private Optional<Ending> ending = Optional.empty();

  Transfer(ReadRequest request, long size, TransferLimits limits, long now) {
    this.terms = Terms.of(request, size, limits);
    this.size = size;
    this.blocks = terms.blocks(size);
    this.patience = new Patience(terms.timeout().map(Duration::toNanos).orElse(0L), now);
  }

  /**
   * The answer to the request: the accepted options alone, or else the first block alone. Never a
   * whole window, so that a request with a forged address brings its victim one packet.
   */
  Send start(long now) {
    if (terms.acknowledged().isEmpty()) {
      return sendWindow(now);
    }
    sendOptions(now);
    return Send.OPTIONS;
  }

  /**
   * The client has everything up to {@code block}.
   *
   * @param block as on the wire, 0 to 65535
   */
  Send onAck(int block, long now) {
    if (ending.isPresent()) {
      return Send.NOTHING;
    }
    if (waitsForOptions()) {
      return block == 0 ? moveOn(0, now) : Send.NOTHING;
    }
    // The wire's 16 bits are read as the nearest block at or after the last acknowledged one: what
    // is older than that comes out beyond the window, like everything never sent.
    long ahead = (block - acknowledged) & 0xffff;
    if (ahead == 0) {
      return onDuplicate(now);
    }
    return acknowledged + ahead > sent ? Send.NOTHING : moveOn(acknowledged + ahead, now);
  }

  /** The client gives up, for whatever reason; no answer is due (RFC 1350 section 7). */
  void onError(TftpPacket.ErrorPacket error) {
    end(Outcome.ABORTED_BY_CLIENT, "error " + error.code() + ": " + error.message());
  }

  /** The client's host says that nobody listens on its port any more (ICMP). */
  void onClosedPort() {
    if (confirmed && sent == blocks) {
      end(Outcome.COMPLETE, "the last acknowledgement was lost, the client had left");
    } else {
      end(Outcome.ABORTED_BY_CLIENT, "the client's port is closed");
    }
  }

  /** To be called when {@link #deadline} has come without another call. */
  Send onTimeout(long now) {
    if (ending.isPresent()) {
      return Send.NOTHING;
    }
    if (patience.isExhausted(confirmed, now)) {
      end(Outcome.TIMED_OUT, silence());
      return Send.NOTHING;
    }
    patience.resent();
    if (waitsForOptions()) {
      sendOptions(now);
      return Send.OPTIONS;
    }
    return sendWindow(now);
  }

  /** Ends it for a reason that lies outside; what has ended stays as it is. */
  void end(Outcome outcome, String detail) {
    if (ending.isEmpty()) {
      ending = Optional.of(new Ending(outcome, detail));
    }
  }

  Terms terms() {
    return terms;
  }

  OptionAck options() {
    return new OptionAck(terms.acknowledged());
  }

  /** Of the blocks to send, from 1, without rollover. */
  long first() {
    return first;
  }

  int count() {
    return count;
  }

  long blocks() {
    return blocks;
  }

  /** When {@link #onTimeout} is due. */
  long deadline() {
    return deadline;
  }

  /** Whether the client ever acknowledged: only then its address is known to be real. */
  boolean confirmed() {
    return confirmed;
  }

  /** Packets sent again. */
  long retransmissions() {
    return retransmissions;
  }

  long acknowledgedBlock() {
    return acknowledged;
  }

  Patience patience() {
    return patience;
  }

  /** Empty while the transfer goes on. */
  Optional<Ending> ending() {
    return ending;
  }

  /** Octets the client has acknowledged. */
  long acknowledgedOctets() {
    return Math.min(size, acknowledged * terms.blockSize());
  }

  private boolean waitsForOptions() {
    return !confirmed && !terms.acknowledged().isEmpty();
  }

  private void sendOptions(long now) {
    resent = patience.resends() > 0;
    retransmissions += resent ? 1 : 0;
    waiting(now);
  }

  private Send moveOn(long block, long now) {
    // An acknowledgement from within the window tells of a loss, not of the time a window takes.
    if (!resent && block == sent) {
      patience.measured(now - sentAt);
    } else if (patience.resends() > 0) {
      patience.measuredAtMost(now);
    }
    patience.rewarded(now);
    confirmed = true;
    boolean more =
        pushedFrom != NOT_PUSHED && (block - pushedFrom) % terms.window() == 0 && block < sent;
    acknowledged = block;
    if (acknowledged == blocks) {
      end(Outcome.COMPLETE, "");
      return Send.NOTHING;
    }
    if (more) {
      // What comes next is on its way since the push; sending it once more would never end.
      deadline = now + patience.wait(true);
      return Send.NOTHING;
    }
    return sendWindow(now);
  }

  /**
   * A block acknowledged twice. With a window of one it must be ignored: answering it doubles every
   * block until the end (the sorcerer's apprentice, RFC 1123 section 4.2.3.1). With a larger window
   * it is also how a client tells that the first block of the window is lost (RFC 7440 section 4).
   * It is believed once per window, and only after a round trip: an acknowledgement that the
   * network doubled, and one that answers a doubled window, come earlier.
   */
  private Send onDuplicate(long now) {
    boolean tellsOfLoss =
        terms.window() > 1
            && confirmed
            && !resent
            && patience.isMeasured()
            && now - sentAt >= patience.roundTrip();
    return tellsOfLoss ? sendWindow(now) : Send.NOTHING;
  }

  /**
   * Sends (again) what follows the last acknowledged block.
   *
   * <p>When that was in vain twice, the window after it comes along, and the third time one more.
   * Then it was likely not the data that was lost but the acknowledgement, and some clients (U-Boot
   * is one) are silent about a block they have: only a new one gets them going before their own
   * time-out of seconds. Whoever does lack the first window drops the others like any block out of
   * order.
   */
  private Send sendWindow(long now) {
    int windows = windowsAtOnce();
    int window = windows * terms.window();
    pushedFrom = windows > 1 ? acknowledged : NOT_PUSHED;
    first = acknowledged + 1;
    count = (int) Math.min(window, blocks - acknowledged);
    sent = acknowledged + count;
    long again = Math.min(sent, highest) - acknowledged;
    resent = again > 0;
    retransmissions += Math.max(again, 0);
    highest = Math.max(highest, sent);
    waiting(now);
    return Send.BLOCKS;
  }

  private int windowsAtOnce() {
    int resends = patience.resends();
    boolean push = confirmed && resends >= RESENDS_BEFORE_PUSH && resends <= RESENDS_WITH_PUSH_MAX;
    return push ? Math.min(resends, PUSHED_MAX) : 1;
  }

  private void waiting(long now) {
    sentAt = now;
    deadline = now + patience.wait(confirmed);
  }

  private String silence() {
    if (!confirmed) {
      return "the client never answered";
    }
    if (sent == blocks) {
      return "all was sent, but the last acknowledgement did not come";
    }
    return "silent after block " + acknowledged + " of " + blocks;
  }
}
