package io.arranque.inventory;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Port: the inventory and the one way to change it. Thread-safe. */
public interface InventoryBook {
  /** The present state; a live view, each call to it sees what was committed so far. */
  Inventory view();

  /**
   * Decides on the present state and commits what was decided, as one transaction and with nobody
   * else deciding meanwhile; listeners hear of it afterwards.
   *
   * @return what was committed
   * @throws StoreFailure when it could not be written; nothing has changed then
   */
  List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision)
      throws StoreFailure;

  /**
   * Hears each committed change, in order, on the committing thread: be quick.
   *
   * @return run it to stop listening
   */
  Runnable subscribe(Consumer<InventoryChange> listener);
}
