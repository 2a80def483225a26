package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.inventory.Together;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Inventory, schedule and people, changed as one. */
public final class OneTransaction implements Together {
  private final Database database;
  private final List<ReentrantLock> locks;

  public OneTransaction(
      Database database, InventoryStore inventory, ScheduleStore schedule, PeopleStore people) {
    this.database = database;
    this.locks = List.of(inventory.committing(), schedule.committing(), people.committing());
  }

  /** Always in the same order, so that two of these never wait for each other. */
  @Override
  public void make(Work work) throws StoreFailure {
    locks.forEach(ReentrantLock::lock);
    try {
      database.together(work);
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }
}
