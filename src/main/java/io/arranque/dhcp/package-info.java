/**
 * The DHCP engine: a pure responder that turns a packet into a verdict, the leases, and the one
 * class with sockets, {@code DhcpServer}. Knows neither TFTP nor HTTP nor the database.
 */
@NullMarked
package io.arranque.dhcp;

import org.jspecify.annotations.NullMarked;
