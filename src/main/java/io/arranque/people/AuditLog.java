package io.arranque.people;

import io.arranque.inventory.StoreFailure;
import java.util.List;

/** Port: who did what. Lines are added, never changed; the oldest go in time. Thread-safe. */
public interface AuditLog {
  /**
   * On the disk when this returns, so that an act which is only allowed when it is written down can
   * wait for it.
   */
  void record(AuditEntry entry) throws StoreFailure;

  /**
   * @param id grows with time
   */
  record Line(long id, AuditEntry entry) {}

  List<Line> search(AuditQuery query) throws StoreFailure;
}
