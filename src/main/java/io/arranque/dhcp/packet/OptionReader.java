package io.arranque.dhcp.packet;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a datagram's options from the up to three fields they may be in. */
final class OptionReader {
  private static final int PAD = 0;
  private static final int END = 255;

  /** Views of the datagram, which nobody changes. */
  private final OptionsDraft found = new OptionsDraft();

  /** Those in several pieces, which may lie anywhere (RFC 3396 §7); hardly ever any. */
  private @Nullable Map<Integer, ByteArrayOutputStream> pieces;

  /** The value of option 52 as far as it was read; several octets mean nothing. */
  private Octets overload = Octets.EMPTY;

  private boolean mayOverload = true;

  private OptionReader() {}

  static OptionReader none() {
    return new OptionReader();
  }

  /** The options field first, then file, then sname: RFC 3396 §5's order. */
  static OptionReader read(byte[] datagram) throws MalformedPacket {
    OptionReader reader = new OptionReader();
    reader.field(datagram, DhcpCodec.OPTIONS_AT, datagram.length);
    // Only the options field decides (RFC 2131 §4.1): what the other fields say of it is dropped.
    reader.mayOverload = false;
    if (reader.fileHasOptions()) {
      reader.field(datagram, DhcpCodec.FILE_AT, DhcpCodec.COOKIE_AT);
    }
    if (reader.snameHasOptions()) {
      reader.field(datagram, DhcpCodec.SNAME_AT, DhcpCodec.FILE_AT);
    }
    return reader;
  }

  boolean fileHasOptions() {
    return overload.size() == 1 && (overload.at(0) == 1 || overload.at(0) == 3);
  }

  boolean snameHasOptions() {
    return overload.size() == 1 && (overload.at(0) == 2 || overload.at(0) == 3);
  }

  DhcpOptions options() {
    if (pieces != null) {
      pieces.forEach((code, value) -> found.put(code, Octets.of(value.toByteArray())));
    }
    return found.toOptions();
  }

  private void field(byte[] datagram, int from, int to) throws MalformedPacket {
    int at = from;
    while (at < to) {
      int code = datagram[at++] & 0xff;
      if (code == END) {
        return;
      }
      if (code == PAD) {
        continue;
      }
      if (at == to) {
        throw new MalformedPacket("option " + code + " has no length");
      }
      int length = datagram[at++] & 0xff;
      if (length > to - at) {
        throw new MalformedPacket(
            "option %d claims %d octets, %d are left".formatted(code, length, to - at));
      }
      take(code, Octets.view(datagram, at, at + length));
      at += length;
    }
  }

  private void take(int code, Octets value) {
    if (code == OptionCode.OVERLOAD) {
      overload = mayOverload && overload.size() < 2 ? overload.plus(value) : overload;
      return;
    }
    Octets before = found.putIfAbsent(code, value);
    if (before == null) {
      return;
    }
    if (pieces == null) {
      pieces = new HashMap<>();
    }
    pieces.computeIfAbsent(code, c -> begun(before)).writeBytes(value.toArray());
  }

  private static ByteArrayOutputStream begun(Octets first) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first.toArray());
    return all;
  }
}
