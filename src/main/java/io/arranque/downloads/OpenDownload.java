package io.arranque.downloads;

import io.arranque.address.Ipv4;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A download while it goes on. The sender counts for itself, as it does anyway; its counter is only
 * looked at when somebody wants to know, so that a byte sent costs nothing here.
 */
public final class OpenDownload {
  final Ipv4 address;
  final Download.Way way;
  final String file;
  final long total;
  final Instant began;
  final Optional<Download.Blocks> blocks;
  private final LongSupplier done;

  // What follows is the register's, under its lock.
  Instant progressed;
  long seen;
  long bitsPerSecond;
  boolean abandoned;

  OpenDownload(
      Ipv4 address,
      Download.Way way,
      String file,
      long total,
      LongSupplier done,
      Optional<Download.Blocks> blocks,
      Instant began) {
    this.address = address;
    this.way = way;
    this.file = file;
    this.total = total;
    this.done = done;
    this.blocks = blocks;
    this.began = began;
    this.progressed = began;
  }

  long done() {
    return Math.min(total, done.getAsLong());
  }
}
