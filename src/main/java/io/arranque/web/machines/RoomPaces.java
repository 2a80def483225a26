package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Machine;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Pace;
import io.arranque.web.base.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the machines of a room booted last, as a measure for one of them. Only looked up for a
 * machine that somebody opens, from what the timeline has in memory, and then kept for a minute.
 */
final class RoomPaces {
  /** More machines make the median no truer. */
  private static final int MACHINES = 60;

  private static final int ROOMS = 200;

  /** Fewer machines of one role than these are no measure of their own. */
  private static final int ENOUGH = 3;

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration RECENT = Duration.ofHours(1);

  private final Parts parts;
  private final Map<String, Known> rooms = new ConcurrentHashMap<>();

  private record Good(Mac mac, String role, BootRun run) {}

  private record Known(Instant at, List<Good> boots) {}

  RoomPaces(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param othersUp how many of them came up within the last hour
   */
  record Others(Pace pace, int othersUp) {}

  /** Of the other machines in the machine's room. */
  Others around(Machine machine) {
    Optional<String> room = room(machine);
    if (room.isEmpty()) {
      return new Others(Pace.UNKNOWN, 0);
    }
    Instant now = parts.clock().instant();
    List<Good> others =
        boots(room.get(), now).stream().filter(b -> !b.mac().equals(machine.mac())).toList();
    String role = role(machine.mac());
    List<Good> alike = others.stream().filter(b -> b.role().equals(role)).toList();
    boolean enough = alike.size() >= ENOUGH || alike.size() == others.size();
    List<BootRun> measure = (enough ? alike : others).stream().map(Good::run).toList();
    long recent =
        others.stream()
            .filter(b -> b.run().decisive().orElseThrow().at().isAfter(now.minus(RECENT)))
            .count();
    return new Others(Pace.of(measure, enough), (int) recent);
  }

  private List<Good> boots(String room, Instant now) {
    Known known = rooms.get(room);
    if (known != null && now.isBefore(known.at().plus(FRESH))) {
      return known.boots();
    }
    List<Good> boots =
        parts.book().view().machines().stream()
            .filter(m -> m.lastSeen().isPresent() && room(m).equals(Optional.of(room)))
            .sorted(Comparator.comparing((Machine m) -> m.lastSeen().orElseThrow()).reversed())
            .limit(MACHINES)
            .flatMap(m -> lastGood(m, now).stream())
            .toList();
    if (rooms.size() >= ROOMS) {
      rooms.clear();
    }
    rooms.put(room, new Known(now, boots));
    return boots;
  }

  private Optional<Good> lastGood(Machine machine, Instant now) {
    return BootRun.of(
            parts.timeline().of(machine.mac(), BootStatus.EVENTS), machine.lastSeen(), now)
        .stream()
        .filter(run -> run.isGood() && run.steps().size() > 1)
        .findFirst()
        .map(run -> new Good(machine.mac(), role(machine.mac()), run));
  }

  private String role(Mac mac) {
    return parts.book().view().boot(mac).map(Boot::role).orElse("");
  }

  /** Without planning each machine's boot: the room it was put into, or its segment's. */
  private Optional<String> room(Machine machine) {
    return machine
        .assignment()
        .room()
        .or(
            () ->
                machine
                    .segment()
                    .flatMap(s -> Optional.ofNullable(parts.site().get().segments().get(s)))
                    .flatMap(segment -> segment.room()));
  }
}
