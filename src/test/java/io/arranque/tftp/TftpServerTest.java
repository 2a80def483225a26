package io.arranque.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on loopback, against an independent client and a bad wire. */
@Timeout(120)
class TftpServerTest {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final Ipv4 SECOND = Ipv4.of("127.0.0.2");

  @TempDir Path folder;
  private final LinkedBlockingQueue<TransferReport> reports = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> ignored = new LinkedBlockingQueue<>();
  private final List<TftpServer> servers = new ArrayList<>();
  private int port;

  private final TransferListener listener =
      new TransferListener() {
        @Override
        public void started(Ipv4 client, String file, long size) {}

        @Override
        public void finished(TransferReport report) {
          reports.add(report);
        }

        @Override
        public void ignored(Ipv4 client, String why) {
          ignored.add(why);
        }
      };

  @BeforeEach
  void start() throws Exception {
    port = start(List.of(LOOPBACK, SECOND), 512, 200);
  }

  @AfterEach
  void stop() {
    servers.forEach(TftpServer::close);
  }

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
  void aMissingFileIsRefusedByName() {
    assertThatThrownBy(() -> commonsNet("ipxe.efi", TFTP.BINARY_MODE))
        .hasMessageContaining("code 1 ")
        .hasMessageContaining("no such file: ipxe.efi");
    assertThat(reports)
        .singleElement()
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
  void theAbortOfUefiAfterTheSizeIsNoFault() throws Exception {
    file("snponly.efi", 173_792);
    try (DatagramSocket socket = socket()) {
      request(socket, "snponly.efi", option("tsize", "0"), option("windowsize", "4"));
      DatagramPacket answer = receive(socket);
      assertThat(decoded(answer))
          .isEqualTo(
              new TftpPacket.OptionAck(
                  List.of(option("tsize", "173792"), option("windowsize", "4"))));
      send(socket, new ErrorPacket(8, "User aborted the transfer"), answer.getPort());
    }
    assertThat(report())
        .returns(Outcome.ABORTED_BY_CLIENT, TransferReport::outcome)
        .returns(0L, TransferReport::bytesSent);
  }

  @Test
  void aRepeatedRequestStartsNoSecondTransfer() throws Exception {
    file("loader", 100);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      request(socket, "loader");
      int transfer = receive(socket).getPort();
      DatagramPacket again = receive(socket);
      assertThat(again.getPort()).as("only our own repetition").isEqualTo(transfer);
      send(socket, new TftpPacket.Ack(1), transfer);
    }
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(reports).isEmpty();
  }

  @Test
  void aStrangerIsToldThatTheTransferIsNotHis() throws Exception {
    file("loader", 100);
    try (DatagramSocket owner = socket();
        DatagramSocket stranger = socket()) {
      request(owner, "loader");
      int transfer = receive(owner).getPort();
      send(stranger, new TftpPacket.Ack(1), transfer);
      assertThat(decoded(receive(stranger)))
          .isEqualTo(new ErrorPacket(ErrorPacket.UNKNOWN_TRANSFER, "not your transfer"));
      send(owner, new TftpPacket.Ack(1), transfer);
    }
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
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
  void aFileThatShrinksEndsInAnErrorNotInSilence() throws Exception {
    file("loader", 100_000);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      int transfer = receive(socket).getPort();
      Files.write(folder.resolve("loader"), new byte[10]);
      send(socket, new TftpPacket.Ack(1), transfer);
      assertThat(decoded(receive(socket)))
          .isEqualTo(new ErrorPacket(0, "the file could not be read"));
    }
    assertThat(report().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void noiseIsIgnoredAndServingGoesOn() throws Exception {
    byte[] content = file("loader", 1000);
    Random random = new Random(7);
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 60; i++) {
        byte[] noise = new byte[random.nextInt(700)];
        random.nextBytes(noise);
        if (noise.length > 1) {
          // Never a request: those are answered.
          noise[0] = 9;
        }
        socket.send(new DatagramPacket(noise, noise.length, LOOPBACK.toInetAddress(), port));
      }
    }
    assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("malformed");
    try (LossyClient client = lossy(0, 1)) {
      assertThat(client.read("loader")).isEqualTo(content);
    }
  }

  @Test
  void emptyDatagramsDoNotStopTheHearing() throws Exception {
    byte[] content = file("loader", 1000);
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 50; i++) {
        socket.send(new DatagramPacket(new byte[0], 0, LOOPBACK.toInetAddress(), port));
      }
    }
    assertThat(commonsNet("loader", TFTP.BINARY_MODE)).isEqualTo(content);
  }

  @Test
  void closingEndsTransfersAndSaysSo() throws Exception {
    file("loader", 100_000);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      receive(socket);
      servers.get(0).close();
    }
    assertThat(report().outcome()).isEqualTo(Outcome.STOPPED);
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

  private int start(List<Ipv4> addresses, int maxTransfers, int maxPerClient) throws IOException {
    return start(addresses, maxTransfers, maxPerClient, new TftpFolderServer(folder));
  }

  private int start(List<Ipv4> addresses, int maxTransfers, int maxPerClient, TftpFiles files)
      throws IOException {
    return start(addresses, 0, maxTransfers, maxPerClient, files);
  }

  private int start(
      List<Ipv4> addresses, int onPort, int maxTransfers, int maxPerClient, TftpFiles files)
      throws IOException {
    TftpServerSettings settings =
        new TftpServerSettings(
            addresses, onPort, new TransferLimits(1468, 64), maxTransfers, maxPerClient);
    TftpServer server = new TftpServer(settings, files, listener, InstantSource.system());
    servers.add(server);
    server.start();
    return server.port();
  }

  private byte[] file(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.write(folder.resolve(name), content);
    return content;
  }

  private TransferReport report() throws InterruptedException {
    TransferReport report = reports.poll(20, TimeUnit.SECONDS);
    assertThat(report).as("a report").isNotNull();
    return report;
  }

  private byte[] commonsNet(String name, int mode) throws IOException {
    TFTPClient client = client();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      client.receiveFile(name, mode, out, "127.0.0.1", port);
      return out.toByteArray();
    } finally {
      client.close();
    }
  }

  private static TFTPClient client() throws IOException {
    TFTPClient client = new TFTPClient();
    client.setDefaultTimeout(Duration.ofSeconds(5));
    client.open(0, LOOPBACK.toInetAddress());
    return client;
  }

  private LossyClient lossy(double trouble, long seed) throws IOException {
    return new LossyClient(LOOPBACK.toInetAddress(), port, trouble, seed);
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK.toInetAddress());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private void request(DatagramSocket socket, String name, TftpOption... options)
      throws IOException {
    send(socket, new TftpPacket.ReadRequest(name, "octet", List.of(options)), port);
  }

  private static void send(DatagramSocket socket, TftpPacket packet, int to) throws IOException {
    byte[] bytes = TftpCodec.encode(packet);
    socket.send(new DatagramPacket(bytes, bytes.length, LOOPBACK.toInetAddress(), to));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
    socket.receive(datagram);
    return datagram;
  }

  private static TftpPacket decoded(DatagramPacket datagram) throws MalformedTftpPacket {
    return TftpCodec.decode(Arrays.copyOf(datagram.getData(), datagram.getLength()));
  }

  private static TftpOption option(String name, String value) {
    return new TftpOption(name, value);
  }
}
