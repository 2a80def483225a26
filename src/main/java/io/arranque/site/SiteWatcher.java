package io.arranque.site;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reloads the site when its files change, and tells one listener, from a thread of its own.
 *
 * <p>It looks at names, times and sizes at an interval. The kernel's notifications ({@code
 * WatchService}) would be quicker but do not come from shared folders of virtual machines nor from
 * NFS, lose events when a checkout replaces folders, and need a new watch for each new role.
 */
public final class SiteWatcher implements Closeable {
  /** A second: an operator who saves does not notice it, a few dozen files cost nothing. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How often changes may follow each other before a reload is made all the same. */
  private static final int RESTLESS_MAX = 5;

  private final Path folder;
  private final Duration interval;
  private final Consumer<Loaded> listener;
  private final Thread thread;
  private SiteFingerprint loaded;
  private SiteFingerprint last;
  private int restless;

  /**
   * Takes the files as they are now for loaded: construct it before the first load, so that a
   * change in between is seen. Nothing happens before {@link #start}.
   *
   * @param interval between two looks
   * @param listener called in the watcher's thread with each outcome, good or bad
   */
  public SiteWatcher(Path folder, Duration interval, Consumer<Loaded> listener) {
    this.folder = folder;
    this.interval = interval;
    this.listener = listener;
    this.loaded = SiteFingerprint.of(folder);
    this.last = loaded;
    this.thread = new Thread(this::run, "site-watcher");
    thread.setDaemon(true);
  }

  /** Starts to watch. */
  public void start() {
    thread.start();
  }

  /** Stops and waits until the listener is no longer being called, at most a few seconds. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(interval.toMillis());
        try {
          look();
        } catch (RuntimeException e) {
          // A bug in a listener must not end the watch; the program's handler records it.
          thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
      }
    } catch (InterruptedException e) {
      // close() was called: that is how this thread ends.
    }
  }

  /** One look; loads when something changed and then stayed as it is for one interval. */
  void look() {
    SiteFingerprint now = SiteFingerprint.of(folder);
    boolean quiet = now.equals(last);
    last = now;
    if (now.equals(loaded)) {
      restless = 0;
    } else if (quiet || ++restless >= RESTLESS_MAX) {
      restless = 0;
      // Remembered as it was before reading: what changes meanwhile is a change again.
      loaded = now;
      listener.accept(SiteLoader.load(folder));
    }
  }
}
