package io.arranque.dhcp.packet;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a datagram's options from the up to three fields they may be in. */
final class OptionReader {
  private static final int PAD = 0;
  private static final int END = 255;

  /** By code, because the pieces of one option may lie anywhere (RFC 3396 §7). */
  private final Map<Integer, ByteArrayOutputStream> pieces = new LinkedHashMap<>();

  private int overload;

  private OptionReader() {}

  static OptionReader none() {
    return new OptionReader();
  }

  /** The options field first, then file, then sname: RFC 3396 §5's order. */
  static OptionReader read(byte[] datagram) throws MalformedPacket {
    OptionReader reader = new OptionReader();
    reader.field(datagram, DhcpCodec.OPTIONS_AT, datagram.length);
    // Read before the other fields can say something: only the options field decides (RFC 2131
    // §4.1).
    ByteArrayOutputStream said = reader.pieces.remove(OptionCode.OVERLOAD);
    if (said != null && said.size() == 1) {
      reader.overload = said.toByteArray()[0];
    }
    if (reader.fileHasOptions()) {
      reader.field(datagram, DhcpCodec.FILE_AT, DhcpCodec.COOKIE_AT);
    }
    if (reader.snameHasOptions()) {
      reader.field(datagram, DhcpCodec.SNAME_AT, DhcpCodec.FILE_AT);
    }
    reader.pieces.remove(OptionCode.OVERLOAD);
    return reader;
  }

  boolean fileHasOptions() {
    return overload == 1 || overload == 3;
  }

  boolean snameHasOptions() {
    return overload == 2 || overload == 3;
  }

  DhcpOptions options() {
    List<DhcpOption> options = new ArrayList<>();
    pieces.forEach(
        (code, value) -> options.add(DhcpOption.decode(code, Octets.of(value.toByteArray()))));
    return DhcpOptions.of(options);
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
      pieces.computeIfAbsent(code, c -> new ByteArrayOutputStream()).write(datagram, at, length);
      at += length;
    }
  }
}
