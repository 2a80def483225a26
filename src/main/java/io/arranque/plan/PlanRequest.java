package io.arranque.plan;

import io.arranque.downloads.Standing;
import io.arranque.inventory.Inventory;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.Optional;

/**
 * The planner's whole input.
 *
 * @param site what the operator wrote
 * @param inventory what is known of machines and rooms
 * @param client who asks
 * @param reach where it is
 * @param standing whether its turn to download has come
 * @param now when it would boot; empty: at a time when it may be told its secrets
 */
public record PlanRequest(
    Site site,
    Inventory inventory,
    Client client,
    Reach reach,
    Standing standing,
    Optional<Instant> now) {

  /** As if the machine were armed. */
  public PlanRequest(
      Site site, Inventory inventory, Client client, Reach reach, Standing standing) {
    this(site, inventory, client, reach, standing, Optional.empty());
  }

  /** The same at this time: whether the machine may be told secrets counts. */
  public PlanRequest at(Instant now) {
    return new PlanRequest(site, inventory, client, reach, standing, Optional.of(now));
  }

  /** Of a machine that need not wait for others, or is not about to download. */
  public PlanRequest(Site site, Inventory inventory, Client client, Reach reach) {
    this(site, inventory, client, reach, Standing.GO);
  }
}
