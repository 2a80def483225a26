/**
 * DHCPv4 messages as values and as octets: {@link io.arranque.dhcp.packet.DhcpPacket} is what a
 * message says, {@link io.arranque.dhcp.packet.DhcpCodec} how it looks on the wire. Decides nothing
 * and knows nothing of machines, leases or sockets.
 */
@NullMarked
package io.arranque.dhcp.packet;

import org.jspecify.annotations.NullMarked;
