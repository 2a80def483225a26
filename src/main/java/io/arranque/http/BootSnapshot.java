package io.arranque.http;

import io.arranque.inventory.Inventory;
import io.arranque.site.Site;

/**
 * The state on which one request is decided.
 *
 * @param leased which addresses our own DHCP has given
 */
record BootSnapshot(Site site, Inventory inventory, LeasedAddresses leased) {}
