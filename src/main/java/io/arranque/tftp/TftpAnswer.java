package io.arranque.tftp;

import io.arranque.timeline.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whether and what a client may read. */
public sealed interface TftpAnswer {
  /** Content made for this request. */
  record InMemory(ByteBuffer content) implements TftpAnswer {
    public InMemory {
      content = content.slice().asReadOnlyBuffer();
    }

    /** Text in UTF-8, such as a script. */
    public static InMemory of(String text) {
      return new InMemory(StandardCharsets.UTF_8.encode(text));
    }

    @Override
    public ByteBuffer content() {
      return content.duplicate();
    }
  }

  /**
   * A file on disk, read while it is sent.
   *
   * @param path of a regular file, no symbolic link
   */
  record InFile(Path path) implements TftpAnswer {}

  /**
   * An error for the client.
   *
   * @param code of RFC 1350, see {@link TftpPacket.ErrorPacket}
   * @param message for the machine's screen: short, ASCII
   * @param reason for the operator
   */
  record Refused(int code, String message, Reason reason) implements TftpAnswer {}
}
