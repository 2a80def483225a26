package io.arranque.dhcp.packet;

import java.util.Arrays;

/** Lays a packet's options out over the fields that may carry them. */
final class OptionWriter {
  private static final byte END = (byte) 255;
  private static final int OVERLOAD_OPTION = 3;
  private static final int PIECE = 255;

  private final DhcpOptions options;

  /** In the order of the packet. */
  private final Octets[] values;

  /** As places in {@link #values}, in the order of the wire, without the relay's. */
  private final int[] order;

  private final int relay;

  /** How many octets all of {@link #order} take. */
  private int size;

  OptionWriter(DhcpPacket packet) {
    this.options = packet.options();
    this.values = new Octets[options.size()];
    int[] places = new int[options.size() + 1];
    int type = -1;
    int last = -1;
    int count = 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = options.encoded(i);
      switch (options.code(i)) {
        case OptionCode.MESSAGE_TYPE -> type = i;
        // Last, because a relay strips it from the end (RFC 3046 §2.2).
        case OptionCode.RELAY_AGENT_INFORMATION -> last = i;
        // Says where the options of one datagram lie, so it is this class's to write.
        case OptionCode.OVERLOAD -> {}
        default -> places[count++] = i;
      }
    }
    places[0] = type;
    this.order = Arrays.copyOfRange(places, type < 0 ? 1 : 0, count);
    this.relay = last;
    for (int place : order) {
      size += pieces(place);
    }
  }

  /** How many octets the options field takes when everything is in it. */
  int size() {
    return size + relaySize() + 1;
  }

  /** Writes all of them into {@code out} from {@code at} on. */
  void writeAll(byte[] out, int at) {
    int end = at;
    for (int place : order) {
      end = write(place, out, end);
    }
    end(out, end);
  }

  /**
   * Writes what fits, also into the fields {@code file} and {@code sname} of {@code out}, a whole
   * message with these already in it, as far as they are empty.
   *
   * @param room how many octets the options field may have
   * @param mayOverload whether the other two fields may be used
   * @return where the options end
   */
  int writeWhatFits(DhcpPacket packet, byte[] out, int room, boolean mayOverload) {
    int end = DhcpCodec.OPTIONS_AT;
    int mainEnd = end + room - relaySize() - 1 - (mayOverload ? OVERLOAD_OPTION : 0);
    int file = DhcpCodec.FILE_AT;
    int fileEnd = mayOverload && packet.file().isEmpty() ? DhcpCodec.COOKIE_AT - 1 : file;
    int sname = DhcpCodec.SNAME_AT;
    int snameEnd = mayOverload && packet.sname().isEmpty() ? DhcpCodec.FILE_AT - 1 : sname;
    for (int place : order) {
      int length = pieces(place);
      if (end + length <= mainEnd) {
        end = write(place, out, end);
      } else if (file + length <= fileEnd) {
        file = write(place, out, file);
      } else if (sname + length <= snameEnd) {
        sname = write(place, out, sname);
      }
    }
    int overload = (file > DhcpCodec.FILE_AT ? 1 : 0) + (sname > DhcpCodec.SNAME_AT ? 2 : 0);
    if (overload > 0) {
      out[end++] = OptionCode.OVERLOAD;
      out[end++] = 1;
      out[end++] = (byte) overload;
    }
    if (file > DhcpCodec.FILE_AT) {
      out[file] = END;
    }
    if (sname > DhcpCodec.SNAME_AT) {
      out[sname] = END;
    }
    return end(out, end);
  }

  private int end(byte[] out, int at) {
    int end = relay < 0 ? at : write(relay, out, at);
    out[end] = END;
    return end + 1;
  }

  /** How many octets of it are the relay's option. */
  int relaySize() {
    return relay < 0 ? 0 : pieces(relay);
  }

  private int pieces(int place) {
    int length = values[place].size();
    return length + 2 * Math.max(1, (length + PIECE - 1) / PIECE);
  }

  /** Code, length, value; a value of more than 255 octets in several such (RFC 3396 §6). */
  private int write(int place, byte[] out, int at) {
    Octets value = values[place];
    int end = at;
    int done = 0;
    do {
      int length = Math.min(PIECE, value.size() - done);
      out[end++] = (byte) options.code(place);
      out[end++] = (byte) length;
      value.copyTo(done, out, end, length);
      end += length;
      done += length;
    } while (done < value.size());
    return end;
  }
}
