package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The octets of a journal file: a header, then frames, then zeros. All numbers are big-endian.
 *
 * <pre>
 *   header  magic "ARRQLEAS" | version 32 | 0 32 | journal 128 | generation 64 | CRC32C 32
 *   frame   marker "LJv1"    | length of the body 32 | from 64 | to 64 | CRC32C 32 | body
 * </pre>
 *
 * <p>A frame holds one commit ({@code from} and {@code to} are its number), or at the head of a
 * file what all commits {@code from} to {@code to} come to. Its checksum also covers the journal's
 * random name and the generation, so that neither an older file's blocks nor a host name made up by
 * a stranger can pass for a frame.
 *
 * @param journal the name that a state folder's files share
 * @param generation the file's number
 */
record JournalFormat(UUID journal, long generation) {
  static final int HEADER = 44;
  static final int FRAME_HEAD = 28;

  private static final long MAGIC = 0x4152_5251_4c45_4153L;
  private static final int VERSION = 1;
  private static final int MARKER = 0x4c4a_7631;
  private static final int LENGTH_AT = Integer.BYTES;
  private static final int FROM_AT = 8;
  private static final int TO_AT = 16;
  private static final int CHECKSUM_AT = 24;
  private static final int HEADER_CHECKSUM_AT = 40;

  /** Where a good frame stands, from its head to the offset behind it, and its commits. */
  record Frame(long from, long to, int start, int end) {}

  void putHeader(ByteBuffer out) {
    int start = out.position();
    out.putLong(MAGIC).putInt(VERSION).putInt(0);
    out.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    out.putLong(generation);
    CRC32C checksum = new CRC32C();
    checksum.update(out.duplicate().flip().position(start));
    out.putInt((int) checksum.getValue());
  }

  /**
   * Reads the header of a file.
   *
   * @throws IllegalArgumentException when it is none of this version, with what is wrong
   */
  static JournalFormat header(ByteBuffer file) {
    if (file.getLong(0) != MAGIC) {
      throw new IllegalArgumentException("it does not begin like a lease journal");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(file.duplicate().position(0).limit(HEADER_CHECKSUM_AT));
    if (file.getInt(HEADER_CHECKSUM_AT) != (int) checksum.getValue()) {
      throw new IllegalArgumentException("the header's checksum is wrong");
    }
    if (file.getInt(Long.BYTES) != VERSION) {
      throw new IllegalArgumentException("a newer Arranque has written it");
    }
    return new JournalFormat(new UUID(file.getLong(16), file.getLong(24)), file.getLong(32));
  }

  /**
   * Makes a frame of the body that stands behind room for the head.
   *
   * @param frame from 0 to its limit, the body from {@link #FRAME_HEAD} on
   */
  void seal(ByteBuffer frame, long from, long to) {
    frame.putInt(0, MARKER).putInt(LENGTH_AT, frame.limit() - FRAME_HEAD);
    frame.putLong(FROM_AT, from).putLong(TO_AT, to);
    frame.putInt(CHECKSUM_AT, checksum(frame, 0, frame.limit()));
  }

  /** The frame at the offset; empty when there is no whole and intact one. */
  Optional<Frame> frame(ByteBuffer file, int offset) {
    if (file.limit() - offset < FRAME_HEAD || file.getInt(offset) != MARKER) {
      return Optional.empty();
    }
    int length = file.getInt(offset + LENGTH_AT);
    if (length < 0 || length > file.limit() - offset - FRAME_HEAD) {
      return Optional.empty();
    }
    int end = offset + FRAME_HEAD + length;
    if (file.getInt(offset + CHECKSUM_AT) != checksum(file, offset, end)) {
      return Optional.empty();
    }
    long from = file.getLong(offset + FROM_AT);
    return Optional.of(new Frame(from, file.getLong(offset + TO_AT), offset, end));
  }

  /**
   * What a frame holds.
   *
   * @throws IllegalArgumentException when a newer program has written it
   */
  static List<LeaseChange> changes(ByteBuffer file, Frame frame) {
    int body = frame.start() + FRAME_HEAD;
    return LeaseRecords.take(file.slice(body, frame.end() - body));
  }

  /** Over everything but the checksum itself. */
  private int checksum(ByteBuffer file, int offset, int end) {
    CRC32C checksum = new CRC32C();
    ByteBuffer salt = ByteBuffer.allocate(3 * Long.BYTES);
    salt.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    checksum.update(salt.putLong(generation).flip());
    checksum.update(file.duplicate().limit(end).position(offset).limit(offset + CHECKSUM_AT));
    checksum.update(file.duplicate().limit(end).position(offset + FRAME_HEAD));
    return (int) checksum.getValue();
  }
}
