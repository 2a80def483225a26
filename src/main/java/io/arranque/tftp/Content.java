package io.arranque.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The octets of one answer, always the same while it is being sent. One thread owns it. */
interface Content {
  /** Octets in all. */
  long size();

  /**
   * Puts {@code length} octets from {@code offset} into {@code target} at {@code at}.
   *
   * @throws IOException when the file has been changed meanwhile, or cannot be read
   */
  void copy(long offset, int length, ByteBuffer target, int at) throws IOException;

  /** Not to be used any more. */
  void close();

  /** Content made for this request. */
  static Content of(ByteBuffer octets) {
    ByteBuffer content = octets.slice();
    return new Content() {
      @Override
      public long size() {
        return content.limit();
      }

      @Override
      public void copy(long offset, int length, ByteBuffer target, int at) {
        target.put(at, content, (int) offset, length);
      }

      @Override
      public void close() {
        // Garbage collection does the rest.
      }
    };
  }

  /**
   * The same as netascii text; this content is closed.
   *
   * @throws IOException also when it is too large for that
   */
  default Content asNetascii() throws IOException {
    try {
      if (size() > Netascii.SIZE_MAX) {
        throw new IOException("too large for netascii, ask for octet");
      }
      byte[] text = new byte[(int) size()];
      copy(0, text.length, ByteBuffer.wrap(text), 0);
      return of(ByteBuffer.wrap(Netascii.encode(text)));
    } finally {
      close();
    }
  }
}
