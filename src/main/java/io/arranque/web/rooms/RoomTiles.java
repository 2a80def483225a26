package io.arranque.web.rooms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.web.rooms.RoomViews.TileView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tiles as pages were told of them, every change with a number, so that a page that opens its
 * stream, or comes back to it, says the number it has and is told what came after.
 *
 * <p>A number is worth nothing to another life of the appliance: whoever brings one of those, or
 * none, is told that its rooms are to be asked for anew. Thread-safe.
 */
final class RoomTiles {
  /** Numbers of another life do not begin like this. */
  private final String life = UUID.randomUUID().toString().substring(0, 8) + "-";

  private final Map<Mac, Made> made = new ConcurrentHashMap<>();
  private final Map<String, Long> redrawn = new HashMap<>();
  private final Collection<TileBox> boxes;
  private final ObjectMapper json;
  private long changes;

  /**
   * @param boxes of all open pictures, as they come and go
   */
  RoomTiles(Collection<TileBox> boxes, ObjectMapper json) {
    this.boxes = boxes;
    this.json = json;
  }

  /**
   * A tile, made once for every page.
   *
   * @param mini what is seen of it from afar
   * @param change the number of the change that made it so
   */
  record Made(TileView view, String json, String mini, long change) {}

  private record Mini(String id, String state) {}

  /** All of them; in no order, and while they go on changing. */
  Map<Mac, Made> all() {
    return made;
  }

  /** The number of the last change. */
  synchronized long changes() {
    return changes;
  }

  /** What a page says that has heard of a change and of all before it. */
  String token(long change) {
    return life + change;
  }

  /** Empty: it is none of this life. */
  OptionalLong change(Optional<String> token) {
    return token
        .filter(t -> t.startsWith(life) && t.substring(life.length()).matches("[0-9]{1,18}"))
        .map(t -> OptionalLong.of(Long.parseLong(t.substring(life.length()))))
        .orElse(OptionalLong.empty());
  }

  /**
   * Notes how a machine stands now.
   *
   * @param now empty: it is to be seen nowhere
   * @return whether that is another tile than before
   */
  synchronized boolean set(Mac mac, Optional<TileView> now) {
    Made old = made.get(mac);
    Optional<TileView> before = Optional.ofNullable(old).map(Made::view);
    if (before.equals(now)) {
      return false;
    }
    if (!before.map(RoomTiles::place).equals(now.map(RoomTiles::place))) {
      before.ifPresent(tile -> redraw(tile.room()));
      now.ifPresent(tile -> redraw(tile.room()));
    }
    if (now.isEmpty()) {
      made.remove(mac);
      return true;
    }
    TileView tile = now.get();
    changes++;
    Made next = new Made(tile, write(tile), write(new Mini(tile.id(), tile.state())), changes);
    made.put(mac, next);
    boolean looks =
        old == null
            || !old.view().state().equals(tile.state())
            || !old.view().sign().equals(tile.sign());
    boxes.forEach(box -> box.put(next, looks));
    return true;
  }

  private static List<String> place(TileView tile) {
    return List.of(tile.room(), tile.seat());
  }

  /** A room has other seats, or others sit on them. */
  synchronized void redraw(String room) {
    changes++;
    redrawn.put(room, changes);
    boxes.forEach(box -> box.redraw(room));
  }

  /** Everything of before has been noted: pictures may be told. */
  synchronized void serve() {
    for (TileBox box : boxes) {
      if (box.isServed()) {
        box.serve(changes);
      } else {
        begin(box);
      }
    }
  }

  private void begin(TileBox box) {
    if (box.since().isEmpty()) {
      box.begin(List.of(), List.of(box.room().orElse("")), changes);
      return;
    }
    long since = box.since().getAsLong();
    box.begin(
        made.values().stream().filter(tile -> tile.change() > since).toList(),
        redrawn.keySet().stream().filter(room -> redrawn.getOrDefault(room, 0L) > since).toList(),
        changes);
  }

  /**
   * Takes over what a page shows, so that every later change is one after it: a machine that stood
   * otherwise while nobody looked, and stands as before when somebody looks again, would otherwise
   * be no change.
   *
   * @param before the number of the last change before the page was made
   * @param room which it shows; empty: all of them
   * @param doubt is told of each machine that was known otherwise: of the two the page may be the
   *     older
   * @return what the page is to say when it opens its stream
   */
  synchronized String shown(
      long before, Optional<String> room, List<TileView> tiles, Consumer<Mac> doubt) {
    // A room that was redrawn while the page was made may be on it as it was.
    boolean isDrawn =
        redrawn.entrySet().stream()
            .noneMatch(e -> e.getValue() > before && room.map(e.getKey()::equals).orElse(true));
    Set<Mac> there = new HashSet<>();
    for (TileView tile : tiles) {
      Mac mac = Mac.of(tile.mac());
      there.add(mac);
      if (set(mac, Optional.of(tile))) {
        doubt.accept(mac);
      }
    }
    made.forEach(
        (mac, tile) -> {
          if (room.map(tile.view().room()::equals).orElse(true) && !there.contains(mac)) {
            set(mac, Optional.empty());
            doubt.accept(mac);
          }
        });
    return token(isDrawn ? changes : before);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
