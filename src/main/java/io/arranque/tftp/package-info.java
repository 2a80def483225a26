/**
 * Read-only TFTP: the codec, the transfer as a pure state machine, and the one class with sockets,
 * {@code TftpServer}. Knows nothing of DHCP and HTTP.
 */
@NullMarked
package io.arranque.tftp;

import org.jspecify.annotations.NullMarked;
