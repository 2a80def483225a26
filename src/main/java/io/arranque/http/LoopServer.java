package io.arranque.http;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the connections of one event loop share without locks: open files, the date, requests parsed
 * before, and the watch over those that are slow. Belongs to its loop alone.
 */
final class LoopServer {
  /** Machines ask in the same words at each boot, and a room of them for the same files. */
  private static final int MAX_PARSED = 4096;

  private static final int MAX_PARSED_LENGTH = 512;
  private static final long LONGEST_SWEEP_MILLIS = 250;
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);

  final BootHttpServer.Wiring wiring;
  final DeskServer desk;
  final BootHttpSettings.Limits limits;
  final FilesServer files;
  final DownloadLog log;
  final HeadWriter head = new HeadWriter();
  private final EventLoop loop;
  private final Missed missed = new Missed();
  private final Map<String, BootRequest> parsed = new HashMap<>();
  private final Set<ConnectionServer> connections = new LinkedHashSet<>();
  private long round;
  private boolean roundEnds;
  private long dated = Long.MIN_VALUE;
  private byte[] date = {};
  private long forgotten = System.nanoTime();

  LoopServer(
      EventLoop loop,
      BootHttpServer.Wiring wiring,
      DeskServer desk,
      BootHttpSettings.Limits limits) {
    this.loop = loop;
    this.wiring = wiring;
    this.desk = desk;
    this.limits = limits;
    this.files = new FilesServer(wiring.clock());
    this.log = new DownloadLog(wiring.timeline(), wiring.clock());
  }

  /** Whether a timeline is to hear of it. */
  boolean isTold(BootEvent event) {
    return event.reason() != Reason.OTHER_FILE_MISSING || missed.isTold(event.mac(), event.at());
  }

  void start() {
    long shortest =
        Math.min(
            limits.stallTime().toMillis(),
            Math.min(limits.requestTime().toMillis(), limits.idleTime().toMillis()));
    long period = Math.max(5, Math.min(LONGEST_SWEEP_MILLIS, shortest / 4));
    var unused = loop.scheduleAtFixedRate(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  void add(ConnectionServer connection) {
    connections.add(connection);
  }

  void remove(ConnectionServer connection) {
    connections.remove(connection);
  }

  /** The present round: from one waiting for the network to the next. */
  long round() {
    if (!roundEnds) {
      roundEnds = true;
      // The loop runs its tasks after it has read from all sockets that were ready.
      loop.execute(this::endRound);
    }
    return round;
  }

  private void endRound() {
    round++;
    roundEnds = false;
  }

  /** The header line. */
  byte[] date(Instant now) {
    long second = now.getEpochSecond();
    if (second != dated) {
      dated = second;
      date = HeadWriter.ascii("date: " + HttpDate.text(now) + "\r\n");
    }
    return date;
  }

  BootRequest parse(RequestHead request) {
    if (!request.isGet()) {
      return BootRoutes.parse(request.method, request.target);
    }
    BootRequest known = parsed.get(request.target);
    if (known != null) {
      return known;
    }
    BootRequest read = BootRoutes.parse(request.method, request.target);
    if (request.target.length() <= MAX_PARSED_LENGTH) {
      if (parsed.size() >= MAX_PARSED) {
        parsed.clear();
      }
      parsed.put(request.target, read);
    }
    return read;
  }

  private void sweep() {
    long now = System.nanoTime();
    List<ConnectionServer> late = new ArrayList<>();
    for (ConnectionServer connection : connections) {
      if (connection.isLate(now)) {
        late.add(connection);
      }
    }
    // Closing takes them out of the set.
    late.forEach(ConnectionServer::cut);
    if (now - forgotten > FORGET_NANOS) {
      forgotten = now;
      files.forgetUnused();
    }
  }
}
