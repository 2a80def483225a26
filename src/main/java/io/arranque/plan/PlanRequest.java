package io.arranque.plan;

import io.arranque.inventory.Inventory;
import io.arranque.site.Site;

/**
 * The planner's whole input.
 *
 * @param site what the operator wrote
 * @param inventory what is known of machines and rooms
 * @param client who asks
 * @param reach where it is
 */
public record PlanRequest(Site site, Inventory inventory, Client client, Reach reach) {}
