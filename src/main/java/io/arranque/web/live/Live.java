package io.arranque.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import io.arranque.people.Who;
import io.arranque.timeline.BootEvent;
import io.arranque.web.base.Parts;
import io.arranque.web.views.LockViews;
import io.arranque.web.views.Views;
import io.javalin.http.sse.SseClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Pushes what happens to browsers and programs.
 *
 * <p>Each connection has a thread and a bounded box of its own: a slow one only falls behind
 * itself, and whoever records an event never waits for a socket.
 */
public final class Live implements AutoCloseable {
  private static final int MAX_STREAMS = 100;
  private static final int KEEP_ALIVE_SECONDS = 15;

  private final Set<Outbox> outboxes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger pulses = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "web-live");
            thread.setDaemon(true);
            return thread;
          });
  private final ObjectMapper json;
  private final InstantSource clock;
  private final Painted painted = new Painted();
  private final List<Runnable> unsubscribe = new ArrayList<>();

  public Live(Parts parts, ObjectMapper json) {
    this.json = json;
    this.clock = parts.clock();
    unsubscribe.add(parts.timeline().subscribe(this::heard));
    unsubscribe.add(parts.book().subscribe(this::changed));
  }

  /** A machine's row as it is now; without HTML the machine is gone. */
  record Row(String id, String html) {}

  private record Event(String type, Object data) {}

  /**
   * Rows of the page.
   *
   * @param only one machine's, or all
   * @param atOnce machines that moved between the page and its stream
   * @param kind what is rendered, and in which language: streams with the same share the work
   * @param html renders a machine's row; empty when the machine is gone
   * @param mayGoOn asked now and then; the stream ends when it says no
   */
  public void rows(
      SseClient client,
      Optional<Mac> only,
      List<Mac> atOnce,
      String kind,
      Function<Mac, Optional<String>> html,
      BooleanSupplier mayGoOn) {
    Outbox outbox = new Outbox(only, false);
    atOnce.forEach(mac -> outbox.put(mac, () -> mac));
    // One may have been set between the page and its stream.
    outbox.poke("locks");
    run(
        client,
        outbox,
        mayGoOn,
        batch -> {
          if (!batch.dirty().isEmpty()) {
            client.sendEvent(
                "rows",
                batch.dirty().stream()
                    .map(mac -> row(kind, mac, html))
                    .collect(Collectors.joining(",", "[", "]")));
          }
          // On the same stream: a browser opens six to a server, of all its tabs together.
          batch.pokes().forEach(what -> client.sendEvent(what, "[]"));
        });
  }

  private String row(String kind, Mac mac, Function<Mac, Optional<String>> html) {
    return painted.of(
        kind,
        mac,
        clock.instant(),
        () -> {
          Row row = new Row(mac.hyphenated(), html.apply(mac).orElse(""));
          try {
            return json.writeValueAsString(row);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row that Jackson cannot write", e);
          }
        });
  }

  /** Tells every page that tasks have moved; each asks anew for what it shows of them. */
  public void tasksMoved() {
    outboxes.forEach(outbox -> outbox.poke("tasks"));
  }

  /** Events of the timeline and changes of the inventory, for programs. */
  public void events(SseClient client, BooleanSupplier mayGoOn) {
    run(
        client,
        new Outbox(Optional.empty(), true),
        mayGoOn,
        batch -> {
          if (batch.lost() > 0) {
            client.sendEvent("lost", "{\"events\":" + batch.lost() + "}");
          }
          for (Supplier<?> item : batch.items()) {
            Event event = (Event) item.get();
            client.sendEvent(event.type(), json.writeValueAsString(event.data()));
          }
        });
  }

  /**
   * Tells a page that what it shows is different, at most once a second: downloads change with
   * every packet, and the page asks for the whole of it anew.
   */
  public void pulse(SseClient client, Supplier<?> state, BooleanSupplier mayGoOn) {
    pulse(client, state, (shown, now) -> "[]", mayGoOn);
  }

  /**
   * The same with what is told.
   *
   * @param told makes the event's data from what was told of last, nothing at first, and what is
   */
  <T> void pulse(
      SseClient client,
      Supplier<T> state,
      BiFunction<Optional<T>, T, String> told,
      BooleanSupplier mayGoOn) {
    if (pulses.incrementAndGet() > MAX_STREAMS) {
      pulses.decrementAndGet();
      client.close();
      return;
    }
    client.keepAlive();
    client.sendComment("ready");
    threads.execute(
        () -> {
          try {
            Optional<T> shown = Optional.empty();
            for (int second = 0; !client.terminated() && mayGoOn.getAsBoolean(); second++) {
              T now = state.get();
              if (shown.filter(now::equals).isEmpty()) {
                client.sendEvent("rows", told.apply(shown, now));
              } else if (second % KEEP_ALIVE_SECONDS == 0) {
                client.sendComment("still here");
              }
              shown = Optional.of(now);
              Thread.sleep(1_000);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            // As below: the browser comes again by itself.
          } finally {
            pulses.decrementAndGet();
            if (!client.terminated()) {
              client.close();
            }
          }
        });
  }

  /** What a page shows, once it is different. */
  public interface Awaited {
    /** Waits until it is not {@code shown} any more, or for a while. */
    Object next(Object shown) throws InterruptedException;
  }

  /**
   * As {@link #pulse}, for what must be heard at once: woken by it instead of looking.
   *
   * @param first what the page shows already
   */
  public void follow(SseClient client, Object first, Awaited state, BooleanSupplier mayGoOn) {
    if (pulses.incrementAndGet() > MAX_STREAMS) {
      pulses.decrementAndGet();
      client.close();
      return;
    }
    client.keepAlive();
    client.sendComment("ready");
    threads.execute(
        () -> {
          try {
            Object shown = first;
            while (!client.terminated() && mayGoOn.getAsBoolean()) {
              Object now = state.next(shown);
              if (now.equals(shown)) {
                client.sendComment("still here");
              } else {
                client.sendEvent("rows", "[]");
              }
              shown = now;
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            // As below: the browser comes again by itself.
          } finally {
            pulses.decrementAndGet();
            if (!client.terminated()) {
              client.close();
            }
          }
        });
  }

  /** Streams of rows and events that somebody listens to now. */
  public int open() {
    return outboxes.size();
  }

  private interface Sender {
    void send(Outbox.Batch batch) throws Exception;
  }

  private void run(SseClient client, Outbox outbox, BooleanSupplier mayGoOn, Sender sender) {
    if (outboxes.size() >= MAX_STREAMS) {
      client.close();
      return;
    }
    outboxes.add(outbox);
    client.keepAlive();
    client.onClose(outbox::close);
    // Tells proxies and the client that the stream stands, before anything happens.
    client.sendComment("ready");
    threads.execute(
        () -> {
          try {
            while (!client.terminated() && mayGoOn.getAsBoolean()) {
              Optional<Outbox.Batch> batch = outbox.take();
              if (batch.isEmpty()) {
                break;
              }
              if (batch.get().isEmpty()) {
                client.sendComment("still here");
              } else {
                sender.send(batch.get());
              }
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (Exception e) {
            // The browser reconnects by itself; there is nobody to tell.
          } finally {
            outboxes.remove(outbox);
            if (!client.terminated()) {
              // A stream whose browser has left is over: closing it again fails inside Jetty.
              client.close();
            }
          }
        });
  }

  private void heard(BootEvent event) {
    put(event.mac(), () -> new Event("boot", Views.event(event)));
  }

  private record Changed(String type, String name, String by) {}

  private void changed(InventoryChange change) {
    if (change instanceof InventoryChange.Seen seen) {
      put(seen.sighting().mac(), "seen", "");
    } else if (change instanceof InventoryChange.Assigned assigned) {
      put(assigned.mac(), "assigned", Who.parse(assigned.by()).name());
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      put(forgotten.mac(), "forgotten", Who.parse(forgotten.by()).name());
    } else if (change instanceof InventoryChange.BootStarted started) {
      put(started.boot().mac(), "boot-started", "");
    } else if (LockViews.isOfLocks(change)) {
      outboxes.forEach(outbox -> outbox.poke("locks"));
    }
  }

  private void put(Mac mac, String type, String by) {
    put(mac, () -> new Event("change", new Changed(type, mac.toString(), by)));
  }

  /** Only streams for programs ever look at the event: for pages it is not even made. */
  private void put(Mac mac, Supplier<Event> event) {
    painted.changed(mac);
    outboxes.forEach(o -> o.put(mac, event));
  }

  @Override
  public void close() {
    unsubscribe.forEach(Runnable::run);
    outboxes.forEach(Outbox::close);
    threads.shutdownNow();
  }
}
