package io.arranque.wake;

/** Some machines that are being woken. */
public interface WakeOrder {
  /** Wakes none of them any more; to those that were asked already nothing is sent again. */
  void stop();
}
