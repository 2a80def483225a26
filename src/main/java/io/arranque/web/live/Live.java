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
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Pushes what happens to browsers and programs. */
public final class Live implements AutoCloseable {
  private final Streams<Outbox.Batch, Outbox> streams = new Streams<>("web-live");
  private final Streams<String, Feed<String>> pulses = new Streams<>("web-live");
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
    streams.begin(
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
    streams.open().forEach(outbox -> outbox.poke("tasks"));
  }

  /** Events of the timeline and changes of the inventory, for programs. */
  public void events(SseClient client, BooleanSupplier mayGoOn) {
    streams.begin(
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
    pulse(client, new Pulse<>(Optional.empty(), Pulse.eachSecond(state), told), mayGoOn);
  }

  private void pulse(SseClient client, Pulse<?> pulse, BooleanSupplier mayGoOn) {
    pulses.begin(client, pulse, mayGoOn, told -> client.sendEvent("rows", told));
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
    pulse(
        client,
        new Pulse<>(
            Optional.of(first), shown -> state.next(shown.orElseThrow()), (shown, now) -> "[]"),
        mayGoOn);
  }

  /** Streams of rows and events that somebody listens to now. */
  public int open() {
    return streams.open().size();
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
      streams.open().forEach(outbox -> outbox.poke("locks"));
    }
  }

  private void put(Mac mac, String type, String by) {
    put(mac, () -> new Event("change", new Changed(type, mac.toString(), by)));
  }

  /** Only streams for programs ever look at the event: for pages it is not even made. */
  private void put(Mac mac, Supplier<Event> event) {
    painted.changed(mac);
    streams.open().forEach(o -> o.put(mac, event));
  }

  @Override
  public void close() {
    unsubscribe.forEach(Runnable::run);
    streams.close();
    pulses.close();
  }
}
