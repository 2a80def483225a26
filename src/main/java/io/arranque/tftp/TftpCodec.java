package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.Ack;
import io.arranque.tftp.TftpPacket.Data;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.OptionAck;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.arranque.tftp.TftpPacket.WriteRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes to packets and back. */
public final class TftpCodec {
  static final int DATA = 3;
  static final int DATA_HEADER = 4;
  private static final int READ_REQUEST = 1;
  private static final int WRITE_REQUEST = 2;
  static final int ACK = 4;
  static final int ACK_LENGTH = 4;
  private static final int ERROR = 5;
  private static final int OPTION_ACK = 6;

  /** A datagram of a request has at most 512 octets (RFC 2347); three octets make an option. */
  private static final int OPTIONS_MAX = 512 / 3;

  private TftpCodec() {}

  /**
   * Reads one datagram.
   *
   * @throws MalformedTftpPacket for anything that is no packet; nothing else is ever thrown
   */
  public static TftpPacket decode(byte[] datagram) throws MalformedTftpPacket {
    ByteBuffer in = ByteBuffer.wrap(datagram);
    int opcode = number(in, "an operation code");
    return switch (opcode) {
      case READ_REQUEST -> new ReadRequest(filename(in), text(in, "the mode"), options(in));
      case WRITE_REQUEST -> new WriteRequest(filename(in), text(in, "the mode"), options(in));
      case DATA -> new Data(number(in, "a block number"), in);
      case ACK -> new Ack(number(in, "a block number"));
      case ERROR -> new ErrorPacket(number(in, "an error code"), lastText(in));
      case OPTION_ACK -> new OptionAck(options(in));
      default -> throw new MalformedTftpPacket("operation code " + opcode);
    };
  }

  /** The datagram of {@code packet}, a fresh array. */
  public static byte[] encode(TftpPacket packet) {
    if (packet instanceof ReadRequest request) {
      return request(READ_REQUEST, request.filename(), request.mode(), request.options());
    }
    if (packet instanceof WriteRequest request) {
      return request(WRITE_REQUEST, request.filename(), request.mode(), request.options());
    }
    if (packet instanceof Data data) {
      ByteBuffer payload = data.payload();
      ByteBuffer out = ByteBuffer.allocate(DATA_HEADER + payload.remaining());
      return out.putShort((short) DATA).putShort((short) data.block()).put(payload).array();
    }
    if (packet instanceof Ack ack) {
      return ByteBuffer.allocate(4).putShort((short) ACK).putShort((short) ack.block()).array();
    }
    if (packet instanceof ErrorPacket error) {
      byte[] message = terminated(error.message());
      ByteBuffer out = ByteBuffer.allocate(4 + message.length);
      return out.putShort((short) ERROR).putShort((short) error.code()).put(message).array();
    }
    if (packet instanceof OptionAck ack) {
      byte[] options = terminated(texts(ack.options()));
      ByteBuffer out = ByteBuffer.allocate(2 + options.length);
      return out.putShort((short) OPTION_ACK).put(options).array();
    }
    throw new AssertionError(packet);
  }

  private static byte[] request(
      int opcode, String filename, String mode, List<TftpOption> options) {
    List<String> texts = new ArrayList<>(List.of(filename, mode));
    texts.addAll(texts(options));
    byte[] rest = terminated(texts);
    return ByteBuffer.allocate(2 + rest.length).putShort((short) opcode).put(rest).array();
  }

  private static List<String> texts(List<TftpOption> options) {
    List<String> texts = new ArrayList<>();
    for (TftpOption option : options) {
      texts.add(option.name());
      texts.add(option.value());
    }
    return texts;
  }

  private static byte[] terminated(List<String> texts) {
    return texts.isEmpty() ? new byte[0] : terminated(String.join("\0", texts));
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String filename(ByteBuffer in) throws MalformedTftpPacket {
    return text(in, "the file name");
  }

  private static int number(ByteBuffer in, String what) throws MalformedTftpPacket {
    if (in.remaining() < 2) {
      throw new MalformedTftpPacket("ends before " + what);
    }
    return in.getShort() & 0xffff;
  }

  private static String text(ByteBuffer in, String what) throws MalformedTftpPacket {
    int start = in.position();
    while (in.hasRemaining()) {
      if (in.get() == 0) {
        return latin(in, start, in.position() - 1);
      }
    }
    throw new MalformedTftpPacket("no NUL after " + what);
  }

  /** Some firmware forgets the NUL of an error's message; the message is still worth reading. */
  private static String lastText(ByteBuffer in) {
    int start = in.position();
    while (in.hasRemaining()) {
      if (in.get() == 0) {
        return latin(in, start, in.position() - 1);
      }
    }
    return latin(in, start, in.position());
  }

  private static List<TftpOption> options(ByteBuffer in) throws MalformedTftpPacket {
    List<TftpOption> options = new ArrayList<>();
    while (in.hasRemaining()) {
      String name = text(in, "an option's name");
      if (name.isEmpty()) {
        // No option has an empty name: this is the padding that some ROMs send.
        return options;
      }
      if (options.size() == OPTIONS_MAX) {
        throw new MalformedTftpPacket("more options than a request can hold");
      }
      options.add(new TftpOption(name, text(in, "an option's value")));
    }
    return options;
  }

  private static String latin(ByteBuffer in, int start, int end) {
    byte[] octets = new byte[end - start];
    in.get(start, octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
