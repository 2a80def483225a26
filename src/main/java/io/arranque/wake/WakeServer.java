package io.arranque.wake;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Timeline;
import io.arranque.wake.WakeNews.State;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Sends magic packets, on one thread, in the order of {@link WakeQueue}. */
public final class WakeServer implements WakeService, AutoCloseable {
  /** Heard of within this time it is on: it would only be told to be on the way again. */
  private static final Duration AWAKE = Duration.ofSeconds(20);

  private final Wiring wiring;
  private final Sender sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WakeQueue queue = new WakeQueue();
  private final Map<Long, Order> orders = new HashMap<>();
  private final Runnable unsubscribe;
  private final Thread thread = new Thread(this::run, "wake");
  private long lastOrder;
  private boolean closed;

  /**
   * What it works with.
   *
   * @param mayStart how many machines may begin to load at that time
   * @param own our address on a segment's card
   */
  public record Wiring(
      Supplier<Site> site,
      Inventory inventory,
      Timeline timeline,
      InstantSource clock,
      ToIntFunction<Instant> mayStart,
      Function<Segment, Optional<Ipv4>> own) {}

  /** One datagram, out of the card with the address {@code own}, if there is one. */
  @FunctionalInterface
  interface Sender {
    void send(Optional<Ipv4> own, Ipv4 to, byte[] payload) throws IOException;
  }

  private record Order(String by, Consumer<WakeNews> news) {}

  public WakeServer(Wiring wiring) {
    this(wiring, WakeServer::transmit);
  }

