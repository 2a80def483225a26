package io.arranque.web.rooms;

import io.arranque.web.live.Feed;
import io.arranque.web.live.Mailbox;
import io.arranque.web.rooms.RoomTiles.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one open picture has not been sent yet. A tile that changes ten times before the next batch
 * is in it once, as it is then.
 */
final class TileBox implements Feed<TileBox.Batch> {
  private final Mailbox<Batch> mail = new Mailbox<>(this::isReady, this::taken);
  private final Optional<String> room;
  private final OptionalLong since;
  private final Map<String, Made> tiles = new LinkedHashMap<>();
  private final Set<String> redrawn = new TreeSet<>();
  private volatile boolean served;
  private long upTo;
  // A lock may have been set between the page and its stream.
  private boolean locks = true;

  /**
   * @param room the room that is looked at; empty: all of them from afar
   * @param since the last change that the page knows of; empty: it knows nothing that still holds
   */
  TileBox(Optional<String> room, OptionalLong since) {
    this.room = room;
    this.since = since;
  }

  /**
   * @param redrawn rooms that have other seats, or other machines on them
   * @param locks whether other rooms are locked than before
   * @param upTo with this batch the page knows of all changes up to this one
   */
  record Batch(List<Made> tiles, Set<String> redrawn, boolean locks, long upTo) {}

  Optional<String> room() {
    return room;
  }

  OptionalLong since() {
    return since;
  }

  private boolean concerns(String name) {
    return room.isEmpty() || room.get().equals(name);
  }

  /** Whether it has been given what came after {@link #since}. */
  boolean isServed() {
    return served;
  }

  /**
   * From now on there is something to be told.
   *
   * @param missed tiles that changed after {@link #since}
   * @param drawn rooms likewise
   * @param change what is there now and what was told before are all changes up to this one
   */
  void begin(List<Made> missed, List<String> drawn, long change) {
    mail.put(
        () -> {
          missed.stream()
              .filter(tile -> concerns(tile.view().room()))
              .forEach(tile -> tiles.put(tile.view().id(), tile));
          drawn.stream().filter(this::concerns).forEach(redrawn::add);
          upTo = change;
          served = true;
        });
  }

  /** As {@link #begin}, later. */
  void serve(long change) {
    mail.put(() -> upTo = change);
  }

  /**
   * @param looks whether it looks different from afar, too
   */
  void put(Made tile, boolean looks) {
    if (concerns(tile.view().room()) && (looks || room.isPresent())) {
      mail.put(
          () -> {
            // What came before it begins comes with the beginning.
            if (served) {
              tiles.put(tile.view().id(), tile);
            }
          });
    }
  }

  void redraw(String name) {
    if (concerns(name)) {
      mail.put(
          () -> {
            if (served) {
              redrawn.add(name);
            }
          });
    }
  }

  void locksMoved() {
    mail.put(() -> locks = true);
  }

  @Override
  public Optional<Batch> next() throws InterruptedException {
    return mail.next();
  }

  @Override
  public void close() {
    mail.close();
  }

  private boolean isReady() {
    return served && (!tiles.isEmpty() || !redrawn.isEmpty() || locks);
  }

  private Batch taken() {
    Batch batch = new Batch(List.copyOf(tiles.values()), Set.copyOf(redrawn), locks, upTo);
    tiles.clear();
    redrawn.clear();
    locks = false;
    return batch;
  }
}
