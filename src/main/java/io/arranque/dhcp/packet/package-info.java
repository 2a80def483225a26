/**
 * The DHCPv4 codec: packets and options as immutable values, to and from bytes (RFC 2131, 2132,
 * 3396). Knows no lease and no socket.
 */
@NullMarked
package io.arranque.dhcp.packet;

import org.jspecify.annotations.NullMarked;
