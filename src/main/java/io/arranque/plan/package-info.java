/**
 * The boot plan: one pure function from site, machine and client to everything the appliance will
 * hand out. DHCP, TFTP, HTTP, {@code explain} and the page ask it; it knows none of them.
 */
@NullMarked
package io.arranque.plan;

import org.jspecify.annotations.NullMarked;
