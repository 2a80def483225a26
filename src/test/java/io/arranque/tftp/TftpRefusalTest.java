package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused, and that the client and the report say why. */
@Timeout(120)
class TftpRefusalTest extends RunningTftpServer {
  @Test
  void aMissingFileIsRefusedByName() throws Exception {
    assertThatThrownBy(() -> commonsNet("ipxe.efi", TFTP.BINARY_MODE))
        .hasMessageContaining("code 1 ")
        .hasMessageContaining("no such file: ipxe.efi");
    // The report follows the refusal, and may follow it after the client has it.
    assertThat(report())
        .returns(Outcome.REFUSED, TransferReport::outcome)
        .returns("ipxe.efi", TransferReport::file);
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    assertThatThrownBy(() -> commonsNet("../../etc/passwd", TFTP.BINARY_MODE))
        .hasMessageContaining("code 2 ")
        .hasMessageContaining("leaves the folder");
  }

  @Test
  void writingIsRefused() throws Exception {
    TFTPClient client = client();
    try {
      byte[] content = {1, 2, 3};
      assertThatThrownBy(
              () ->
                  client.sendFile(
                      "upload",
                      TFTP.BINARY_MODE,
                      new ByteArrayInputStream(content),
                      "127.0.0.1",
                      port))
          .hasMessageContaining("code 2 ")
          .hasMessageContaining("read-only");
    } finally {
      client.close();
    }
    assertThat(Files.exists(folder.resolve("upload"))).isFalse();
    assertThat(report().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void oneClientCannotTakeEverything() throws Exception {
    file("loader", 100);
    int narrow = start(List.of(LOOPBACK), 512, 2);
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 3; i++) {
        send(
            socket,
            new TftpPacket.ReadRequest("loader", "octet", List.of(option("n", "" + i))),
            narrow);
      }
      assertThat(reports.poll(10, TimeUnit.SECONDS))
          .returns(Outcome.REFUSED, TransferReport::outcome)
          .returns("too many transfers from this address", TransferReport::detail);
    }
  }

  @Test
  void aReasonOfRefusalReachesTheReport() throws Exception {
    TftpFiles refusing =
        request -> new TftpAnswer.Refused(0, "not known here", Optional.of("UNKNOWN_MACHINE"));
    int refusingPort = start(List.of(LOOPBACK), 512, 8, refusing);
    try (LossyClient client = new LossyClient(LOOPBACK.toInetAddress(), refusingPort, 0, 1)) {
      assertThatThrownBy(() -> client.read("autoexec.ipxe")).hasMessage("error 0: not known here");
    }
    assertThat(report().reason()).contains("UNKNOWN_MACHINE");
  }

  @Test
  void aPortThatIsTakenIsExplained() throws Exception {
    assertThatThrownBy(() -> start(List.of(LOOPBACK), port, 512, 8, new TftpFolderServer(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("another program has that port");
    assertThatThrownBy(() -> start(List.of(Ipv4.of("192.0.2.1")), 512, 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no interface of this host has that address");
  }
}
