package io.arranque.dhcp;

import io.arranque.dhcp.packet.MessageType;
import io.arranque.timeline.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many of what, since start, by segment. Thread-safe. To count costs a look-up and an addition;
 * segments that were taken out of the site keep their counts, so that no sum ever falls.
 */
public final class DhcpStatistics {
  /** More segments than one box has cards and relays for; beyond, all count as one. */
  private static final int MOST_SEGMENTS = 1_000;

  /** Hears of each commit, on the decision lane: must be quick. */
  @FunctionalInterface
  public interface CommitListener {
    /**
     * @param nanos how long it took
     * @param changes how many changes of leases were in it
     */
    void committed(long nanos, int changes);
  }

  private static final class Counts {
    private final Tally<MessageType> received = new Tally<>(MessageType.class);
    private final Tally<MessageType> sent = new Tally<>(MessageType.class);
    private final Tally<Reason> silences = new Tally<>(Reason.class);
  }

  private static final class Tally<E extends Enum<E>> {
    /** Every key from the start: afterwards the map itself is only read. */
    private final Map<E, LongAdder> adders;

    Tally(Class<E> type) {
      adders = new EnumMap<>(type);
      for (E key : type.getEnumConstants()) {
        adders.put(key, new LongAdder());
      }
    }

    LongAdder of(E key) {
      return Objects.requireNonNull(adders.get(key));
    }
  }

  private final Map<String, Counts> segments = new ConcurrentHashMap<>();
  private final LongAdder unseen = new LongAdder();
  private final LongAdder unrecorded = new LongAdder();
  private volatile CommitListener commits = (nanos, changes) -> {};

  /** From now on this one hears of commits, and no other. */
  public void onCommit(CommitListener listener) {
    commits = listener;
  }

  /** The segments that something was counted for; empty stands for those of no segment. */
  public Set<String> segments() {
    return new TreeSet<>(segments.keySet());
  }

  /** Messages that came in on a segment and could be read. */
  public long received(String segment, MessageType type) {
    return of(segment).received.of(type).sum();
  }

  /** Messages that went out to a segment. */
  public long sent(String segment, MessageType type) {
    return of(segment).sent.of(type).sum();
  }

  /** Datagrams from a segment that were not answered. */
  public long silences(String segment, Reason reason) {
    return of(segment).silences.of(reason).sum();
  }

  /** Messages that came in and could be read, by type. */
  public Map<MessageType, Long> received() {
    Map<MessageType, Long> sums = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      sums.put(type, segments().stream().mapToLong(s -> received(s, type)).sum());
    }
    return sums;
  }

  /** Messages that went out, by type. */
  public Map<MessageType, Long> sent() {
    Map<MessageType, Long> sums = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      sums.put(type, segments().stream().mapToLong(s -> sent(s, type)).sum());
    }
    return sums;
  }

  /** Datagrams that were not answered, by reason. */
  public Map<Reason, Long> silences() {
    Map<Reason, Long> sums = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      sums.put(reason, segments().stream().mapToLong(s -> silences(s, reason)).sum());
    }
    return sums;
  }

  /** Machines seen that were not noted, because too many came at once or are known already. */
  public long unseen() {
    return unseen.sum();
  }

  /** Events that were left off the timeline, because too many came at once. */
  public long unrecorded() {
    return unrecorded.sum();
  }

  void countUnseen(long machines) {
    unseen.add(machines);
  }

  void countUnrecorded() {
    unrecorded.increment();
  }

  void countReceived(String segment, MessageType type) {
    of(segment).received.of(type).increment();
  }

  void countSent(String segment, MessageType type) {
    of(segment).sent.of(type).increment();
  }

  void countSilence(String segment, Reason reason) {
    of(segment).silences.of(reason).increment();
  }

  /** Where no segment can be told. */
  void countSilence(Reason reason) {
    countSilence("", reason);
  }

  void countCommit(long nanos, int changes) {
    commits.committed(nanos, changes);
  }

  private Counts of(String segment) {
    Counts known = segments.get(segment);
    if (known != null) {
      return known;
    }
    String name = segments.size() < MOST_SEGMENTS ? segment : "";
    return segments.computeIfAbsent(name, unused -> new Counts());
  }
}
