package io.arranque.tftp;

import java.nio.ByteBuffer;
import java.util.List;

/** The six kinds of packet (RFC 1350 section 5, RFC 2347). Text is ISO 8859-1, byte for byte. */
public sealed interface TftpPacket {
  /**
   * Asks for a file.
   *
   * @param mode as sent, in any case
   * @param options in the client's order, which the acknowledgement keeps
   */
  record ReadRequest(String filename, String mode, List<TftpOption> options) implements TftpPacket {
    public ReadRequest {
      options = List.copyOf(options);
    }
  }

  /** Always refused here; decoded so that the refusal can say which file it was about. */
  record WriteRequest(String filename, String mode, List<TftpOption> options)
      implements TftpPacket {
    public WriteRequest {
      options = List.copyOf(options);
    }
  }

  /**
   * A piece of a file.
   *
   * @param block 0 to 65535, as on the wire
   * @param payload a {@link ByteBuffer} because its equality is that of the content, which an array
   *     in a record does not have
   */
  record Data(int block, ByteBuffer payload) implements TftpPacket {
    public Data {
      payload = payload.slice().asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer payload() {
      return payload.duplicate();
    }
  }

  /**
   * Tells how far the client has come.
   *
   * @param block 0 to 65535, as on the wire
   */
  record Ack(int block) implements TftpPacket {}

  /**
   * Ends a transfer.
   *
   * @param code 0 to 65535; those of RFC 1350 and 2347 are the constants here
   */
  record ErrorPacket(int code, String message) implements TftpPacket {
    public static final int UNDEFINED = 0;
    public static final int NOT_FOUND = 1;
    public static final int ACCESS_VIOLATION = 2;
    public static final int ILLEGAL_OPERATION = 4;
    public static final int UNKNOWN_TRANSFER = 5;
    public static final int OPTIONS_REFUSED = 8;
  }

  /** Says which options the server accepts, with its values. */
  record OptionAck(List<TftpOption> options) implements TftpPacket {
    public OptionAck {
      options = List.copyOf(options);
    }
  }
}
