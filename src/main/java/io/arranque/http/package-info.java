/**
 * The boot plane over HTTP: requests and answers as values, decided purely, and the one class with
 * sockets, {@code BootHttpServer}. Knows nothing of DHCP, TFTP and the page.
 */
@NullMarked
package io.arranque.http;

import org.jspecify.annotations.NullMarked;
