/**
 * What the RFCs want of an HTTP server of files, seen from a client's socket: cases that hold for
 * any server. Requests are written octet by octet and answers read with code of its own.
 */
@NullMarked
package io.arranque.conformance.http;

import org.jspecify.annotations.NullMarked;
