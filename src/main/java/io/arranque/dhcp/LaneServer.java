package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decision lane: the one thread that owns the lease table. Whatever waits is decided as a
 * batch, committed at once, and only then sent.
 */
final class LaneServer implements Runnable {
  /** A room that powers on at once is a few hundred; beyond this somebody floods. */
  static final int QUEUE = 8192;

  private static final int BATCH = 1024;

  private static final long RETRY_LOAD_MILLIS = 3000;

  /** How long an idle lane sleeps before it looks for questions, and whether it should end. */
  private static final long LOOK_UP_MILLIS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(LaneServer.class);

  /** Sends replies through the channel that the request came from; never blocks. */
  interface ReplyPath {
    void send(byte[] payload, Destination destination);

    /** Called after the last of several replies; until then they may wait. */
    default void flush() {}
  }

  private record Decided(Received received, Verdict verdict) {}

  private final Responder responder;
  private final Supplier<Site> site;
  private final DhcpPorts ports;
  private final InstantSource clock;
  private final DhcpStatistics statistics;
  private final SightingsServer sightings;
  private final Recorder recorder;
  private final Wire wire;
  private final LaneQueue<Received> queue;
  private final Captures captures;
  private final LaneQuestions questions = new LaneQuestions();
  private final LaneOrders orders = new LaneOrders();
  private final LeaseTable table = new LeaseTable();

  /** What is committed, for other threads to read. */
  private final PublishedLeases published = new PublishedLeases();

  private final LaneLogServer told = new LaneLogServer();
  private @Nullable Site tableSite;
  private volatile boolean loaded;
  private volatile boolean stopping;

  LaneServer(
      Responder responder,
      Supplier<Site> site,
      DhcpPorts ports,
      InstantSource clock,
      DhcpStatistics statistics) {
    this(responder, site, ports, clock, statistics, Wire.NONE);
  }

  LaneServer(
      Responder responder,
      Supplier<Site> site,
      DhcpPorts ports,
      InstantSource clock,
      DhcpStatistics statistics,
      Wire wire) {
    this.wire = wire;
    Known known = new Known(site, ports.inventory()::view, published);
    this.queue = new LaneQueue<>(QUEUE, Received::source, known::sent, this::drop);
    this.responder = responder;
    this.site = site;
    this.ports = ports;
    this.clock = clock;
    this.statistics = statistics;
    this.captures = new Captures(clock);
    this.sightings = new SightingsServer(ports.inventory(), statistics);
    this.recorder = new Recorder(ports.timeline(), statistics);
  }

  /** Takes a packet once more whose offer had to wait. */
  void again(Received received) {
    queue.offer(received, new Object());
    wake();
  }

  /** Takes a packet, or drops it when too many wait; never blocks. */
  void accept(Received received) {
    take(received);
    wake();
  }

  /** The same for one of several packets; {@link #wake} after the last. */
  void take(Received received) {
    Optional<MessageType> type = received.packet().messageType();
    if (type.isPresent()) {
      statistics.countReceived(received.segment(site.get()), type.get());
    }
    queue.offer(received, SameAsked.of(received.packet(), received.at()));
  }

  private void drop(Received received, Reason reason) {
    statistics.countSilence(received.segment(site.get()), reason);
  }

  void wake() {
    queue.wake();
  }

  /** What went in and out; the channels add what they hear. */
  Captures captures() {
    return captures;
  }

  boolean isLoaded() {
    return loaded;
  }

  /** How many packets are in the queue. */
  int waiting() {
    return queue.size();
  }

  /** Asks about what a decision would be made from; from any thread. */
  LaneQuestions questions() {
    return questions;
  }

  /** Takes what operators want done; from any thread. */
  LaneOrders orders() {
    return orders;
  }

  /** Relays of no segment; from any thread. */
  Set<Ipv4> strangeRelays() {
    return told.strangeRelays();
  }

  /** Leases committed so far, by address; from any thread. */
  List<Lease> leases() {
    return published.all();
  }

  /** The same, to be asked for one machine or address; from any thread. */
  PublishedLeases published() {
    return published;
  }

