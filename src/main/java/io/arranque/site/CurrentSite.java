package io.arranque.site;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The site in force: the last good one. Thread-safe; readers never wait. Whoever decides something
 * takes {@link #site} once and works with that.
 */
public final class CurrentSite {
  private final List<Consumer<Loaded>> listeners = new CopyOnWriteArrayList<>();
  private volatile State state;

  private record State(Site site, Problems problems) {}

  /**
   * @param site the first good one
   * @param problems its warnings
   */
  public CurrentSite(Site site, Problems problems) {
    state = new State(site, problems);
  }

  /** The last good one. */
  public Site site() {
    return state.site();
  }

  /** Of the last attempt: errors here mean that the files on disk are not what {@link #site} is. */
  public Problems problems() {
    return state.problems();
  }

  /** Takes over a good site; of a broken one only its problems. Then tells the listeners. */
  public void accept(Loaded loaded) {
    synchronized (this) {
      state = new State(loaded.site().orElse(state.site()), loaded.problems());
    }
    listeners.forEach(listener -> listener.accept(loaded));
  }

  /** Calls {@code listener} after each attempt, in the thread of that attempt, in turn. */
  public void onChange(Consumer<Loaded> listener) {
    listeners.add(listener);
  }
}
