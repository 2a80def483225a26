package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** TFTP servers on loopback before a folder, an independent client, and bare sockets. */
class RunningTftpServer {
  static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  static final Ipv4 SECOND = Ipv4.of("127.0.0.2");

  @TempDir Path folder;
  final LinkedBlockingQueue<TransferReport> reports = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<String> ignored = new LinkedBlockingQueue<>();
  final List<TftpServer> servers = new ArrayList<>();
  int port;

  private final TransferListener listener =
      new TransferListener() {
        @Override
        public void started(Ipv4 client, String file, long size) {}

        @Override
        public void finished(TransferReport report) {
          reports.add(report);
        }

        @Override
        public void ignored(Ipv4 client, Reason reason, String why) {
          ignored.add(reason + " " + why);
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

  int start(List<Ipv4> addresses, int maxTransfers, int maxPerClient) throws IOException {
    return start(addresses, maxTransfers, maxPerClient, new TftpFolderServer(folder));
  }

  int start(List<Ipv4> addresses, int maxTransfers, int maxPerClient, TftpFiles files)
      throws IOException {
    return start(addresses, 0, maxTransfers, maxPerClient, files);
  }

  int start(List<Ipv4> addresses, int onPort, int maxTransfers, int maxPerClient, TftpFiles files)
      throws IOException {
    TftpServerSettings settings =
        new TftpServerSettings(
            addresses, onPort, new TransferLimits(1468, 64), maxTransfers, maxPerClient);
    TftpServer server = new TftpServer(settings, files, listener, InstantSource.system());
    servers.add(server);
    server.start();
    return server.port();
  }

  byte[] file(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.write(folder.resolve(name), content);
    return content;
  }

  TransferReport report() throws InterruptedException {
    TransferReport report = reports.poll(20, TimeUnit.SECONDS);
    assertThat(report).as("a report").isNotNull();
    return report;
  }

  byte[] commonsNet(String name, int mode) throws IOException {
    TFTPClient client = client();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      client.receiveFile(name, mode, out, "127.0.0.1", port);
      return out.toByteArray();
    } finally {
      client.close();
    }
  }

  static TFTPClient client() throws IOException {
    TFTPClient client = new TFTPClient();
    client.setDefaultTimeout(Duration.ofSeconds(5));
    client.open(0, LOOPBACK.toInetAddress());
    return client;
  }

  LossyClient lossy(double trouble, long seed) throws IOException {
    return new LossyClient(LOOPBACK.toInetAddress(), port, trouble, seed);
  }

  static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK.toInetAddress());
    socket.setSoTimeout(10_000);
    return socket;
  }

  void request(DatagramSocket socket, String name, TftpOption... options) throws IOException {
    send(socket, new TftpPacket.ReadRequest(name, "octet", List.of(options)), port);
  }

  static void send(DatagramSocket socket, TftpPacket packet, int to) throws IOException {
    byte[] bytes = TftpCodec.encode(packet);
    socket.send(new DatagramPacket(bytes, bytes.length, LOOPBACK.toInetAddress(), to));
  }

  static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
    socket.receive(datagram);
    return datagram;
  }

  static TftpPacket decoded(DatagramPacket datagram) throws MalformedTftpPacket {
    return TftpCodec.decode(Arrays.copyOf(datagram.getData(), datagram.getLength()));
  }

  static TftpOption option(String name, String value) {
    return new TftpOption(name, value);
  }
}
