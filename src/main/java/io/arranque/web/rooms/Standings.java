package io.arranque.web.rooms;

import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How machines stand, with the events that say so kept: a room is looked at each second, and must
 * not ask the database for events of machines that did nothing. Thread-safe.
 */
public final class Standings {
  /** Half a year of renewing a lease of twelve hours. */
  private static final int LONG_HISTORY = 500;

  /** Far more than are looked at, see {@link RoomDesk}; what is beyond was looked at once. */
  private static final int MOST = 10_000;

  private final Timeline timeline;
  private final Map<Mac, List<BootEvent>> decisive = new ConcurrentHashMap<>();
  private final Map<Mac, List<BootEvent>> histories = new ConcurrentHashMap<>();

  public Standings(Timeline timeline) {
    this.timeline = timeline;
  }

  BootStatus of(Machine machine, Instant now) {
    return BootStatus.of(events(machine.mac()), machine.lastSeen(), now);
  }

  /** Something happened to the machine; to be told before anybody who then asks. */
  void forget(Mac mac) {
    decisive.remove(mac);
    histories.remove(mac);
  }

  /** Its newest events, newest first; for machines that load, which are looked at each second. */
  List<BootEvent> history(Mac mac) {
    if (histories.size() > MOST) {
      histories.clear();
    }
    return histories.computeIfAbsent(mac, m -> timeline.of(m, BootStatus.EVENTS));
  }

  /** Newest first, and no more than are needed. */
  private List<BootEvent> events(Mac mac) {
    if (decisive.size() > MOST) {
      decisive.clear();
    }
    // Read within the map's lock: what is forgotten meanwhile is forgotten after it was read.
    return decisive.computeIfAbsent(mac, this::read);
  }

  private List<BootEvent> read(Mac mac) {
    Optional<BootEvent> last = timeline.last(mac);
    if (last.filter(BootStatus::needsHistory).isEmpty()) {
      return last.map(List::of).orElse(List.of());
    }
    List<BootEvent> events = timeline.of(mac, BootStatus.EVENTS);
    return events.size() == BootStatus.EVENTS && BootStatus.isAllDhcp(events)
        ? timeline.of(mac, LONG_HISTORY)
        : events;
  }
}
