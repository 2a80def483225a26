package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.util.List;
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
    file("loader", 100_000);
    int narrow = start(List.of(LOOPBACK), 512, 2);
    try (DatagramSocket first = socket();
        DatagramSocket second = socket();
        DatagramSocket third = socket()) {
      for (DatagramSocket socket : List.of(first, second)) {
        send(socket, new TftpPacket.ReadRequest("loader", "octet", List.of()), narrow);
        send(socket, new TftpPacket.Ack(1), receive(socket).getPort());
        receive(socket);
      }
      send(third, new TftpPacket.ReadRequest("loader", "octet", List.of()), narrow);
      assertThat(decoded(receive(third)))
          .isEqualTo(new TftpPacket.ErrorPacket(0, "too many transfers from this address"));
      assertThat(report())
          .returns(Outcome.REFUSED, TransferReport::outcome)
          .returns(Reason.TOO_MANY_TRANSFERS, TransferReport::reason);
    }
  }

  @Test
  void aReasonOfRefusalReachesTheReport() throws Exception {
    TftpFiles refusing = request -> new TftpAnswer.Refused(0, "not known here", Reason.NO_ROLE);
    int refusingPort = start(List.of(LOOPBACK), 512, 8, refusing);
    try (LossyClient client = new LossyClient(LOOPBACK.toInetAddress(), refusingPort, 0, 1)) {
      assertThatThrownBy(() -> client.read("autoexec.ipxe")).hasMessage("error 0: not known here");
    }
    assertThat(report().reason()).isEqualTo(Reason.NO_ROLE);
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
