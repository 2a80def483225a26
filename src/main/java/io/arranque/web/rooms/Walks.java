package io.arranque.web.rooms;

import io.arranque.address.Mac;
import io.arranque.inventory.Armings;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.Who;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.walk.Heard;
import io.arranque.walk.Note;
import io.arranque.walk.Outcome;
import io.arranque.walk.Placement;
import io.arranque.walk.Route;
import io.arranque.walk.Seating;
import io.arranque.walk.Signs;
import io.arranque.walk.Sit;
import io.arranque.walk.Step;
import io.arranque.walk.Walk;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Sayable;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walks that are under way, one to a room. What is heard waits in a queue for the one thread
 * that commits: whoever tells of it, on a committing thread, is not held up.
 */
public final class Walks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Walks.class);
  private static final Duration ARMED = Duration.ofHours(1);

  /** A room's events of a minute. */
  private static final int QUEUE = 10_000;

  /** Firmware whose sighting did not come: forgotten, it will ask again. */
  private static final int MOST_UNPLACED = 1_000;

  /** The events of a boot or two. */
  private static final int EVENTS_BEFORE = 20;

  private final Parts parts;
  private final Changes.Maker changes;
  private final Map<String, Walking> walking = new ConcurrentHashMap<>();
  private final BlockingQueue<Object> heard = new ArrayBlockingQueue<>(QUEUE);
  private final List<Runnable> unsubscribe = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "web-walk");

  /** Of the thread alone: heard, but not yet known on which segment. */
  private final Map<Mac, BootEvent> unplaced = new HashMap<>();

  /** Guarded by itself: counts what pages may want to show. */
  private final long[] version = {0};

  private volatile boolean closed;

  public Walks(Parts parts, Changes.Maker changes) {
    this.parts = parts;
    this.changes = changes;
    unsubscribe.add(parts.timeline().subscribe(this::offer));
    unsubscribe.add(parts.book().subscribe(this::offer));
    thread.setDaemon(true);
    thread.start();
  }

  Optional<Walking> of(String room) {
    return Optional.ofNullable(walking.get(room));
  }

  Seating seating(String room) {
    return Seating.of(parts.site().get(), parts.book().view(), room);
  }

  /**
   * Begins one.
   *
   * @throws Fault when one is under way in that room
   */
  void begin(Route route, Route whole, String by, Supplier<Grant> grant) {
    Walk walk = Walk.begin(route, parts.clock().instant());
    if (walking.putIfAbsent(route.room(), Walking.begun(walk, whole, by, grant)) != null) {
      throw new Fault(409, "A walk through this room is under way; join it, or end it first.");
    }
    changed();
  }

  /** Whether there was one to end. */
  boolean end(String room) {
    boolean was = walking.remove(room) != null;
    changed();
    return was;
  }

  /**
   * Somebody does something.
   *
   * @throws Fault when no walk is under way
   */
  void act(String room, String by, Changes as, BiFunction<Walking, Seating, Outcome> what)
      throws StoreFailure {
    synchronized (walking) {
      Walking now = of(room).orElseThrow(() -> Fault.notFound("No walk is under way here."));
      apply(now, what.apply(now, seating(room)), by, as);
      drain(room);
    }
    changed();
  }

  /** Waits until something may look otherwise than at {@code shown}, at most a quarter minute. */
  Object await(Object shown) throws InterruptedException {
    synchronized (version) {
      long left = TimeUnit.SECONDS.toNanos(15);
      long end = System.nanoTime() + left;
      while (shown.equals(version[0]) && left > 0 && !closed) {
        TimeUnit.NANOSECONDS.timedWait(version, left);
        left = end - System.nanoTime();
      }
      return version[0];
    }
  }

  /** What {@link #await} counts. */
  long version() {
    synchronized (version) {
      return version[0];
    }
  }

  private void changed() {
    synchronized (version) {
      version[0]++;
      version.notifyAll();
    }
  }

  /** Called on whatever thread tells: quick, and nothing is committed here. */
  private void offer(Object news) {
    if (!walking.isEmpty() && !heard.offer(news)) {
      LOG.warn("so much happens that a walk did not hear all of it");
    }
  }

  private void run() {
    while (!closed) {
      try {
        Object news = heard.poll(1, TimeUnit.SECONDS);
        if (news instanceof BootEvent event) {
          event(event);
        } else if (news instanceof InventoryChange.Seen seen) {
          Mac key = parts.book().view().key(seen.sighting().mac());
          Optional.ofNullable(unplaced.remove(key)).ifPresent(this::event);
        } else if (news instanceof InventoryChange.Assigned
            || news instanceof InventoryChange.Forgotten
            || news instanceof InventoryChange.RoomSaved) {
          changed();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("a walk failed", e);
      }
    }
  }

  private void event(BootEvent event) {
    Optional<Machine> machine = parts.book().view().machine(event.mac());
    Hardware hardware = machine.map(Machine::hardware).orElse(Hardware.UNKNOWN);
    boolean mayBe =
        Signs.isOfFirmware(event, hardware)
            || (event.reason().kind() == Reason.Kind.SILENCE && machine.isEmpty());
    if (!mayBe) {
      return;
    }
    if (!Signs.isPlaced(event, machine)) {
      if (unplaced.size() < MOST_UNPLACED) {
        unplaced.putIfAbsent(event.mac(), event);
      }
      return;
    }
    if (Signs.isOfFirmware(event, hardware) && Signs.beginsBoot(event, before(event))) {
      machine.ifPresent(known -> boots(known, event.at()));
    }
  }

  private List<BootEvent> before(BootEvent event) {
    List<BootEvent> newestFirst = parts.timeline().of(event.mac(), EVENTS_BEFORE);
    int at = newestFirst.indexOf(event);
    return at >= 0
        ? newestFirst.subList(at + 1, newestFirst.size())
        : newestFirst.stream().filter(e -> e.at().isBefore(event.at())).toList();
  }

  private void boots(Machine machine, Instant at) {
    Site site = parts.site().get();
    for (String room : List.copyOf(walking.keySet())) {
      synchronized (walking) {
        Optional<Walking> now = of(room).filter(w -> !at.isBefore(w.walk().began()));
        boolean here = machine.segment().filter(Signs.segments(site, room)::contains).isPresent();
        if (now.isPresent() && here) {
          hears(now.get(), new Heard(machine.mac(), at));
          drain(room);
        }
      }
    }
    changed();
  }

  private void hears(Walking now, Heard pc) {
    String room = now.whole().room();
    Optional<Walk.Elsewhere> elsewhere =
        parts
            .book()
            .view()
            .machine(pc.mac())
            .map(Machine::assignment)
            .filter(its -> its.room().filter(other -> !other.equals(room)).isPresent())
            .map(its -> new Walk.Elsewhere(its.room().orElse(""), its.seat().orElse("")));
    Outcome outcome = now.walk().heard(pc, seating(room), elsewhere);
    try {
      apply(now, outcome, now.by(), changes.as(now.grant()));
    } catch (StoreFailure | Refused | Fault e) {
      Optional<Note> failed = outcome.note().map(note -> note.as(Note.Kind.FAILED));
      tell(now, failed, String.valueOf(e.getMessage()));
    }
  }

  /** Those who queued behind a question that is answered. */
  private void drain(String room) {
    for (Optional<Walking> now = of(room);
        now.flatMap(w -> w.walk().waiting()).isPresent();
        now = of(room)) {
      Heard pc = now.get().walk().waiting().orElseThrow();
      Walking without = now.get().with(now.get().walk().withoutFirstWaiting());
      walking.put(room, without);
      hears(without, pc);
    }
  }

  /** Commits what follows; where that fails the walk stands as before. */
  private void apply(Walking now, Outcome outcome, String by, Changes as) throws StoreFailure {
    Walk then = outcome.walk();
    Optional<Note> note = outcome.note();
    if (outcome.undo().isPresent()) {
      Step step = outcome.undo().get();
      as.commit(i -> Placement.takeBack(parts.site().get(), i, step, by));
    } else if (!outcome.sits().isEmpty()) {
      Seated seated = seat(now.whole(), outcome.sits(), by, as);
      then = then.remembering(seated.undo());
      note = seated.named() ? note : note.map(n -> n.as(Note.Kind.NAME_TAKEN));
    }
    tell(now.with(then), note, "");
  }

  private void tell(Walking walk, Optional<Note> note, String detail) {
    Instant now = parts.clock().instant();
    walking.put(walk.whole().room(), note.map(n -> walk.telling(n, detail, now)).orElse(walk));
  }

  private record Seated(List<Step.Undo> undo, boolean named) {}

  /** A name that another machine has is no reason to leave a PC without its seat. */
  private Seated seat(Route route, List<Sit> sits, String by, Changes as) throws StoreFailure {
    Seated seated;
    try {
      seated = new Seated(commit(route, sits, true, by, as), true);
    } catch (Refused e) {
      if (!e.refusals().stream().allMatch(r -> r.field().equals("hostname"))) {
        throw e;
      }
      seated = new Seated(commit(route, sits, false, by, as), false);
    }
    if (route.arm()) {
      List<Mac> macs = sits.stream().filter(s -> !s.seat().isEmpty()).map(Sit::mac).toList();
      Instant now = parts.clock().instant();
      as.commit(i -> Armings.arm(i, macs, ARMED, by, now));
      macs.forEach(mac -> recordArmed(mac, by, now));
    }
    return seated;
  }

  private void recordArmed(Mac mac, String by, Instant now) {
    String detail = ARMED.toMinutes() + " min, by " + Who.parse(by).name();
    parts
        .timeline()
        .record(BootEvent.of(now, mac, Stage.WAITING, Reason.ARMED, Optional.empty(), detail));
  }

  private List<Step.Undo> commit(Route route, List<Sit> sits, boolean named, String by, Changes as)
      throws StoreFailure {
    List<Step.Undo> undo = new ArrayList<>();
    as.commit(
        inventory -> {
          Decision decision = decided(inventory, route, sits, named, by);
          if (decision instanceof Decision.Accepted accepted) {
            undo.addAll(Placement.undo(inventory, accepted.changes()));
          }
          return decision;
        });
    return undo;
  }

  private Decision decided(
      Inventory inventory, Route route, List<Sit> sits, boolean named, String by) {
    Decision decision = Placement.place(parts.site().get(), inventory, route, sits, named, by);
    for (Sit sit : sits) {
      decision = new Sayable(parts).vet(inventory, sit.mac(), decision);
    }
    return decision;
  }

  /**
   * The thread is asked and not interrupted: an interrupt in a write closes the database's file.
   */
  @Override
  public void close() {
    closed = true;
    unsubscribe.forEach(Runnable::run);
    boolean woken = heard.offer(this);
    changed();
    try {
      thread.join(woken ? TimeUnit.SECONDS.toMillis(5) : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
