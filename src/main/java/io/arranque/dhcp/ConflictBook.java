package io.arranque.dhcp;

import io.arranque.inventory.StoreFailure;
import java.util.List;

/**
 * Port: where conflicts outlive the process. Not where the addresses are set aside: that is a lease
 * change, durable before anything is answered. This is for people, and may lose the last second.
 */
public interface ConflictBook {
  /** How many are kept. */
  int KEPT = 200;

  /** Keeps none. */
  ConflictBook NONE =
      new ConflictBook() {
        @Override
        public List<Conflict> load() {
          return List.of();
        }

        @Override
        public void record(Conflict conflict) {}
      };

  /** The newest {@link #KEPT}, oldest first. */
  List<Conflict> load() throws StoreFailure;

  /** Adds it, or replaces the one of the same address and time. */
  void record(Conflict conflict) throws StoreFailure;
}
