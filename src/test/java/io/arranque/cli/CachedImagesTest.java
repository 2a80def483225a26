package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.downloads.Budget;
import io.arranque.downloads.DownloadRegister;
import io.arranque.http.BootHttpServer;
import io.arranque.http.BootHttpSettings;
import io.arranque.http.LeasedAddresses;
import io.arranque.images.FakeUpstream;
import io.arranque.images.FakeUpstream.Habit;
import io.arranque.images.PullCache;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The boot plane over HTTP, before an image whose files are still elsewhere. */
@Timeout(60)
class CachedImagesTest {
  private static final byte[] KERNEL = random(9_000_000);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @TempDir Path folder;
  private FakeUpstream upstream;
  private PullCache cache;
  private BootHttpServer server;
  private volatile Site site;
  private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

  @BeforeEach
  void start() throws Exception {
    upstream = new FakeUpstream().file("/vmlinuz", KERNEL).file("/initrd", random(70_000));
    image("os", sha256(KERNEL));
    load();
    cache = PullCache.of(() -> site, () -> now);
    server =
        new BootHttpServer(
            BootHttpSettings.of(Ipv4.of("127.0.0.1"), 0),
            new Planner(new Templates()),
            new BootHttpServer.Wiring(
                () -> site,
                new MemoryBook(),
                new MemoryTimeline(),
                () -> now,
                () -> "0".repeat(32),
                LeasedAddresses.UNKNOWN,
                new CachedImages(cache),
                new DownloadRegister(() -> Budget.UNLIMITED, () -> now)));
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    cache.close();
    upstream.close();
  }

