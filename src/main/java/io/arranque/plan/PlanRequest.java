package io.arranque.plan;

import io.arranque.downloads.Standing;
import io.arranque.inventory.Inventory;
import io.arranque.site.Site;

/**
 * The planner's whole input.
 *
 * @param site what the operator wrote
 * @param inventory what is known of machines and rooms
 * @param client who asks
 * @param reach where it is
 * @param standing whether its turn to download has come
 */
public record PlanRequest(
    Site site, Inventory inventory, Client client, Reach reach, Standing standing) {
  /** Of a machine that need not wait for others, or is not about to download. */
  public PlanRequest(Site site, Inventory inventory, Client client, Reach reach) {
    this(site, inventory, client, reach, Standing.GO);
  }
}