  WakeServer(Wiring wiring, Sender sender) {
    this.wiring = wiring;
    this.sender = sender;
    this.unsubscribe = wiring.timeline().subscribe(this::heard);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public WakeOrder begin(Collection<Mac> macs, String by, Consumer<WakeNews> news) {
    Set<Mac> keys = new LinkedHashSet<>();
    macs.forEach(mac -> keys.add(wiring.inventory().key(mac)));
    lock.lock();
    try {
      long order = ++lastOrder;
      orders.put(order, new Order(by, news));
      queue.add(order, keys, now());
      changed.signalAll();
      return () -> stop(order);
    } finally {
      lock.unlock();
    }
  }

  private void stop(long order) {
    lock.lock();
    try {
      for (Mac mac : queue.stop(order)) {
        tell(order, new WakeNews(mac, State.STOPPED, Reason.OK, ""));
      }
    } finally {
      lock.unlock();
    }
  }

  private void heard(BootEvent event) {
    if (event.stage() == Stage.WAKE || event.reason().isOfPeople()) {
      return;
    }
    lock.lock();
    try {
      Mac mac = wiring.inventory().key(event.mac());
      here(mac);
      if (event.stage().compareTo(Stage.SCRIPT) >= 0) {
        queue.loading(mac);
      }
    } finally {
      lock.unlock();
    }
  }

  private void here(Mac mac) {
    for (WakeQueue.Place place : queue.heard(mac)) {
      tell(place.order(), new WakeNews(mac, State.HEARD, Reason.OK, ""));
      changed.signalAll();
    }
  }

  private void run() {
    try {
      for (Optional<WakeQueue.Due> due = next(); due.isPresent(); due = next()) {
        send(due.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the next packet to be sent; empty when this is closed. */
  private Optional<WakeQueue.Due> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        look();
        Instant now = now();
        Optional<WakeQueue.Due> due = queue.due(() -> wiring.mayStart().applyAsInt(now), now);
        if (due.isPresent()) {
          return due;
        }
        Optional<Duration> pause = queue.pause(now);
        if (pause.isEmpty()) {
          orders.clear();
          changed.await();
        } else {
          long unused = changed.awaitNanos(Math.max(1_000_000, pause.get().toNanos()));
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** A machine that waits for its role makes no events, but is seen. */
  private void look() {
    queue
        .asked()
        .forEach(
            (mac, since) -> {
              Optional<Instant> seen = wiring.inventory().machine(mac).flatMap(Machine::lastSeen);
              if (seen.filter(since::isBefore).isPresent()) {
                here(mac);
              }
            });
    for (WakeQueue.Place place : queue.silent(now())) {
      Reason reason = Reason.WAKE_UNHEARD;
      record(place.mac(), reason, WakeQueue.HEARD_WITHIN.toMinutes() + " min");
      tell(place.order(), new WakeNews(place.mac(), State.SILENT, reason, ""));
    }
  }

  /** Without the lock: a socket may take its time, and nobody shall wait for it. */
  private void send(WakeQueue.Due due) {
    Mac mac = due.mac();
    Machine machine = wiring.inventory().machine(mac).orElseGet(() -> Machine.unknown(mac));
    Instant recently = now().minus(AWAKE);
    if (due.round() == 0 && machine.lastSeen().filter(recently::isBefore).isPresent()) {
      end(due, new WakeNews(mac, State.HEARD, Reason.OK, "on"));
      return;
    }
    List<String> sent = new ArrayList<>();
    Optional<WakeNews> failure = Optional.empty();
    for (WakeRoute route : WakeRoute.to(machine, wiring.site().get(), wiring.own())) {
      Optional<WakeNews> refused = send(machine, route, sent);
      failure = refused.isPresent() ? refused : failure;
    }
    if (!sent.isEmpty()) {
      String detail = String.join(", ", sent);
      record(mac, Reason.WAKE_SENT, detail);
      if (due.round() == 0) {
        tellLocked(due.order(), new WakeNews(mac, State.ASKED, Reason.WAKE_SENT, detail));
      }
    } else if (due.round() == 0) {
      failure.ifPresent(
          news -> {
            record(mac, news.reason(), news.detail());
            end(due, news);
          });
    }
  }

  /** To all MACs of the machine; empty when it went well. */
  private Optional<WakeNews> send(Machine machine, WakeRoute route, List<String> sent) {
    Mac key = machine.mac();
    if (route instanceof WakeRoute.None none) {
      return Optional.of(new WakeNews(key, State.FAILED, none.reason(), none.detail()));
    }
    Optional<Ipv4> own =
        route instanceof WakeRoute.Card card ? Optional.of(card.own()) : Optional.empty();
    Ipv4 directed =
        route instanceof WakeRoute.Card card
            ? card.directed()
            : ((WakeRoute.Routed) route).directed();
    Set<Mac> macs = new LinkedHashSet<>(List.of(key));
    macs.addAll(wiring.inventory().macs(key));
    try {
      for (Mac mac : macs) {
        byte[] packet = MagicPacket.of(mac);
        sender.send(own, directed, packet);
        if (own.isPresent()) {
          // Also where the segment's file and the card disagree about the size of the subnet.
          sender.send(own, Ipv4.BROADCAST, packet);
        }
      }
      sent.add(directed + own.map(address -> " (" + address + ")").orElse(""));
      return Optional.empty();
    } catch (IOException e) {
      String detail = directed + ": " + e.getMessage();
      return Optional.of(new WakeNews(key, State.FAILED, Reason.WAKE_NOT_SENT, detail));
    }
  }

  private static void transmit(Optional<Ipv4> own, Ipv4 to, byte[] payload) throws IOException {
    Ipv4 from = own.orElse(Ipv4.ANY);
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(from.toInetAddress(), 0))) {
      socket.setBroadcast(true);
      socket.send(
          new DatagramPacket(
              payload,
              payload.length,
              new InetSocketAddress(to.toInetAddress(), MagicPacket.PORT)));
    }
  }

  private void end(WakeQueue.Due due, WakeNews news) {
    lock.lock();
    try {
      queue.drop(due.order(), due.mac());
      tell(due.order(), news);
    } finally {
      lock.unlock();
    }
  }

  private void tellLocked(long order, WakeNews news) {
    lock.lock();
    try {
      tell(order, news);
    } finally {
      lock.unlock();
    }
  }

  private void tell(long order, WakeNews news) {
    Order told = orders.get(order);
    if (told != null) {
      told.news().accept(news);
    }
  }

  private void record(Mac mac, Reason reason, String detail) {
    wiring
        .timeline()
        .record(BootEvent.of(now(), mac, Stage.WAKE, reason, Optional.empty(), detail));
  }

  private Instant now() {
    return wiring.clock().instant();
  }

  @Override
  public void close() {
    unsubscribe.run();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
