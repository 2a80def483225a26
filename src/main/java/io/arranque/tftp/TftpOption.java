package io.arranque.tftp;

import java.util.Locale;

/**
 * One option of a request or its acknowledgement (RFC 2347), both parts as on the wire.
 *
 * @param name compared without regard to case, echoed as the client wrote it
 */
public record TftpOption(String name, String value) {
  boolean is(String other) {
    return name.toLowerCase(Locale.ROOT).equals(other);
  }
}
