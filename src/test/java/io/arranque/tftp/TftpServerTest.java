package io.arranque.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over real sockets on loopback, against an independent client and a bad wire. */
@Timeout(120)
class TftpServerTest extends RunningTftpServer {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 74_213})
  void anIndependentClientReadsFilesOfEverySize(int size) throws Exception {
    byte[] content = file("loader", size);
    assertThat(commonsNet("loader", TFTP.BINARY_MODE)).isEqualTo(content);
    TransferReport report = report();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(report.bytesSent()).isEqualTo(size);
    assertThat(report.client()).isEqualTo(LOOPBACK);
    assertThat(report.blockSize()).isEqualTo(512);
  }

  @Test
  void netasciiTextArrivesAsItWas() throws Exception {
    String text = "#!ipxe\n\nline\nend";
    Files.writeString(folder.resolve("text"), text);
    assertThat(new String(commonsNet("text", TFTP.ASCII_MODE), UTF_8)).isEqualTo(text);
  }

  @Test
  void netasciiOfALargeFileIsRefused() throws Exception {
    file("image", Netascii.SIZE_MAX + 1);
    assertThatThrownBy(() -> commonsNet("image", TFTP.ASCII_MODE))
        .hasMessageContaining("ask for octet");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 512, 1",
    "0.0, 1468, 64",
    "0.05, 512, 1",
    "0.05, 1432, 4",
    "0.05, 1468, 64",
    "0.15, 1468, 8",
  })
  void filesArriveWholeOverABadWire(double trouble, String blockSize, String window)
      throws Exception {
    byte[] content = file("snponly.efi", 40_000);
    for (long seed = 1; seed <= 2; seed++) {
      try (LossyClient client = lossy(trouble, seed)) {
        assertThat(
                client.read(
                    "snponly.efi", option("blksize", blockSize), option("windowsize", window)))
            .as("seed %d", seed)
            .isEqualTo(content);
      }
    }
  }

  @Test
  void aFileOfMoreThan65535BlocksArrivesWhole() throws Exception {
    byte[] content = file("large", 70_000 * 64 + 17);
    try (LossyClient client = lossy(0, 1)) {
      assertThat(client.read("large", option("blksize", "64"), option("windowsize", "32")))
          .isEqualTo(content);
    }
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void aHundredClientsAreServedAtOnce() throws Exception {
    byte[] content = file("undionly.kpxe", 74_213);
    ExecutorService room = Executors.newFixedThreadPool(100);
    try {
      List<Future<byte[]>> reads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        long seed = i;
        reads.add(
            room.submit(
                () -> {
                  try (LossyClient client = lossy(0, seed)) {
                    return client.read("undionly.kpxe", option("blksize", "1432"));
                  }
                }));
      }
      for (Future<byte[]> read : reads) {
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(content);
      }
    } finally {
      room.shutdownNow();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
    }
  }

  @Test
  void theFilesPortSeesWhoAsksAndWhere() throws Exception {
    TftpFiles echo =
        request ->
            TftpAnswer.InMemory.of(
                request.name() + " for " + request.client() + " at " + request.server());
    int echoing = start(List.of(SECOND), 512, 8, echo);
    try (LossyClient client = new LossyClient(SECOND.toInetAddress(), echoing, 0, 1)) {
      assertThat(new String(client.read("\\autoexec.ipxe"), UTF_8))
          .isEqualTo("autoexec.ipxe for 127.0.0.2 at 127.0.0.2");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersLeaveFromTheAddressThatWasAsked(boolean anyAddress) throws Exception {
    file("loader", 100);
    int asked = anyAddress ? start(List.of(Ipv4.ANY), 512, 8) : port;
    try (DatagramSocket socket = socket()) {
      byte[] request = TftpCodec.encode(new TftpPacket.ReadRequest("loader", "octet", List.of()));
      InetAddress second = SECOND.toInetAddress();
      socket.send(new DatagramPacket(request, request.length, second, asked));
      assertThat(receive(socket).getAddress()).isEqualTo(second);
    }
  }
}
