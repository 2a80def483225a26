/**
 * A read-only TFTP server (RFC 1350, 2347, 2348, 2349, 7440): the transfer is a pure state machine,
 * and only the classes that end in {@code Server} know of sockets, threads and files. It knows
 * neither machines nor leases: what a name means is asked of {@link io.arranque.tftp.TftpFiles}.
 */
@NullMarked
package io.arranque.tftp;

import org.jspecify.annotations.NullMarked;
