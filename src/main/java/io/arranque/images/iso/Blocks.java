package io.arranque.images.iso;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a CD. */
interface Blocks {
  int SECTOR = 2048;

  /** Exactly so many, in little-endian order. */
  ByteBuffer read(long offset, int length) throws IOException;
}