  /**
   * Ends the lane after the batch it is at. Not by interrupting it: a thread that is interrupted in
   * a write has its file closed under it, and that file is the database.
   */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    List<Received> batch = new ArrayList<>(BATCH);
    try {
      while (!stopping) {
        if (!loaded && !load()) {
          Thread.sleep(RETRY_LOAD_MILLIS);
          continue;
        }
        wire.look(table, site.get(), ports.inventory().view(), clock.instant());
        queue.drainTo(batch, BATCH, LOOK_UP_MILLIS);
        if (!questions.isEmpty()) {
          questions.answer(snapshot(clock.instant()));
        }
        if (!orders.isEmpty()) {
          Instant now = clock.instant();
          table.expire(now);
          table.keep();
          orders.carryOut(table, ports.leases(), published, now);
        }
        if (batch.isEmpty()) {
          continue;
        }
        try {
          process(batch);
        } catch (RuntimeException | AssertionError e) {
          table.rollback();
          bug(e, "a batch of " + batch.size());
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("the decision lane ends");
    } finally {
      sightings.close();
    }
  }

  /** Nothing is answered before it is known who has which address. */
  private boolean load() {
    try {
      table.load(ports.leases().load());
      table.leases().forEach(published::put);
      loaded = true;
      told.storeWorks();
    } catch (StoreFailure | RuntimeException e) {
      told.unreadable(e);
      unanswered();
    }
    return loaded;
  }

  private void unanswered() {
    try {
      List<Received> waiting = new ArrayList<>();
      queue.drainTo(waiting, QUEUE, 0);
      waiting.forEach(r -> statistics.countSilence(Reason.COMMIT_FAILED));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("ReferenceEquality") // a reload makes a new site; comparing all of it is dear
  private void adopt(Site current) {
    if (current != tableSite) {
      table.segments(current);
      tableSite = current;
    }
  }

  private Snapshot snapshot(Instant now) {
    Site current = site.get();
    adopt(current);
    table.expire(now);
    table.keep();
    return new Snapshot(current, ports.inventory().view(), table, wire.others());
  }

  /** Decide, commit, apply, send, record. The order is what a machine relies on. */
  void process(List<Received> batch) {
    Instant now = clock.instant();
    Snapshot snapshot = snapshot(now);
    List<Decided> decided = new ArrayList<>(batch.size());
    List<LeaseChange> changes = new ArrayList<>();
    for (Wire.Finding finding : wire.findings(table, now)) {
      table.apply(finding.verdict());
      decided.add(new Decided(finding.received(), finding.verdict()));
      changes.addAll(finding.verdict().changes());
    }
    for (Received received : batch) {
      Decided each = decide(received, snapshot, now);
      if (each != null) {
        decided.add(each);
        changes.addAll(each.verdict().changes());
      }
    }
    // An offer promises nothing yet, so it does not wait for the disk: the machine answers it
    // meanwhile. Should the commit fail, its address is no longer held, and the machine asks anew.
    boolean early = !changes.isEmpty();
    if (early) {
      send(decided, LaneServer::isOffer);
    }
    if (!committed(changes)) {
      table.rollback();
      record(decided.stream().filter(LaneServer::isOffer).toList());
      decided.stream().filter(d -> !isOffer(d)).forEach(d -> failed(d, now));
      return;
    }
    table.keep();
    published.take(changes, table);
    send(decided, early ? each -> !isOffer(each) : each -> true);
    record(decided);
  }

  private static boolean isOffer(Decided decided) {
    return decided.verdict() instanceof Verdict.Reply reply
        && reply.changes().isEmpty()
        && reply.packet().messageType().filter(MessageType.OFFER::equals).isPresent();
  }

  private @Nullable Decided decide(Received received, Snapshot snapshot, Instant now) {
    try {
      Verdict verdict = responder.respond(received.packet(), received.at(), snapshot, now);
      table.apply(verdict);
      if (wire.parks(received, verdict, snapshot, now)) {
        return null;
      }
      if (verdict instanceof Verdict.Silence silence
          && silence.reason() == Reason.UNKNOWN_SEGMENT) {
        told.strangeRelay(received.packet().giaddr());
      }
      return new Decided(received, verdict);
    } catch (RuntimeException | AssertionError e) {
      bug(e, HexFormat.of().formatHex(DhcpCodec.encode(received.packet())));
      return null;
    }
  }

  private boolean committed(List<LeaseChange> changes) {
    if (changes.isEmpty()) {
      return true;
    }
    try {
      long started = System.nanoTime();
      ports.leases().commit(changes);
      statistics.countCommit(System.nanoTime() - started, changes.size());
    } catch (StoreFailure e) {
      told.unwritable(e);
      return false;
    }
    told.storeWorks();
    return true;
  }

  private void send(List<Decided> decided, Predicate<Decided> which) {
    for (Decided each : decided) {
      if (which.test(each)) {
        send(each);
      }
    }
    for (Decided each : decided) {
      // Once for each path does something; the others find nothing left.
      each.received().back().flush();
    }
  }

  /** One that cannot be written or sent costs no other its answer. */
  private void send(Decided decided) {
    try {
      sendOrCount(decided);
    } catch (RuntimeException | AssertionError e) {
      bug(e, HexFormat.of().formatHex(DhcpCodec.encode(decided.received().packet())));
    }
  }

  private void sendOrCount(Decided decided) {
    if (decided.verdict() instanceof Verdict.Reply reply) {
      byte[] payload = DhcpCodec.encode(reply.packet(), reply.layout());
      decided.received().back().send(payload, reply.destination());
      captures.sent(payload, decided.received().at(), reply.destination());
      Optional<MessageType> type = reply.packet().messageType();
      if (type.isPresent()) {
        statistics.countSent(decided.received().segment(site.get()), type.get());
      }
    } else if (decided.verdict() instanceof Verdict.Silence silence) {
      statistics.countSilence(decided.received().segment(site.get()), silence.reason());
    }
  }

  private void record(List<Decided> decided) {
    List<Sighting> seen = new ArrayList<>(decided.size());
    for (Decided each : decided) {
      for (BootEvent event : each.verdict().events()) {
        recorder.record(event);
      }
      each.verdict().sighting().ifPresent(seen::add);
      wire.decided(each.received(), each.verdict());
    }
    sightings.accept(seen);
  }

  private void failed(Decided decided, Instant now) {
    statistics.countSilence(decided.received().segment(site.get()), Reason.COMMIT_FAILED);
    DhcpPacket packet = decided.received().packet();
    boolean promised = !decided.verdict().changes().isEmpty();
    packet
        .mac()
        .filter(mac -> promised)
        .ifPresent(
            mac ->
                recorder.record(
                    BootEvent.of(
                        now, mac, Stage.REQUEST, Reason.COMMIT_FAILED, Optional.empty(), "")));
  }

  private void bug(Throwable e, String input) {
    statistics.countSilence(Reason.INTERNAL_ERROR);
    told.bug(e, input);
  }
}
