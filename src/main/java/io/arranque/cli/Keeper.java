package io.arranque.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the servers and keeps trying with those that cannot start: a busy port or a missing
 * permission stops one service and not the others, and needs no restart once it is put right.
 * Thread-safe.
 */
final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "keeper");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Set<String> started = new HashSet<>();
  private final SortedMap<String, String> problems = new TreeMap<>();
  private boolean closed;

  /** Starts something; when it cannot be started it must have cleaned up behind itself. */
  @FunctionalInterface
  interface Start {
    AutoCloseable start() throws IOException;
  }

  /** Starts now, or else every few seconds until it works. */
  void keep(String name, Start start) {
    if (!attempt(name, start)) {
      schedule(name, start);
    }
  }

  /** What does not run, and why, a line each. */
  synchronized List<String> problems() {
    return problems.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  /** Whether what goes by this name has been started. */
  synchronized boolean runs(String name) {
    return started.contains(name);
  }

  private void schedule(String name, Start start) {
    var unused =
        retries.schedule(
            () -> {
              if (!attempt(name, start)) {
                schedule(name, start);
              }
            },
            RETRY.toSeconds(),
            TimeUnit.SECONDS);
  }

  private synchronized boolean attempt(String name, Start start) {
    if (closed) {
      return true;
    }
    try {
      running.push(start.start());
      started.add(name);
      if (problems.remove(name) != null) {
        LOG.info("{} runs now", name);
      }
      return true;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problems.put(name, message))) {
        LOG.error(
            "{} does not run: {} (trying again every {} s)", name, message, RETRY.toSeconds());
      }
      return false;
    }
  }

  /** Ends everything, the last started first. */
  @Override
  public void close() {
    retries.shutdownNow();
    synchronized (this) {
      closed = true;
      while (!running.isEmpty()) {
        try {
          running.pop().close();
        } catch (Exception e) {
          LOG.error("a part did not end cleanly", e);
        }
      }
    }
  }
}
