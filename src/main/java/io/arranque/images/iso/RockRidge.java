package io.arranque.images.iso;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Long names and symbolic links in the system use fields of a directory record: SUSP 1.12 and RRIP
 * 1.12. One object to one record.
 */
final class RockRidge {
  /** A made-up CD may point its continuations in a circle. */
  private static final int CONTINUATIONS_MAX = 32;

  private final Blocks blocks;
  private final ByteArrayOutputStream name = new ByteArrayOutputStream();
  private final StringBuilder link = new StringBuilder();
  private boolean partOfName;
  private int continuations;

  RockRidge(Blocks blocks) {
    this.blocks = blocks;
  }

  /**
   * How many bytes precede the fields in every record; empty when the CD has none of them.
   *
   * @param use the system use area of the root folder's first record
   */
  static Optional<Integer> skip(ByteBuffer use) {
    boolean isUsed =
        use.remaining() >= 7
            && use.get(0) == 'S'
            && use.get(1) == 'P'
            && Byte.toUnsignedInt(use.get(4)) == 0xbe;
    return isUsed ? Optional.of(Byte.toUnsignedInt(use.get(6))) : Optional.empty();
  }

  Optional<String> name() {
    return name.size() == 0 ? Optional.empty() : Optional.of(name.toString(StandardCharsets.UTF_8));
  }

  Optional<String> link() {
    return link.isEmpty() ? Optional.empty() : Optional.of(link.toString());
  }

  /** Reads the fields of an area, and of those that continue it. */
  void read(ByteBuffer area) throws IOException {
    ByteBuffer use = area.order(ByteOrder.LITTLE_ENDIAN);
    long next = -1;
    int nextLength = 0;
    int at = 0;
    while (at + 4 <= use.limit()) {
      int length = Byte.toUnsignedInt(use.get(at + 2));
      if (length < 4 || at + length > use.limit()) {
        break;
      }
      ByteBuffer field = use.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
      String kind = "" + (char) field.get(0) + (char) field.get(1);
      if (kind.equals("NM")) {
        nameField(field);
      } else if (kind.equals("SL")) {
        linkField(field);
      } else if (kind.equals("CE") && length >= 28) {
        next = Integer.toUnsignedLong(field.getInt(4)) * Blocks.SECTOR + field.getInt(12);
        nextLength = Math.min(field.getInt(20), Blocks.SECTOR);
      } else if (kind.equals("ST")) {
        break;
      }
      at += length;
    }
    if (next >= 0 && nextLength > 0 && ++continuations <= CONTINUATIONS_MAX) {
      read(blocks.read(next, nextLength));
    }
  }

  /** Bits 1 and 2 say that the folder itself or its parent is meant. */
  private void nameField(ByteBuffer field) {
    if (field.limit() > 5 && (field.get(4) & 0x06) == 0) {
      name.write(field.array(), field.arrayOffset() + 5, field.limit() - 5);
    }
  }

  private void linkField(ByteBuffer field) {
    int at = 5;
    while (at + 2 <= field.limit()) {
      int flags = field.get(at);
      int length = Byte.toUnsignedInt(field.get(at + 1));
      if (at + 2 + length > field.limit()) {
        return;
      }
      if (!partOfName && !link.isEmpty() && link.charAt(link.length() - 1) != '/') {
        link.append('/');
      }
      String text =
          new String(field.array(), field.arrayOffset() + at + 2, length, StandardCharsets.UTF_8);
      link.append(
          (flags & 0x08) != 0
              ? "/"
              : (flags & 0x04) != 0 ? ".." : (flags & 0x02) != 0 ? "." : text);
      partOfName = (flags & 0x01) != 0;
      at += 2 + length;
    }
  }
}
