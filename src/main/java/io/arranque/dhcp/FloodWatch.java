package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.RelayAgentInformation;
import io.arranque.inventory.SwitchPort;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the strangers of one segment by the minute, in memory of fixed size: a bit for each MAC,
 * at a place that its number gives. Belongs to the decision lane.
 *
 * <p>A room of new PCs asks as a flood does, but its machines take what they are offered within
 * seconds; a flood that does so as well soon has all that strangers may have. So it is those that
 * leave their offers, and those that are refused, who raise the alarm.
 */
final class FloodWatch {
  /** So many in a minute that did not take their offers, or were refused, begin the alarm. */
  static final int LEFT_BEGINS = 200;

  static final int REFUSED_BEGINS = 20;

  /** Under this share of both it ends: at one bound it would come and go. */
  private static final int EASED = 4;

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 6;

  /** Twice as many as can be told apart well. */
  private static final int BITS = 1 << 17;

  /** Relays and switch ports can be made up, too. */
  private static final int PLACES = 256;

  private final String segment;
  private Minute minute = new Minute();
  private Minute minuteBefore = new Minute();

  /** By step, the present one at {@link #step}. */
  private final long[] askedIn = new long[STEPS];

  private final long[] answeredIn = new long[STEPS];
  private final long[] refusedIn = new long[STEPS];
  private long step = Long.MIN_VALUE;
  private boolean alarm;

  /**
   * Whom it has counted. There are two, because a machine that asks at the end of one minute takes
   * its offer in the next.
   */
  private static final class Minute {
    final BitSet asked = new BitSet();
    final BitSet answered = new BitSet();
    final BitSet refused = new BitSet();
    final Map<String, Integer> places = new HashMap<>();
    int counted;

    void through(String place) {
      if (places.size() < PLACES || places.containsKey(place)) {
        places.merge(place, 1, Integer::sum);
      }
    }

    /** 1 when this machine asked in this minute and takes its offer now. */
    int answered(int bit) {
      return asked.get(bit) && set(answered, bit) ? 1 : 0;
    }
  }

  FloodWatch(String segment) {
    this.segment = segment;
  }

  /** Takes note of what was decided about a packet of the segment. */
  void note(Received received, Verdict verdict, Instant now) {
    Optional<Mac> mac = received.packet().mac();
    Optional<MessageType> type = received.packet().messageType();
    if (mac.isEmpty() || type.isEmpty()) {
      return;
    }
    advance(now);
    int bit = bit(mac.get());
    boolean isRefused = isRefused(verdict);
    if (isRefused || offersToStranger(verdict)) {
      if (set(minute.asked, bit)) {
        askedIn[index(step)]++;
        minute.counted++;
        notePlace(received, now);
      }
      if (isRefused && set(minute.refused, bit)) {
        refusedIn[index(step)]++;
      }
    } else if (type.get() == MessageType.REQUEST) {
      answeredIn[index(step)] += minute.answered(bit) + minuteBefore.answered(bit);
    }
  }

  /** The last minute, and whether there is an alarm. */
  Flood look(Instant now) {
    advance(now);
    long all = Arrays.stream(askedIn).sum();
    long took = Arrays.stream(answeredIn).sum();
    long none = Arrays.stream(refusedIn).sum();
    // Whoever asked just now may still be choosing.
    long left = all - askedIn[index(step)] - askedIn[index(step - 1)] - took - none;
    int scale = alarm ? EASED : 1;
    alarm = left * scale > LEFT_BEGINS || none * scale > REFUSED_BEGINS;
    return new Flood(segment, all, took, none, most(), alarm);
  }

  private static boolean isRefused(Verdict verdict) {
    return verdict instanceof Verdict.Silence silence
        && (silence.reason() == Reason.POOL_KEPT_FOR_KNOWN
            || silence.reason() == Reason.TOO_MANY_STRANGERS);
  }

  private static boolean offersToStranger(Verdict verdict) {
    if (verdict instanceof Verdict.Reply reply) {
      for (Offer offer : reply.offers()) {
        if (offer.to().isStranger()) {
          return true;
        }
      }
    }
    return false;
  }

  private void notePlace(Received received, Instant now) {
    if (received.packet().giaddr().isAny()) {
      return;
    }
    Optional<SwitchPort> said =
        RelayAgentInformation.of(received.packet())
            .map(option -> SwitchPort.of(option, received.packet().giaddr(), now));
    String place =
        "relay "
            + received.packet().giaddr()
            + said.map(port -> described(" port ", port.port())).orElse("")
            + said.map(port -> described(" of ", port.device())).orElse("");
    minute.through(place);
  }

  private static String described(String word, String what) {
    return what.isEmpty() ? "" : word + what;
  }

  private Optional<String> most() {
    Map<String, Integer> both = new HashMap<>(minute.places);
    minuteBefore.places.forEach((place, count) -> both.merge(place, count, Integer::sum));
    return both.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(place -> place.getValue() * 2L > minute.counted + minuteBefore.counted)
        .map(Map.Entry::getKey);
  }

  private void advance(Instant now) {
    long present = now.toEpochMilli() / STEP.toMillis();
    // Also when the clock was put back.
    if (step == Long.MIN_VALUE || Math.abs(present - step) >= STEPS) {
      step = present;
      Arrays.fill(askedIn, 0);
      Arrays.fill(answeredIn, 0);
      Arrays.fill(refusedIn, 0);
      minute = new Minute();
      forget();
    }
    while (step < present) {
      step++;
      askedIn[index(step)] = 0;
      answeredIn[index(step)] = 0;
      refusedIn[index(step)] = 0;
      if (index(step) == 0) {
        forget();
      }
    }
  }

  /** Once a minute, so that a machine that asks again and again counts once. */
  private void forget() {
    minuteBefore = minute;
    minute = new Minute();
  }

  private static int index(long step) {
    return (int) Math.floorMod(step, (long) STEPS);
  }

  private static boolean set(BitSet bits, int bit) {
    boolean before = bits.get(bit);
    bits.set(bit);
    return !before;
  }

  private static int bit(Mac mac) {
    long spread = mac.bits() * 0x9E3779B97F4A7C15L;
    return (int) (spread >>> 40) & (BITS - 1);
  }
}
