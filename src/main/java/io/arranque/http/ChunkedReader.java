package io.arranque.http;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Decodes a chunked body (RFC 9112 §7.1), in pieces of any size. */
final class ChunkedReader {
  private final int maxBody;
  private final int maxOverhead;
  private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
  private State state = State.SIZE;
  private @Nullable Malformed wrong;
  private int size;
  private int digits;
  private int overhead;
  private boolean emptyLine = true;

  private enum State {
    SIZE,
    /** Whatever stands behind a size: an extension, which nobody heeds. */
    EXTENSION,
    DATA,
    END_OF_DATA,
    TRAILER,
    DONE
  }

  /**
   * @param maxBody octets that it may have
   * @param maxOverhead octets of sizes, extensions and trailers
   */
  ChunkedReader(int maxBody, int maxOverhead) {
    this.maxBody = maxBody;
    this.maxOverhead = maxOverhead;
  }

  boolean isDone() {
    return state == State.DONE;
  }

  @Nullable Malformed wrong() {
    return wrong;
  }

  byte[] body() {
    return decoded.toByteArray();
  }

  /** Takes octets up to the body's end; says how many. */
  int read(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && state != State.DONE && wrong == null) {
      if (state == State.DATA) {
        int taken = Math.min(size, to - at);
        decoded.write(octets, at, taken);
        size -= taken;
        at += taken;
        state = size == 0 ? State.END_OF_DATA : State.DATA;
      } else {
        step(octets[at++]);
      }
    }
    return at - from;
  }

  private void step(byte octet) {
    if (++overhead > maxOverhead) {
      wrong = new Malformed(431, "chunk sizes and trailers are longer than " + maxOverhead);
      return;
    }
    switch (state) {
      case SIZE -> size(octet);
      case EXTENSION -> {
        if (octet == '\n') {
          sizeEnded();
        }
      }
      case END_OF_DATA -> {
        if (octet == '\n') {
          state = State.SIZE;
          digits = 0;
        } else if (octet != '\r') {
          wrong = new Malformed(400, "a chunk is longer than it says");
        }
      }
      case TRAILER -> trailer(octet);
      case DATA, DONE -> throw new IllegalStateException(state.name());
    }
  }

  private void size(byte octet) {
    int digit = Character.digit(octet, 16);
    if (digit >= 0) {
      size = size * 16 + digit;
      if (++digits > 6 || decoded.size() + size > maxBody) {
        wrong = new Malformed(413, "the body is longer than " + maxBody + " bytes");
      }
    } else if (digits == 0) {
      wrong = new Malformed(400, "a chunk without a size");
    } else if (octet == '\n') {
      sizeEnded();
    } else if (octet == ';' || octet == ' ' || octet == '\t' || octet == '\r') {
      state = State.EXTENSION;
    } else {
      wrong = new Malformed(400, "a chunk's size is no number");
    }
  }

  private void sizeEnded() {
    state = size == 0 ? State.TRAILER : State.DATA;
  }

  private void trailer(byte octet) {
    if (octet == '\n') {
      state = emptyLine ? State.DONE : State.TRAILER;
      emptyLine = true;
    } else if (octet != '\r') {
      emptyLine = false;
    }
  }
}
