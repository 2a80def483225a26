package io.arranque.lab;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;

/** Apache Commons Net's TFTP client, for a namespace of its own. */
final class CommonsNetMain {
  private CommonsNetMain() {}

  /**
   * @param arguments server, remote file, local file
   */
  public static void main(String[] arguments) throws IOException {
    try (TFTPClient client = new TFTPClient();
        OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])), 1 << 20)) {
      client.open();
      long octets = client.receiveFile(arguments[1], TFTP.BINARY_MODE, out, arguments[0]);
      System.out.println(octets + " octets");
    }
  }
}
