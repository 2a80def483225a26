package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseChange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a lease change stands in the journal, big-endian: length of what follows (16 bits), kind (8),
 * address (32), expires, at or until (64, microseconds since 1970); when bound also mac (64) and
 * since (64); then any number of fields: tag (8), length (16), bytes. A reader passes over tags it
 * does not know, so that a lease can get more of them; another kind needs another version of the
 * file.
 */
final class LeaseRecords {
  /** No record is longer: a name of a file and one of a machine, each cut, in UTF-8. */
  static final int LONGEST = 2048;

  private static final byte BOUND = 1;
  private static final byte RELEASED = 2;
  private static final byte QUARANTINED = 3;
  private static final byte SEGMENT = 1;
  private static final byte HOSTNAME = 2;

  /** Longer names are none (RFC 1035 section 2.3.4), and option 12 is whatever a stranger sends. */
  private static final int TEXT = 255;

  private LeaseRecords() {}

  /** Puts the change; {@code out} must have {@link #LONGEST} octets left. */
  static void put(ByteBuffer out, LeaseChange change) {
    int start = out.position();
    out.putShort((short) 0);
    if (change instanceof LeaseChange.Bound bound) {
      Lease lease = bound.lease();
      put(out, BOUND, lease.address(), lease.expires());
      out.putLong(lease.mac().bits()).putLong(Columns.micros(lease.since()));
      put(out, SEGMENT, lease.segment());
      lease.hostname().ifPresent(name -> put(out, HOSTNAME, name));
    } else if (change instanceof LeaseChange.Released released) {
      put(out, RELEASED, released.address(), released.at());
    } else if (change instanceof LeaseChange.Quarantined declined) {
      put(out, QUARANTINED, declined.address(), declined.until());
    } else {
      throw new AssertionError(change);
    }
    out.putShort(start, (short) (out.position() - start - Short.BYTES));
  }

  private static void put(ByteBuffer out, byte kind, Ipv4 address, Instant time) {
    out.put(kind).putInt(address.bits()).putLong(Columns.micros(time));
  }

  private static void put(ByteBuffer out, byte tag, String text) {
    byte[] bytes =
        text.substring(0, Math.min(TEXT, text.length())).getBytes(StandardCharsets.UTF_8);
    out.put(tag).putShort((short) bytes.length).put(bytes);
  }

  /**
   * All changes up to the end of {@code in}.
   *
   * @throws IllegalArgumentException when these are no records of this version
   */
  static List<LeaseChange> take(ByteBuffer in) {
    List<LeaseChange> changes = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        int length = Short.toUnsignedInt(in.getShort());
        changes.add(change(in.slice(in.position(), length)));
        in.position(in.position() + length);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a record is cut off", e);
    }
    return changes;
  }

  private static LeaseChange change(ByteBuffer in) {
    byte kind = in.get();
    Ipv4 address = new Ipv4(in.getInt());
    Instant time = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
    return switch (kind) {
      case BOUND -> bound(in, address, time);
      case RELEASED -> new LeaseChange.Released(address, time);
      case QUARANTINED -> new LeaseChange.Quarantined(address, time);
      default -> throw new IllegalArgumentException("a record has the unknown kind " + kind);
    };
  }

  private static LeaseChange bound(ByteBuffer in, Ipv4 address, Instant expires) {
    Mac mac = new Mac(in.getLong());
    Instant since = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
    String segment = "";
    Optional<String> hostname = Optional.empty();
    while (in.hasRemaining()) {
      byte tag = in.get();
      byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (tag == SEGMENT) {
        segment = text;
      } else if (tag == HOSTNAME) {
        hostname = Optional.of(text);
      }
    }
    return new LeaseChange.Bound(new Lease(address, mac, segment, since, expires, hostname));
  }
}
