package io.arranque.conformance.tftp;

import io.arranque.conformance.Violation;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A packet as it came from the server.
 *
 * @param number a block's, or an error's code; 0 in an OACK
 * @param from where it came from
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Packet(int opcode, int number, byte[] body, InetSocketAddress from) {
  static final int RRQ = 1;
  static final int WRQ = 2;
  static final int DATA = 3;
  static final int ACK = 4;
  static final int ERROR = 5;
  static final int OACK = 6;

  static Packet read(byte[] octets, InetSocketAddress from) {
    Violation.unless(octets.length >= 2, "a packet of " + octets.length + " octets");
    int opcode = number(octets, 0);
    boolean numbered = opcode != OACK;
    Violation.unless(!numbered || octets.length >= 4, "a packet without its number");
    int head = numbered ? 4 : 2;
    return new Packet(
        opcode,
        numbered ? number(octets, 2) : 0,
        Arrays.copyOfRange(octets, head, octets.length),
        from);
  }

  private static int number(byte[] octets, int at) {
    return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
  }

  /** A read request; options are names and values in turn. */
  static byte[] read(String file, String mode, String... options) {
    return request(RRQ, file, mode, options);
  }

  static byte[] request(int opcode, String file, String mode, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(opcode);
    text(out, file);
    text(out, mode);
    for (String option : options) {
      text(out, option);
    }
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write(0);
  }

  static byte[] ack(long block) {
    return new byte[] {0, ACK, (byte) (block >> 8), (byte) block};
  }

  static byte[] error(int code, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, ERROR, 0, (byte) code});
    text(out, message);
    return out.toByteArray();
  }

  boolean is(int wanted) {
    return opcode == wanted;
  }

  boolean isBlock(int block) {
    return opcode == DATA && number == block;
  }

  /** Of an OACK; names in lower case. */
  Map<String, String> options() {
    Violation.unless(is(OACK), this + " is no OACK");
    Map<String, String> options = new LinkedHashMap<>();
    List<String> texts = texts();
    Violation.unless(texts.size() % 2 == 0, "an OACK with an option without value");
    for (int i = 0; i < texts.size(); i += 2) {
      String before = options.put(texts.get(i).toLowerCase(Locale.ROOT), texts.get(i + 1));
      Violation.unless(before == null, "an OACK that names " + texts.get(i) + " twice");
    }
    return options;
  }

  /** The texts of an OACK or an ERROR, each of which ends with a NUL. */
  List<String> texts() {
    String all = new String(body, StandardCharsets.ISO_8859_1);
    Violation.unless(all.endsWith("\0"), this + " does not end with a NUL");
    return List.of(all.substring(0, all.length() - 1).split("\0", -1));
  }

  @Override
  public String toString() {
    return switch (opcode) {
      case DATA -> "DATA " + number + " of " + body.length + " octets";
      case ACK -> "ACK " + number;
      case ERROR -> "ERROR " + number + " '" + new String(body, StandardCharsets.ISO_8859_1) + "'";
      case OACK -> "OACK " + new String(body, StandardCharsets.ISO_8859_1).replace('\0', ' ');
      default -> "operation code " + opcode;
    };
  }
}
