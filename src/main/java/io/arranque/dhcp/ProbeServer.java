package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether somebody uses an address: on our own wire by ARP, behind a relay by ICMP echo.
 * One thread watches all ARP questions at once; what blocks has a few threads of its own.
 */
final class ProbeServer implements AutoCloseable {
  /** A host answers ARP within a millisecond or two; a client asks again after a second. */
  private static final long ARP_NANOS = TimeUnit.MILLISECONDS.toNanos(350);

  private static final long POLL_MILLIS = 20;
  private static final long IDLE_MILLIS = 500;
  private static final int ECHO_MILLIS = 500;
  private static final int ECHOES = 16;
  private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);

  /**
   * A question.
   *
   * @param machine the one that may have the address
   */
  record Probe(Ipv4 address, Mac machine, Optional<OnLink> onLink, Result result) {}

  /** Where the address is, when no router lies between. */
  record OnLink(String card, CardSocketServer socket) {}

  /** What came of it. Called on a thread of this class. */
  interface Result {
    void known(boolean inUse, Optional<Mac> holder);
  }

  private record Asked(Probe probe, long until) {}

  private final BlockingQueue<Probe> fresh = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor slow =
      new ThreadPoolExecutor(
          0, ECHOES, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task));
  private final Thread thread = new Thread(this::run, "dhcp-probes");
  private volatile boolean stopping;

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "dhcp-probe-slow");
    made.setDaemon(true);
    return made;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Never blocks. How many may be under way is for the caller to bound. */
  void begin(Probe probe) {
    if (probe.onLink().isPresent()) {
      fresh.add(probe);
    } else {
      echo(probe);
    }
  }

  private void run() {
    List<Asked> asked = new ArrayList<>();
    try {
      while (!stopping) {
        Probe first =
            fresh.poll(asked.isEmpty() ? IDLE_MILLIS : POLL_MILLIS, TimeUnit.MILLISECONDS);
        List<Probe> begun = new ArrayList<>();
        if (first != null) {
          begun.add(first);
          fresh.drainTo(begun);
        }
        if (begun.isEmpty() && asked.isEmpty()) {
          continue;
        }
        ArpTable table = NeighbourServer.table();
        begun.forEach(probe -> ask(probe, table, asked));
        asked.removeIf(each -> isOver(each, table));
      }
    } catch (InterruptedException e) {
      LOG.debug("probing ends");
    }
  }

  private void ask(Probe probe, ArpTable table, List<Asked> asked) {
    OnLink link = probe.onLink().orElseThrow();
    Optional<Mac> known = table.holder(probe.address(), link.card());
    if (known.isPresent() && !known.get().equals(probe.machine())) {
      askAnew(probe, link);
      return;
    }
    NeighbourServer.ask(link.socket(), probe.address());
    asked.add(new Asked(probe, System.nanoTime() + ARP_NANOS));
  }

  /** The kernel remembers somebody there, from whenever it was. */
  private void askAnew(Probe probe, OnLink link) {
    execute(
        probe,
        () -> {
          if (NeighbourServer.forget(probe.address(), link.card())) {
            fresh.add(probe);
          } else {
            probe.result().known(answersEcho(probe.address()), Optional.empty());
          }
        });
  }

  private boolean isOver(Asked asked, ArpTable table) {
    Probe probe = asked.probe();
    Optional<Mac> holder = table.holder(probe.address(), probe.onLink().orElseThrow().card());
    if (holder.isEmpty() && System.nanoTime() - asked.until() < 0) {
      return false;
    }
    // The machine itself, from before it started anew, is nobody else.
    boolean inUse = holder.filter(mac -> !mac.equals(probe.machine())).isPresent();
    tell(probe, inUse, holder);
    return true;
  }

  private void echo(Probe probe) {
    execute(probe, () -> probe.result().known(answersEcho(probe.address()), Optional.empty()));
  }

  /** With all threads busy the address counts as free, as it would without any probe. */
  private void execute(Probe probe, Runnable work) {
    try {
      slow.execute(work);
    } catch (RejectedExecutionException e) {
      tell(probe, false, Optional.empty());
    }
  }

  private static boolean answersEcho(Ipv4 address) {
    try {
      return address.toInetAddress().isReachable(ECHO_MILLIS);
    } catch (IOException e) {
      return false;
    }
  }

  private static void tell(Probe probe, boolean inUse, Optional<Mac> holder) {
    try {
      probe.result().known(inUse, holder);
    } catch (RuntimeException e) {
      LOG.error("a probe's result was not taken", e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    slow.shutdownNow();
    thread.interrupt();
  }
}
