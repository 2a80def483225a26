package io.arranque.web.rooms;

import io.arranque.web.live.Feed;
import io.arranque.web.live.Mailbox;
import io.arranque.web.rooms.RoomLive.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one open picture has not been sent yet. A tile that changes ten times before the next batch
 * is in it once, as it is then.
 */
final class TileBox implements Feed<TileBox.Batch> {
  private final Mailbox<Batch> mail = new Mailbox<>(this::isReady, this::taken);
  private final Optional<String> room;
  private final Map<String, Made> tiles = new LinkedHashMap<>();
  private final Set<String> redrawn = new TreeSet<>();
  private boolean all = true;
  private boolean served;
  // A lock may have been set between the page and its stream.
  private boolean locks = true;

  /**
   * @param room the room that is looked at; empty: all of them from afar
   */
  TileBox(Optional<String> room) {
    this.room = room;
  }

  /**
   * @param all whether the page is to be told everything: it has only just come, or come back
   * @param redrawn rooms that have other seats, or other machines on them
   * @param locks whether other rooms are locked than before
   */
  record Batch(boolean all, List<Made> tiles, Set<String> redrawn, boolean locks) {}

  Optional<String> room() {
    return room;
  }

  private boolean concerns(String name) {
    return room.isEmpty() || room.get().equals(name);
  }

  /** From now on there is something to be told. */
  void serve() {
    mail.put(() -> served = true);
  }

  /**
   * @param looks whether it looks different from afar, too
   */
  void put(Made tile, boolean looks) {
    if (concerns(tile.view().room()) && (looks || room.isPresent())) {
      mail.put(
          () -> {
            // What came before it is served comes with all the rest.
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
    return served && (all || !tiles.isEmpty() || !redrawn.isEmpty() || locks);
  }

  private Batch taken() {
    Batch batch = new Batch(all, List.copyOf(tiles.values()), Set.copyOf(redrawn), locks);
    all = false;
    tiles.clear();
    redrawn.clear();
    locks = false;
    return batch;
  }
}
