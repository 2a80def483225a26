/**
 * What the RFCs want of a TFTP server, seen from a client's socket: cases that hold for any server.
 * Reads and writes packets with code of its own, so that an error of the program's codec shows.
 */
@NullMarked
package io.arranque.conformance.tftp;

import org.jspecify.annotations.NullMarked;
