package io.arranque.images.iso;

import io.arranque.images.iso.IsoEntry.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the records of a folder, ECMA-119 §9.1. */
final class IsoFolder {
  /** Where the name begins in a record. */
  private static final int NAME = 33;

  private static final int FOLDER = 0x02;
  private static final int MORE_EXTENTS = 0x80;

  private final Blocks blocks;
  private final Names names;

  /** Which of a CD's names are taken. */
  enum Kind {
    /** Upper case, 8 and 3 letters, a version behind a semicolon. */
    PLAIN,
    /** UCS-2, from the supplementary volume descriptor. */
    JOLIET,
    ROCK_RIDGE
  }

  /**
   * @param skip bytes before Rock Ridge's fields
   */
  record Names(Kind kind, int skip) {}

  IsoFolder(Blocks blocks, Names names) {
    this.blocks = blocks;
    this.names = names;
  }

  /** What is in a folder, but for itself and its parent. */
  List<IsoEntry> read(ByteBuffer folder) throws IOException {
    List<IsoEntry> entries = new ArrayList<>();
    boolean continues = false;
    int at = 0;
    while (at < folder.limit()) {
      int length = Byte.toUnsignedInt(folder.get(at));
      if (length == 0) {
        // A record never crosses a sector; the rest of this one is padding.
        at = (at / Blocks.SECTOR + 1) * Blocks.SECTOR;
        continue;
      }
      if (length <= NAME || at + length > folder.limit()) {
        throw new IOException("a folder of the ISO is damaged");
      }
      ByteBuffer bytes = folder.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
      at += length;
      if (isDot(bytes)) {
        continue;
      }
      IsoEntry entry = entry(bytes);
      if (continues && !entries.isEmpty()) {
        int last = entries.size() - 1;
        entries.set(last, entries.get(last).followedBy(entry));
      } else {
        entries.add(entry);
      }
      continues = (bytes.get(25) & MORE_EXTENTS) != 0;
    }
    return entries;
  }

  static Extent extent(ByteBuffer bytes) {
    long block = Integer.toUnsignedLong(bytes.getInt(2)) + Byte.toUnsignedInt(bytes.get(1));
    return new Extent(block * Blocks.SECTOR, Integer.toUnsignedLong(bytes.getInt(10)));
  }

  /** What follows the name; a name of even length is followed by a byte of padding. */
  static ByteBuffer systemUse(ByteBuffer bytes) {
    int length = nameLength(bytes);
    int from = Math.min(bytes.limit(), NAME + length + (length % 2 == 0 ? 1 : 0));
    return bytes.slice(from, bytes.limit() - from);
  }

  private IsoEntry entry(ByteBuffer bytes) throws IOException {
    RockRidge extra = new RockRidge(blocks);
    if (names.kind() == Kind.ROCK_RIDGE) {
      ByteBuffer use = systemUse(bytes);
      int skip = Math.min(names.skip(), use.limit());
      extra.read(use.slice(skip, use.limit() - skip));
    }
    return new IsoEntry(
        extra.name().orElseGet(() -> plainName(bytes)),
        (bytes.get(25) & FOLDER) != 0,
        List.of(extent(bytes)),
        extra.link());
  }

  private String plainName(ByteBuffer bytes) {
    boolean joliet = names.kind() == Kind.JOLIET;
    Charset charset = joliet ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII;
    byte[] name = new byte[nameLength(bytes)];
    bytes.get(NAME, name);
    String text = new String(name, charset).replaceFirst(";[0-9]+$", "");
    return joliet ? text : text.replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
  }

  private static int nameLength(ByteBuffer bytes) {
    return Math.min(Byte.toUnsignedInt(bytes.get(32)), bytes.limit() - NAME);
  }

  private static boolean isDot(ByteBuffer bytes) {
    return nameLength(bytes) == 1 && (bytes.get(NAME) == 0 || bytes.get(NAME) == 1);
  }

  /** Rock Ridge's, if the root folder's own record says so. */
  static Optional<Names> rockRidge(ByteBuffer root) {
    int length = Byte.toUnsignedInt(root.get(0));
    if (length <= NAME || length > root.limit()) {
      return Optional.empty();
    }
    return RockRidge.skip(systemUse(root.slice(0, length)))
        .map(skip -> new Names(Kind.ROCK_RIDGE, skip));
  }
}
