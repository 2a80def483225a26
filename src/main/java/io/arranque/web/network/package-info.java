/** Segments, addresses, leases, other DHCP servers, and the transfers that are under way. */
@NullMarked
package io.arranque.web.network;

import org.jspecify.annotations.NullMarked;
