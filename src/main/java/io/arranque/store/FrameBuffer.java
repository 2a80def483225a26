package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import java.nio.ByteBuffer;
import java.util.List;

/** Where frames are put together; grows as needed and is used again. Not thread-safe. */
final class FrameBuffer {
  // A batch of a thousand leases of ordinary names.
  private static final int USUAL = 128 * 1024;

  private ByteBuffer octets = ByteBuffer.allocateDirect(USUAL);

  /** The frame with these changes, from 0 to its limit, without its head. */
  ByteBuffer body(List<LeaseChange> changes) {
    octets.clear().position(JournalFormat.FRAME_HEAD);
    for (LeaseChange change : changes) {
      if (octets.remaining() < LeaseRecords.LONGEST) {
        octets = ByteBuffer.allocateDirect(2 * octets.capacity()).put(octets.flip());
      }
      LeaseRecords.put(octets, change);
    }
    return octets.flip();
  }
}
