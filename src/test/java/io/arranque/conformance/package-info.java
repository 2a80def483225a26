/**
 * What the RFCs want of a DHCP server, seen from the wire: cases that hold for any server, run
 * against ours in every build and against Kea, ISC dhcpd and dnsmasq for docs/conformance-dhcp.md.
 * Reads and writes packets with code of its own, so that an error of the program's codec shows.
 */
@NullMarked
package io.arranque.conformance;

import org.jspecify.annotations.NullMarked;
