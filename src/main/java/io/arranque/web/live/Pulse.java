package io.arranque.web.live;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Tells when what a page shows is different from what it was told of last. */
final class Pulse<T> implements Feed<String> {
  private static final long LOOK_MILLIS = 1_000;

  private final Awaited<T> state;
  private final BiFunction<Optional<T>, T, String> told;
  private Optional<T> shown;

  /**
   * @param told makes what is sent from what was told of last and what is
   */
  Pulse(Optional<T> shown, Awaited<T> state, BiFunction<Optional<T>, T, String> told) {
    this.shown = shown;
    this.state = state;
    this.told = told;
  }

  interface Awaited<T> {
    /** Waits for something else than {@code shown}, or for a while. */
    T next(Optional<T> shown) throws InterruptedException;
  }

  /**
   * Looks once a second. Nobody tells when a transfer or a pool moves, and nobody should: they move
   * with every packet, on threads that must not wait, and a signal would have to be held back there
   * for as long as this waits here. A look is a copy of what is in memory, and costs nothing while
   * no page is open. What moves seldom (the site, its files, the schedule, tasks) is looked at in
   * the same way: a second is not noticed there, and one look is simpler than four signals.
   */
  static <T> Awaited<T> eachSecond(Supplier<T> state) {
    return shown -> {
      if (shown.isPresent()) {
        Thread.sleep(LOOK_MILLIS);
      }
      return state.get();
    };
  }

  @Override
  public Optional<String> next() throws InterruptedException {
    T now = state.next(shown);
    Optional<T> before = shown;
    shown = Optional.of(now);
    return before.filter(now::equals).isPresent()
        ? Optional.empty()
        : Optional.of(told.apply(before, now));
  }
}