  @Test
  void a_room_that_asks_at_once_costs_one_download_and_the_next_one_none() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.then(new Habit.Hold(1_000_000, release));
    List<CompletableFuture<HttpResponse<byte[]>>> room = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      room.add(client.sendAsync(request("/images/os/vmlinuz"), BodyHandlers.ofByteArray()));
    }
    release.countDown();
    for (CompletableFuture<HttpResponse<byte[]>> pc : room) {
      HttpResponse<byte[]> answer = pc.get(40, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(KERNEL);
    }
    assertThat(upstream.asked).hasSize(1);
    assertThat(file("os/vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(get("/images/os/vmlinuz").body()).isEqualTo(KERNEL);
    assertThat(upstream.asked).hasSize(1);
    assertThat(get("/images/os/initrd").statusCode()).isEqualTo(200);
  }

  @Test
  void bytes_are_passed_on_as_they_come_but_for_the_last() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.then(new Habit.Hold(KERNEL.length, release));
    HttpResponse<InputStream> answer =
        client.send(request("/images/os/vmlinuz"), BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("content-length")).contains("" + KERNEL.length);
    try (InputStream body = answer.body()) {
      // The whole has come by now but for its end: the upstream did not close yet.
      assertThat(body.readNBytes(KERNEL.length - 1)).hasSize(KERNEL.length - 1);
      release.countDown();
      assertThat(body.readAllBytes()).hasSize(1);
    }
  }

  @Test
  void a_broken_file_reaches_nobody_whole_and_is_not_kept() throws Exception {
    image("os", sha256(random(5)));
    load();
    assertThatThrownBy(() -> get("/images/os/vmlinuz")).isInstanceOf(IOException.class);
    HttpResponse<byte[]> next = get("/images/os/vmlinuz");
    assertThat(next.statusCode()).isEqualTo(502);
    assertThat(new String(next.body(), java.nio.charset.StandardCharsets.US_ASCII))
        .contains("not what it should be");
    assertThat(file("os/vmlinuz")).doesNotExist();
    assertThat(upstream.asked).hasSize(1);
  }

  @Test
  void an_upstream_that_has_nothing_is_asked_again_after_a_while() throws Exception {
    upstream.then(new Habit.Status(404));
    HttpResponse<byte[]> none = get("/images/os/vmlinuz");
    assertThat(none.statusCode()).isEqualTo(503);
    assertThat(none.headers().firstValue("retry-after")).contains("10");
    assertThat(get("/images/os/vmlinuz").statusCode()).isEqualTo(503);
    assertThat(upstream.asked).hasSize(1);
    now = now.plus(Duration.ofSeconds(11));
    assertThat(get("/images/os/vmlinuz").body()).isEqualTo(KERNEL);
  }

  @Test
  void an_upstream_that_breaks_off_is_continued_behind_the_clients_back() throws Exception {
    upstream.then(new Habit.Break(3_000_000), new Habit.Break(3_000_000));
    assertThat(get("/images/os/vmlinuz").body()).isEqualTo(KERNEL);
    assertThat(upstream.asked).hasSize(3);
  }

  @Test
  void a_version_is_served_under_its_own_url_and_the_active_one_under_the_images()
      throws Exception {
    for (String version : List.of("1", "2")) {
      Files.createDirectories(file("vers/versions/" + version));
      Files.writeString(file("vers/versions/" + version + "/vmlinuz"), "kernel " + version);
      Files.writeString(file("vers/versions/" + version + "/initrd"), "initrd " + version);
      Files.writeString(file("vers/versions/" + version + "/image.yaml"), "initrd: [initrd]\n");
    }
    Files.writeString(file("vers/image.yaml"), "version: \"1\"\n");
    Files.writeString(file("vers/extra"), "beside all versions");
    load();
    assertThat(get("/images/vers/vmlinuz").body()).asString().isEqualTo("kernel 1");
    Files.writeString(file("vers/image.yaml"), "version: \"2\"\n");
    load();
    assertThat(get("/images/vers/vmlinuz").body()).asString().isEqualTo("kernel 2");
    assertThat(get("/images/vers/versions/2/initrd").body()).asString().isEqualTo("initrd 2");
    // A PC that began to boot before the switch.
    assertThat(get("/images/vers/versions/1/initrd").body()).asString().isEqualTo("initrd 1");
    assertThat(get("/images/vers/versions/2/extra").body())
        .asString()
        .isEqualTo("beside all versions");
    assertThat(get("/images/vers/versions/1/image.yaml").statusCode()).isEqualTo(404);
    assertThat(get("/images/vers/image.yaml").statusCode()).isEqualTo(404);
  }

  @Test
  void what_is_in_no_cached_image_stays_missing() throws Exception {
    assertThat(get("/images/os/other").statusCode()).isEqualTo(404);
    assertThat(get("/images/nothing/vmlinuz").statusCode()).isEqualTo(404);
    assertThat(get("/images/os/.coming/flat/vmlinuz.part").statusCode()).isEqualTo(403);
    assertThat(upstream.asked).isEmpty();
  }

  @Test
  void what_was_read_longest_ago_makes_room_for_what_is_asked_for() throws Exception {
    image("second", sha256(KERNEL));
    load();
    Site.Settings d = site.settings();
    Site.Settings small =
        new Site.Settings(
            d.name(),
            d.bootUrl(),
            d.httpPort(),
            d.https(),
            d.web(),
            d.tftp(),
            d.database(),
            d.options(),
            d.vars(),
            new Site.Images(java.util.Optional.empty(), 10_000_000),
            d.downloads());
    site =
        new Site(
            site.folder(),
            small,
            site.segments(),
            site.roles(),
            site.scripts(),
            site.images(),
            site.loaders(),
            site.quirks());
    assertThat(get("/images/os/vmlinuz").statusCode()).isEqualTo(200);
    assertThat(get("/images/second/vmlinuz").statusCode()).isEqualTo(200);
    assertThat(file("second/vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(file("os/vmlinuz")).doesNotExist();
  }

  private void image(String name, String sha256) throws IOException {
    Files.createDirectories(file(name));
    Files.writeString(
        file(name + "/image.yaml"),
        """
        cache: true
        files:
          vmlinuz: { from: "%s", sha256: %s }
          initrd: { from: "%s" }
        """
            .formatted(upstream.url("/vmlinuz"), sha256, upstream.url("/initrd")));
  }

  private void load() {
    site = SiteLoader.load(folder).draft().orElseThrow();
    assertThat(site.images()).containsKey("os");
  }

  private Path file(String path) {
    return folder.resolve("images").resolve(path);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(request(path), BodyHandlers.ofByteArray());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
