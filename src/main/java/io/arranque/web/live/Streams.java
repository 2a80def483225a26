package io.arranque.web.live;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Live connections of one kind.
 *
 * <p>Each has a thread and a feed of its own: a slow one only falls behind itself, and whoever
 * tells of a change never waits for a socket. More than a hundred are turned away, so that nobody
 * can have a thread for each of his tabs without end.
 */
public final class Streams<T, F extends Feed<T>> implements AutoCloseable {
  /** Proxies cut what is silent for a minute; a browser that left is only noticed by a write. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private static final int MAX = 100;

  private final Semaphore free = new Semaphore(MAX);
  private final Set<F> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;
  private volatile boolean closed;

  /**
   * @param threadName says in a thread dump whose streams these are
   */
  public Streams(String threadName) {
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Writes one batch to its connection. */
  public interface Sender<T> {
    void send(T batch) throws Exception;
  }

  /** Feeds of all connections, as they come and go. */
  public Set<F> open() {
    return Collections.unmodifiableSet(open);
  }

  /**
   * Begins to send; at once, on a thread of its own.
   *
   * @param mayGoOn asked now and then; the stream ends when it says no
   */
  public void begin(SseClient client, F feed, BooleanSupplier mayGoOn, Sender<T> sender) {
    if (!free.tryAcquire()) {
      client.close();
      return;
    }
    open.add(feed);
    client.keepAlive();
    client.onClose(feed::close);
    // Tells proxies and the client that the stream stands, before anything happens.
    client.sendComment("ready");
    threads.execute(() -> run(client, feed, mayGoOn, sender));
  }

  private void run(SseClient client, F feed, BooleanSupplier mayGoOn, Sender<T> sender) {
    try {
      long wrote = System.nanoTime();
      while (!closed && !client.terminated() && mayGoOn.getAsBoolean()) {
        Optional<T> batch = feed.next();
        if (batch.isPresent()) {
          sender.send(batch.get());
          wrote = System.nanoTime();
        } else if (System.nanoTime() - wrote >= KEEP_ALIVE.toNanos() && !client.terminated()) {
          client.sendComment("still here");
          wrote = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // The browser reconnects by itself; there is nobody to tell.
    } finally {
      open.remove(feed);
      free.release();
      if (!client.terminated()) {
        // A stream whose browser has left is over: closing it again fails inside Jetty.
        client.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Feed::close);
    threads.shutdownNow();
  }
}
