package io.arranque.dhcp.packet;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays a packet's options out over the fields that may carry them. */
final class OptionWriter {
  private static final byte END = (byte) 255;
  private static final int OVERLOAD_OPTION = 3;

  private final ByteArrayOutputStream main = new ByteArrayOutputStream();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sname = new ByteArrayOutputStream();

  private OptionWriter() {}

  /** {@code room}: how many octets the options field may have. */
  static OptionWriter write(DhcpPacket packet, int room, boolean overload) {
    List<byte[]> ordered = new ArrayList<>();
    packet.options().option(OptionCode.MESSAGE_TYPE).ifPresent(o -> ordered.add(pieces(o)));
    for (DhcpOption option : packet.options()) {
      switch (option.code()) {
        case OptionCode.MESSAGE_TYPE, OptionCode.RELAY_AGENT_INFORMATION -> {}
        // Says where the options of one datagram lie, so it is this class's to write.
        case OptionCode.OVERLOAD -> {}
        default -> ordered.add(pieces(option));
      }
    }
    // Last, because a relay strips it from the end (RFC 3046 §2.2).
    Optional<DhcpOption> relay = packet.options().option(OptionCode.RELAY_AGENT_INFORMATION);
    byte[] last = relay.map(OptionWriter::pieces).orElse(new byte[0]);
    OptionWriter writer = new OptionWriter();
    writer.place(ordered, packet, room - last.length - 1, overload);
    writer.main.writeBytes(last);
    writer.main.write(END);
    return writer;
  }

  byte[] main() {
    return main.toByteArray();
  }

  /** Empty when the field holds no options. */
  byte[] file() {
    return file.toByteArray();
  }

  /** Empty when the field holds no options. */
  byte[] sname() {
    return sname.toByteArray();
  }

  private void place(List<byte[]> options, DhcpPacket packet, int room, boolean overload) {
    if (options.stream().mapToInt(each -> each.length).sum() <= room) {
      options.forEach(main::writeBytes);
      return;
    }
    int fileRoom = overload && packet.file().isEmpty() ? DhcpPacket.FILE_WIDTH - 1 : 0;
    int snameRoom = overload && packet.sname().isEmpty() ? DhcpPacket.SNAME_WIDTH - 1 : 0;
    for (byte[] option : options) {
      if (main.size() + option.length <= room - (overload ? OVERLOAD_OPTION : 0)) {
        main.writeBytes(option);
      } else if (file.size() + option.length <= fileRoom) {
        file.writeBytes(option);
      } else if (sname.size() + option.length <= snameRoom) {
        sname.writeBytes(option);
      }
    }
    int overloaded = (file.size() > 0 ? 1 : 0) + (sname.size() > 0 ? 2 : 0);
    if (overloaded > 0) {
      main.writeBytes(new byte[] {OptionCode.OVERLOAD, 1, (byte) overloaded});
    }
    end(file);
    end(sname);
  }

  private static void end(ByteArrayOutputStream field) {
    if (field.size() > 0) {
      field.write(END);
    }
  }

  /** Code, length, value; a value of more than 255 octets in several such (RFC 3396 §6). */
  private static byte[] pieces(DhcpOption option) {
    byte[] value = option.encode().toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(255, value.length - at);
      out.write(option.code());
      out.write(length);
      out.write(value, at, length);
      at += length;
    } while (at < value.length);
    return out.toByteArray();
  }
}
