package io.arranque.dhcp;

import io.arranque.dhcp.packet.MessageType;
import io.arranque.timeline.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many of what, since start. Thread-safe. */
public final class DhcpStatistics {
  private final Map<MessageType, LongAdder> received = adders(MessageType.class);
  private final Map<MessageType, LongAdder> sent = adders(MessageType.class);
  private final Map<Reason, LongAdder> silences = adders(Reason.class);
  private final LongAdder unseen = new LongAdder();
  private final LongAdder unrecorded = new LongAdder();

  /** Messages that came in and could be read, by type. */
  public Map<MessageType, Long> received() {
    return sums(received, MessageType.class);
  }

  /** Messages that went out, by type. */
  public Map<MessageType, Long> sent() {
    return sums(sent, MessageType.class);
  }

  /** Datagrams that were not answered, by reason. */
  public Map<Reason, Long> silences() {
    return sums(silences, Reason.class);
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

  void countReceived(MessageType type) {
    count(received, type);
  }

  void countSent(MessageType type) {
    count(sent, type);
  }

  void countSilence(Reason reason) {
    count(silences, reason);
  }

  private static <E extends Enum<E>> void count(Map<E, LongAdder> adders, E key) {
    LongAdder adder = adders.get(key);
    if (adder != null) {
      adder.increment();
    }
  }

  /** Every key from the start: afterwards the map itself is only read. */
  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E key : type.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders, Class<E> type) {
    Map<E, Long> sums = new EnumMap<>(type);
    adders.forEach((key, adder) -> sums.put(key, adder.sum()));
    return sums;
  }
}
