package io.arranque.plan;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import java.util.Optional;

/** Port: the last good boot of each machine. Thread-safe. */
public interface LastGoods {
  /** Where nothing is kept. */
  LastGoods NONE =
      new LastGoods() {
        @Override
        public Optional<LastGood> of(Mac mac) {
          return Optional.empty();
        }

        @Override
        public void keep(LastGood boot) {}
      };

  /**
   * Empty when the machine has not had one since it is known.
   *
   * @throws StoreFailure when it cannot be read
   */
  Optional<LastGood> of(Mac mac) throws StoreFailure;

  /**
   * In the place of the one before; of a machine that is gone nothing is kept.
   *
   * @throws StoreFailure when it could not be written
   */
  void keep(LastGood boot) throws StoreFailure;
}
