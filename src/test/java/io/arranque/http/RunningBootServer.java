package io.arranque.http;

import static io.arranque.http.TestSite.MAC;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.inventory.Boot;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A boot plane on a port of loopback before a small site, and what tests ask it with. */
class RunningBootServer {
  static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  static final String SCRIPT = "/ipxe?mac=52-54-00-12-34-56";

  @TempDir Path folder;
  final HttpClient client = HttpClient.newHttpClient();
  final MemoryBook book = new MemoryBook();
  final MemoryTimeline timeline = new MemoryTimeline();
  private final AtomicInteger nonces = new AtomicInteger();
  volatile Site site;
  BootHttpServer server;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("images/linux"));
    Files.createDirectories(folder.resolve("tftp"));
    Files.write(folder.resolve("images/linux/vmlinuz"), random(2000));
    Files.writeString(folder.resolve("images/linux/initrd"), "0123456789");
    Files.writeString(folder.resolve("images/linux/empty"), "");
    Files.writeString(folder.resolve("tftp/snponly.efi"), "loader");
    Files.writeString(folder.resolve("arranque.yaml"), "secret");
    site = TestSite.at(folder);
    server = server(settings());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  BootHttpServer server(BootHttpSettings settings) {
    return new BootHttpServer(
        settings,
        new Planner(new Templates()),
        new BootHttpServer.Wiring(
            () -> site,
            book,
            timeline,
            InstantSource.system(),
            () -> String.format("%032x", nonces.incrementAndGet()),
            LeasedAddresses.UNKNOWN));
  }

  /** Each request for a script is a boot of its own here; {@code RepeatedScriptTest} is not. */
  static BootHttpSettings settings() {
    return repeating(BootHttpSettings.of(LOOPBACK, 0), Duration.ZERO);
  }

  static BootHttpSettings repeating(BootHttpSettings s, Duration repeats) {
    return new BootHttpSettings(
        s.bindAddress(), s.port(), s.hold(), s.documentLife(), repeats, s.limits());
  }

  static BootHttpSettings holding(Duration hold) {
    BootHttpSettings s = settings();
    return new BootHttpSettings(
        s.bindAddress(), s.port(), hold, s.documentLife(), s.repeats(), s.limits());
  }

  static BootHttpSettings limited(BootHttpSettings.Limits limits) {
    BootHttpSettings s = settings();
    return new BootHttpSettings(
        s.bindAddress(), s.port(), s.hold(), s.documentLife(), s.repeats(), limits);
  }

  void restart(BootHttpSettings settings) throws IOException {
    server.close();
    server = server(settings);
    server.start();
  }

  void booting() {
    book.with(new Boot("n", MAC, LOOPBACK, "worker", InstantSource.system().instant()));
  }

  /** The held request has been decided once it is in the inventory. */
  void awaitMachine() {
    while (book.machine(MAC).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  CompletableFuture<HttpResponse<String>> async(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  int status(String... headers) throws Exception {
    return client
        .send(request("/images/linux/initrd").headers(headers).build(), BodyHandlers.discarding())
        .statusCode();
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes back until the server closes. */
  String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      send(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static byte[] sha(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
