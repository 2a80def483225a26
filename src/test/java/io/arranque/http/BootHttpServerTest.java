package io.arranque.http;

import static io.arranque.http.TestSite.MAC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Boot;
import io.arranque.inventory.InventoryChange.BootStarted;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.ByteArrayInputStream;
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
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class BootHttpServerTest {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final String SCRIPT = "/ipxe?mac=52-54-00-12-34-56";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final MemoryBook book = new MemoryBook();
  private final MemoryTimeline timeline = new MemoryTimeline();
  private final AtomicInteger nonces = new AtomicInteger();
  private volatile Site site;
  private BootHttpServer server;

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

  @Test
  void scriptsAndDocumentsArriveAndAreRecorded() throws Exception {
    book.assign(MAC, "worker");
    HttpResponse<String> script = get(SCRIPT);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).startsWith("#!ipxe\nkernel http://127.0.0.1:8081/images/linux/");
    assertThat(script.headers().firstValue("server")).isEmpty();
    Boot boot = book.boot(MAC).orElseThrow();
    assertThat(boot.address()).isEqualTo(LOOPBACK);
    assertThat(timeline.next().stage()).isEqualTo(Stage.SCRIPT);

    String base = "/boot/52-54-00-12-34-56/" + boot.nonce() + "/";
    assertThat(get(base + "cloud-config").body()).startsWith("#cloud-config");
    assertThat(timeline.next().detail()).isEqualTo("cloud-config");
    HttpRequest report =
        request(base + "phone-home")
            .POST(HttpRequest.BodyPublishers.ofString("{\"stage\":\"up\",\"message\":\"hi\"}"))
            .build();
    assertThat(client.send(report, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(timeline.next().stage()).isEqualTo(Stage.UP);
    assertThat(get(SCRIPT).statusCode()).isEqualTo(200);
    assertThat(get(base + "cloud-config").statusCode()).isEqualTo(404);
  }

  @Test
  void theOverlayIsAnArchiveTheKernelUnpacks() throws Exception {
    book.assign(MAC, "worker");
    get(SCRIPT);
    String url =
        "/boot/52-54-00-12-34-56/" + book.boot(MAC).orElseThrow().nonce() + "/overlay.cpio.gz";
    byte[] first = bytes(url).body();
    assertThat(bytes(url).body()).isEqualTo(first);
    List<String> entries = new ArrayList<>();
    try (CpioArchiveInputStream archive =
        new CpioArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(first)))) {
      for (CpioArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        entries.add(
            Long.toOctalString(entry.getMode())
                + " "
                + entry.getName()
                + " "
                + new String(archive.readAllBytes(), StandardCharsets.UTF_8).strip());
      }
    }
    assertThat(entries)
        .containsExactly(
            "40755 etc ",
            "40755 usr ",
            "40755 usr/bin ",
            "100644 etc/hostname pc-525400123456",
            "100755 usr/bin/early #!/bin/sh");
  }

  @Test
  void aHeldRequestIsAnsweredTheMomentARoleIsAssigned() throws Exception {
    CompletableFuture<HttpResponse<String>> held = async(SCRIPT + "&wait=1");
    awaitMachine();
    assertThat(held).isNotDone();
    book.assign(MAC, "worker");
    assertThat(held.get(10, TimeUnit.SECONDS).body()).contains("kernel");
    assertThat(book.committed).filteredOn(BootStarted.class::isInstance).hasSize(1);
  }

  @Test
  void aHeldRequestIsAnsweredWhenTheSiteGivesItARole() throws Exception {
    CompletableFuture<HttpResponse<String>> held = async(SCRIPT + "&wait=1");
    awaitMachine();
    book.having(
        book.machine(MAC)
            .orElseThrow()
            .with(
                io.arranque.inventory.Machine.Assignment.NONE.withRole(
                    java.util.Optional.of("worker"))));
    server.siteChanged();
    assertThat(held.get(10, TimeUnit.SECONDS).body()).contains("kernel");
  }

  @Test
  void aHeldRequestLoopsAfterItsTime() throws Exception {
    restart(with(settings(), Duration.ofMillis(50), Duration.ofSeconds(10), 64));
    assertThat(get(SCRIPT + "&wait=1").body()).contains("waits");
  }

  @Test
  void aMachineThatWasResetAndWaitsAgainIsHeldOnlyOnce() throws Exception {
    CompletableFuture<HttpResponse<String>> first = async(SCRIPT + "&wait=1");
    awaitMachine();
    CompletableFuture<HttpResponse<String>> second = async(SCRIPT + "&wait=1");
    assertThat(first.get(10, TimeUnit.SECONDS).body()).contains("waits");
    book.assign(MAC, "worker");
    assertThat(second.get(10, TimeUnit.SECONDS).body()).contains("kernel");
  }

  @Test
  void aBootThatCannotBeWrittenIsNotPromised() throws Exception {
    book.assign(MAC, "worker").failing = true;
    HttpResponse<String> script = get(SCRIPT);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).contains(Reason.BOOT_NOT_WRITTEN.sentence());
    assertThat(timeline.next().reason()).isEqualTo(Reason.BOOT_NOT_WRITTEN);
  }

  @Test
  void aSmallAndALargeFileArriveWhole() throws Exception {
    byte[] large = random(50 * 1024 * 1024);
    Files.write(folder.resolve("images/linux/initrd"), large);
    booting();
    assertThat(sha(bytes("/images/linux/initrd").body())).isEqualTo(sha(large));
    BootEvent event = timeline.next();
    assertThat(event.stage()).isEqualTo(Stage.INITRD);
    assertThat(event.bytes()).isEqualTo(large.length);
    assertThat(bytes("/images/linux/vmlinuz").body()).hasSize(2000);
    assertThat(timeline.next().stage()).isEqualTo(Stage.KERNEL);
    assertThat(bytes("/images/linux/empty").body()).isEmpty();
  }

  @Test
  void aDownloadBrokenOffIsRecordedAsSuch() throws Exception {
    Files.write(folder.resolve("images/linux/initrd"), new byte[50 * 1024 * 1024]);
    booting();
    try (Socket socket = connect()) {
      send(socket, "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
    }
    BootEvent event = timeline.next();
    assertThat(event.reason()).isEqualTo(Reason.TRANSFER_ABORTED);
    assertThat(event.bytes()).isLessThan(50 * 1024 * 1024);
  }

  @Test
  void aFileReplacedInTheMiddleGoesOnWithItsOldContent() throws Exception {
    Path file = folder.resolve("images/linux/initrd");
    byte[] old = random(20 * 1024 * 1024);
    Files.write(file, old);
    try (Socket socket = connect()) {
      send(socket, "GET /images/linux/initrd HTTP/1.0\r\n\r\n");
      byte[] begin = socket.getInputStream().readNBytes(1000);
      Path next = Files.write(folder.resolve("next"), new byte[] {1});
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      byte[] rest = socket.getInputStream().readAllBytes();
      int head = new String(begin, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
      assertThat(begin.length - head + rest.length).isEqualTo(old.length);
    }
    assertThat(bytes("/images/linux/initrd").body()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3|206|bytes 0-3/10|0123",
        "bytes=5-|206|bytes 5-9/10|56789",
        "bytes=-2|206|bytes 8-9/10|89",
        "bytes=-20|206|bytes 0-9/10|0123456789",
        "bytes=8-99|206|bytes 8-9/10|89",
        "bytes=10-|416|bytes */10|''",
        "bytes=-0|416|bytes */10|''",
        "bytes=3-1|200|''|0123456789",
        "bytes=0-1,3-4|200|''|0123456789",
        "lines=1-2|200|''|0123456789",
        "bytes=99999999999999999999-|200|''|0123456789"
      })
  void oneRangeIsServed(String range, int status, String contentRange, String body)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/images/linux/initrd").header("Range", range).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-range").orElse("")).isEqualTo(contentRange);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void conditionsAreHeeded() throws Exception {
    HttpResponse<String> first = get("/images/linux/initrd");
    String tag = first.headers().firstValue("etag").orElseThrow();
    String date = first.headers().firstValue("last-modified").orElseThrow();
    assertThat(status("If-None-Match", tag)).isEqualTo(304);
    assertThat(status("If-None-Match", "\"x\", W/" + tag)).isEqualTo(304);
    assertThat(status("If-None-Match", "\"x\"")).isEqualTo(200);
    assertThat(status("If-Modified-Since", date)).isEqualTo(304);
    assertThat(status("If-Modified-Since", "yesterday")).isEqualTo(200);
    assertThat(status("If-Match", "\"x\"")).isEqualTo(412);
    assertThat(status("Range", "bytes=0-1", "If-Range", tag)).isEqualTo(206);
    assertThat(status("Range", "bytes=0-1", "If-Range", date)).isEqualTo(206);
    assertThat(status("Range", "bytes=0-1", "If-Range", "\"x\"")).isEqualTo(200);
    Files.writeString(folder.resolve("images/linux/initrd"), "abcdefghijk");
    assertThat(status("If-None-Match", tag)).isEqualTo(200);
  }

  @Test
  void headTellsTheLengthAndRecordsNothing() throws Exception {
    booting();
    HttpResponse<String> head =
        client.send(
            request("/images/linux/vmlinuz")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(head.headers().firstValue("content-length")).contains("2000");
    assertThat(get("/images/linux/initrd").body()).hasSize(10);
    assertThat(timeline.next().stage()).isEqualTo(Stage.INITRD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/images/../arranque.yaml",
        "/images/linux/..%2f..%2farranque.yaml",
        "/images/linux",
        "/images/linux/",
        "/images/linux/link",
        "/images/linux/vmlinuz/x",
        "/images/linux/image.yaml",
        "/images//%2e%2e/arranque.yaml",
        "/tftp/../arranque.yaml"
      })
  void noTrickReadsAnythingElse(String path) throws Exception {
    Files.createSymbolicLink(folder.resolve("images/linux/link"), folder.resolve("arranque.yaml"));
    Files.writeString(folder.resolve("images/linux/image.yaml"), "secret");
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 40[34] ").doesNotContain("secret");
  }

  @Test
  void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append("GET /images/linux/initrd HTTP/1.1\r\nRange: bytes=" + i % 10 + "-\r\n\r\n");
      requests.append("GET /boot.ipxe HTTP/1.1\r\n\r\n");
    }
    String answers = raw(requests + "GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(answers.split("HTTP/1.1 206", -1)).hasSize(51);
    assertThat(answers.split("#!ipxe", -1)).hasSize(51);
    assertThat(answers.indexOf("bytes 1-9/10")).isLessThan(answers.indexOf("bytes 2-9/10"));
    assertThat(answers.lastIndexOf("HTTP/1.1 404")).isGreaterThan(answers.lastIndexOf("#!ipxe"));
  }

  @Test
  void http10ClosesUnlessAskedToKeepAlive() throws Exception {
    assertThat(raw("GET /images/linux/initrd HTTP/1.0\r\n\r\n"))
        .contains("connection: close")
        .endsWith("\r\n\r\n0123456789");
    assertThat(
            raw(
                "GET /images/linux/initrd HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
                    + "GET /images/linux/initrd HTTP/1.0\r\n\r\n"))
        .contains("connection: keep-alive")
        .endsWith("connection: close\r\n\r\n0123456789".substring(17));
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    assertThat(raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
    assertThat(raw("GET / HTTP/1.1\r\nX: " + "a".repeat(20000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(
            raw(
                "POST /boot/52-54-00-12-34-56/x/phone-home HTTP/1.1\r\nContent-Length: 20000\r\n"
                    + "\r\n"
                    + "a".repeat(20000)))
        .startsWith("HTTP/1.1 413");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("DELETE /boot.ipxe HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("allow: GET, HEAD");
  }

  @Test
  void aSlowRequestIsCutOff() throws Exception {
    restart(with(settings(), Duration.ofSeconds(25), Duration.ofMillis(100), 64));
    assertThat(raw("GET /boot.ipxe HTTP/1.1\r\nHost:")).isEmpty();
    assertThat(raw("")).isEmpty();
  }

  @Test
  void oneAddressCannotTakeAllConnections() throws Exception {
    restart(with(settings(), Duration.ofSeconds(25), Duration.ofSeconds(10), 2));
    try (Socket one = connect();
        Socket two = connect()) {
      for (Socket socket : List.of(one, two)) {
        send(socket, "GET /boot.ipxe HTTP/1.1\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("HTTP/1.1");
      }
      try (Socket three = connect()) {
        assertThat(three.getInputStream().read()).isEqualTo(-1);
      } catch (java.net.SocketException reset) {
        assertThat(reset).hasMessageContaining("reset");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http-iPXE_1_0_0_git_20190125_36a4c85_5_1_GET, 200",
    "http-UefiHttpBoot_1_0_GET, 200",
    "http-UefiHttpBoot_1_0_HEAD, 200",
    "http-Wget_GET, 200",
    "http-curl_7_88_1_GET, 200",
    "http-Cloud_Init_22_4_2_GET, 404",
    "http-Cloud_Init_22_4_2_POST, 404"
  })
  void whatRealFirmwareSendsIsUnderstood(String name, int status) throws Exception {
    String captured =
        Files.readString(Path.of("src/test/resources/captures/http/" + name + ".txt"));
    // The captures' paths are of another server; everything else is sent as it was.
    String request =
        captured
            .replaceAll("\r?\n", "\r\n")
            .replaceFirst("/lab-cloud/initrd|/ci/\\S+", "/images/linux/initrd")
            .replace(" /snponly.efi ", " /tftp/snponly.efi ");
    String body = name.endsWith("POST") ? "a".repeat(146) : "";
    try (Socket socket = connect()) {
      send(socket, request + body);
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
    }
  }

  @Test
  void aTakenPortSaysWhatToDo() {
    BootHttpServer second = server(BootHttpSettings.of(LOOPBACK, server.port()));
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ss -ltnp")
        .hasMessageContaining("http: { port: … }");
  }

  private BootHttpServer server(BootHttpSettings settings) {
    return new BootHttpServer(
        settings,
        new Planner(new Templates()),
        new BootHttpServer.Wiring(
            () -> site,
            book,
            timeline,
            InstantSource.system(),
            () -> String.format("%032x", nonces.incrementAndGet())));
  }

  private static BootHttpSettings settings() {
    return BootHttpSettings.of(LOOPBACK, 0);
  }

  private static BootHttpSettings with(
      BootHttpSettings s, Duration hold, Duration requestTime, int perAddress) {
    return new BootHttpSettings(
        s.bindAddress(),
        s.port(),
        hold,
        s.documentLife(),
        requestTime,
        s.idleTime(),
        s.maxConnections(),
        perAddress);
  }

  private void restart(BootHttpSettings settings) throws IOException {
    server.close();
    server = server(settings);
    server.start();
  }

  private void booting() {
    book.booting(new Boot("n", MAC, LOOPBACK, "worker", InstantSource.system().instant()));
  }

  /** The held request has been decided once it is in the inventory. */
  private void awaitMachine() {
    while (book.machine(MAC).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> bytes(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  private CompletableFuture<HttpResponse<String>> async(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  private int status(String... headers) throws Exception {
    return client
        .send(request("/images/linux/initrd").headers(headers).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes back until the server closes. */
  private String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      send(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
