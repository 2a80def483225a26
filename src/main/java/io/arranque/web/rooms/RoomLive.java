package io.arranque.web.rooms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Tile;
import io.arranque.web.base.Parts;
import io.arranque.web.live.Streams;
import io.arranque.web.rooms.RoomTiles.Made;
import io.arranque.web.rooms.RoomViews.TileView;
import io.arranque.web.views.LockViews;
import io.javalin.http.sse.SseClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes tiles to open pictures of rooms. One thread works out what changed, once for all of them,
 * and only while there is one.
 *
 * <p>Some things change without any event: bytes leave, and a machine that says nothing falls
 * silent. So what may do that is looked at each second, everything each five.
 */
public final class RoomLive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoomLive.class);

  private static final long STEP_MILLIS = 250;
  private static final int STEPS_PER_SECOND = 4;
  private static final int STEPS_PER_ROUND = 5 * STEPS_PER_SECOND;

  private static final Set<String> RESTLESS =
      Set.of(
          Tile.State.LOADING.label(),
          Tile.State.DHCP.label(),
          Tile.State.WAKING.label(),
          Tile.State.WAITING.label(),
          Tile.State.UNARMED.label(),
          Tile.State.QUEUED.label());

  private final Parts parts;
  private final RoomDesk desk;
  private final Standings standings;
  private final ObjectMapper json;
  private final Set<Mac> dirty = ConcurrentHashMap.newKeySet();
  private final Set<String> redrawn = ConcurrentHashMap.newKeySet();
  private final Streams<TileBox.Batch, TileBox> streams = new Streams<>("web-rooms");
  private final Set<TileBox> boxes = streams.open();
  private final RoomTiles tiles;
  private final Semaphore wanted = new Semaphore(0);
  private final List<Runnable> unsubscribe = new ArrayList<>();
  private volatile boolean idle = true;
  private final Thread watcher = new Thread(this::watch, "web-rooms");

  public RoomLive(Parts parts, RoomDesk desk, Standings standings, ObjectMapper json) {
    this.parts = parts;
    this.desk = desk;
    this.standings = standings;
    this.json = json;
    this.tiles = new RoomTiles(boxes, json);
    unsubscribe.add(parts.timeline().subscribe(this::heard));
    unsubscribe.add(parts.book().subscribe(this::changed));
    watcher.setDaemon(true);
    watcher.start();
  }

  /** To be asked before a page looks at its rooms, for {@link #shown}. */
  long before() {
    drawn();
    return tiles.changes();
  }

  /**
   * A page is about to show these tiles.
   *
   * @param room which; empty: all rooms
   * @return what it says when it opens its stream
   */
  String shown(long before, Optional<String> room, List<TileView> shown) {
    return tiles.shown(before, room, shown, this::doubt);
  }

  /**
   * Sends a picture's tiles for as long as somebody looks.
   *
   * @param room which; empty: all rooms from afar
   * @param has what the page was told last, by {@link #shown} or with an event of a stream
   */
  void stream(SseClient client, Optional<String> room, Optional<String> has, BooleanSupplier may) {
    TileBox box = new TileBox(room, tiles.change(has));
    streams.begin(client, box, may, batch -> send(client, box, batch));
    wanted.release();
  }

  /** Pictures that somebody looks at now. */
  public int open() {
    return boxes.size();
  }

  private void send(SseClient client, TileBox box, TileBox.Batch batch) {
    if (!batch.tiles().isEmpty() || !batch.redrawn().isEmpty()) {
      // A browser that lost the connection says by itself which event was the last.
      client.sendEvent("rows", text(box, batch), tiles.token(batch.upTo()));
    }
    if (batch.locks()) {
      client.sendEvent("locks", "[]");
    }
  }

  private record Redrawn(String kind, String room) {}

  private record Summary(
      String kind,
      String room,
      int machines,
      List<RoomViews.CountView> counts,
      List<TileView> urgent) {}

  private String text(TileBox box, TileBox.Batch batch) {
    List<String> items = new ArrayList<>();
    batch.redrawn().forEach(room -> items.add(write(new Redrawn("redrawn", room))));
    Set<String> rooms = new TreeSet<>();
    for (Made tile : batch.tiles()) {
      items.add(box.room().isEmpty() ? tile.mini() : tile.json());
      rooms.add(tile.view().room());
    }
    if (box.room().isEmpty()) {
      rooms.addAll(batch.redrawn());
      summaries(rooms).forEach(summary -> items.add(write(summary)));
    }
    return "[" + String.join(",", items) + "]";
  }

  private List<Summary> summaries(Set<String> rooms) {
    Map<String, List<TileView>> summed = new TreeMap<>();
    rooms.forEach(room -> summed.put(room, new ArrayList<>()));
    for (Made each : tiles.all().values()) {
      List<TileView> inRoom = summed.get(each.view().room());
      if (inRoom != null) {
        inRoom.add(each.view());
      }
    }
    List<Summary> summaries = new ArrayList<>();
    summed.forEach(
        (room, its) ->
            summaries.add(
                new Summary("room", room, its.size(), RoomDesk.counts(its), RoomDesk.urgent(its))));
    return summaries;
  }

  private void heard(BootEvent event) {
    touch(event.mac());
  }

  private void changed(InventoryChange change) {
    if (change instanceof InventoryChange.Seen seen) {
      touch(seen.sighting().mac());
    } else if (change instanceof InventoryChange.Assigned assigned) {
      touch(assigned.mac());
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      touch(forgotten.mac());
    } else if (change instanceof InventoryChange.BootStarted started) {
      touch(started.boot().mac());
    } else if (change instanceof InventoryChange.Provisioned provisioned) {
      touch(provisioned.mac());
    } else if (change instanceof InventoryChange.RoomSaved saved) {
      redrawn.add(saved.room().name());
    } else if (change instanceof InventoryChange.RoomRemoved removed) {
      redrawn.add(removed.name());
    } else if (LockViews.isOfLocks(change)) {
      boxes.forEach(TileBox::locksMoved);
    }
  }

  private void touch(Mac any) {
    Mac mac = parts.book().view().key(any);
    standings.forget(mac);
    doubt(mac);
  }

  /** While nobody looks nothing is kept: the first who does makes all be looked at. */
  private void doubt(Mac mac) {
    if (!idle) {
      dirty.add(mac);
    }
  }

  private void watch() {
    try {
      for (int step = 0; ; step++) {
        if (boxes.isEmpty()) {
          idle = true;
          dirty.clear();
          wanted.acquire();
          wanted.drainPermits();
          idle = false;
          step = 0;
        }
        try {
          step(step);
        } catch (RuntimeException e) {
          LOG.error("a bug while looking at the rooms; the next look is soon", e);
        }
        // Woken by a page that has just been opened.
        if (wanted.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(int step) {
    boolean everything = step % STEPS_PER_ROUND == 0;
    Set<Mac> macs = new HashSet<>();
    // A MAC that becomes dirty again meanwhile stays for the next step.
    for (Mac mac : List.copyOf(dirty)) {
      dirty.remove(mac);
      macs.add(mac);
    }
    if (step % STEPS_PER_SECOND == 0) {
      tiles
          .all()
          .forEach(
              (mac, tile) -> {
                if (everything || RESTLESS.contains(tile.view().state())) {
                  macs.add(mac);
                }
              });
    }
    if (everything) {
      parts.book().view().machines().forEach(machine -> macs.add(machine.mac()));
    }
    if (!macs.isEmpty()) {
      RoomDesk.Look look = desk.look();
      macs.forEach(mac -> renew(look, mac));
    }
    drawn();
    tiles.serve();
  }

  /** Rooms that were saved or removed; whoever commits waits for no picture. */
  private void drawn() {
    for (String room : List.copyOf(redrawn)) {
      redrawn.remove(room);
      tiles.redraw(room);
    }
  }

  private void renew(RoomDesk.Look look, Mac mac) {
    Optional<Machine> machine =
        look.inventory()
            .machine(mac)
            .filter(m -> m.mac().equals(mac) && !look.hidden().contains(mac));
    tiles.set(mac, machine.map(m -> desk.tile(look, m)));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }

  @Override
  public void close() {
    unsubscribe.forEach(Runnable::run);
    streams.close();
    watcher.interrupt();
  }
}
