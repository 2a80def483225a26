package io.arranque.web.page;

import io.arranque.inventory.RoomLock;
import io.arranque.schedule.Locks;
import io.arranque.web.access.Caller;
import io.arranque.web.base.Parts;
import io.arranque.web.views.LockViews;
import io.arranque.web.views.LockViews.LockView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What every template can ask about locks, under {@code locks}: any page may show a room or a
 * machine. Lists of at most one stand for what may not be there.
 */
public final class ShownLocks {
  private static final int QUARTER = 15;

  private final Parts parts;
  private final Optional<Caller> caller;

  public ShownLocks(Parts parts, Optional<Caller> caller) {
    this.parts = parts;
    this.caller = caller;
  }

  /** Over a room, be it its own or the one of all rooms; the empty name: what stands in none. */
  public List<LockView> over(String room) {
    return parts.book().view().lock(named(room), now()).map(this::view).stream().toList();
  }

  /** The room's own alone; the empty name: the one of all rooms. */
  public List<LockView> own(String room) {
    return Locks.own(parts.book().view(), named(room), now()).map(this::view).stream().toList();
  }

  public List<LockView> all() {
    return Locks.inForce(parts.book().view(), now()).stream().map(this::view).toList();
  }

  /** Whether whoever looks may lock and unlock it; the empty name: all rooms. */
  public boolean mayIn(String room) {
    return caller.map(Caller::grant).filter(g -> g.operatesIn(named(room))).isPresent();
  }

  /** When a lock of the usual length would end, on a quarter of an hour. */
  public String usualEnd() {
    ZoneId zone = parts.schedule().view().zone();
    Instant end = now().plus(Locks.USUAL).plus(Duration.ofMinutes(QUARTER / 2));
    long minutes = end.truncatedTo(ChronoUnit.MINUTES).getEpochSecond() / 60;
    Instant rounded = Instant.ofEpochSecond(minutes / QUARTER * QUARTER * 60);
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(rounded.atZone(zone));
  }

  private LockView view(RoomLock lock) {
    return LockViews.of(lock, now(), parts.schedule().view().zone());
  }

  private Instant now() {
    return parts.clock().instant();
  }

  private static Optional<String> named(String room) {
    return Optional.of(room).filter(name -> !name.isEmpty());
  }
}
