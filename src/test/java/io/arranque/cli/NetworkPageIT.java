package io.arranque.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseChange;
import io.arranque.store.Database;
import io.arranque.store.LeaseStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network view of a whole appliance on loopback, with 2 000 leases on its disk. */
@Timeout(240)
class NetworkPageIT {
  private static final int LEASES = 2_000;
  private static final Ipv4 FIRST = Ipv4.of("10.77.0.10");

  /** No card is of that name, so nothing of it is heard or said on any wire. */
  private static final String SEGMENT =
      """
      subnet: 10.77.0.0/20
      interface: nosuch0
      pool: [10.77.0.10-10.77.15.200]
      router: 10.77.0.1
      lease-time: 12h
      room: sala9
      """;

  @TempDir Path folder;
  private Appliance appliance;
  private int web;
  private int http;

  @BeforeEach
  void start() throws Exception {
    Path site = ExampleSite.copyTo(Files.createDirectories(folder.resolve("site")));
    try (var segments = Files.list(site.resolve("dhcp"))) {
      for (Path each : segments.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Files.delete(each);
      }
    }
    Files.writeString(site.resolve("dhcp/sala9.yaml"), SEGMENT);
    web = freePort();
    http = freePort();
    Files.writeString(
        site.resolve("arranque.yaml"),
        "web: { address: 127.0.0.1, port: %d }%nhttp: { port: %d }%ntftp: { port: %d }%n"
            .formatted(web, http, freePort()));
    Path image = Files.createDirectories(site.resolve("images/large"));
    for (String file : List.of("vmlinuz", "initrd")) {
      try (RandomAccessFile made = new RandomAccessFile(image.resolve(file).toFile(), "rw")) {
        made.setLength(64 << 20);
      }
    }
    Path state = Files.createDirectories(folder.resolve("state"));
    seed(state);
    appliance = Appliance.start(site, state);
    // The decision lane reads them while the page is up already.
    while (!get("/api/v1/leases?limit=1").body().contains("\"total\":2000")) {
      Thread.onSpinWait();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  private static void seed(Path state) throws Exception {
    Instant now = Instant.now();
    List<LeaseChange> leases = new ArrayList<>();
    for (int i = 0; i < LEASES; i++) {
      leases.add(
          new LeaseChange.Bound(
              new Lease(
                  FIRST.plus(i),
                  mac(i),
                  "sala9",
                  now,
                  now.plus(Duration.ofHours(12)),
                  Optional.of("laptop-" + i))));
    }
    try (Database database = Database.open(state, Optional.empty())) {
      try (LeaseStore store = LeaseStore.open(database, state)) {
        store.load();
        store.commit(leases);
      }
    }
  }

  @AfterEach
  void stop() {
    if (appliance != null) {
      appliance.close();
    }
  }

  private String base() {
    return "http://127.0.0.1:" + web;
  }

  private Page loggedIn(Chrome chrome, Chrome.Look look) {
    Page page = chrome.page(look);
    page.navigate(appliance.loginLink().replaceFirst("http://[^/]+", base()));
    page.navigate(base() + "/network/sala9");
    return page;
  }

  @Test
  void theMapIsWalkedByKeyboardAndALeaseIsFoundAndReleased() throws Exception {
    try (Chrome chrome = Chrome.open()) {
      Page page = loggedIn(chrome, Chrome.Look.DESKTOP);
      assertThat(page.locator("#segment-map .block")).hasCount(16);
      Locator first = page.locator(".map a.cell[tabindex='0']");
      first.focus();
      page.keyboard().press("Control+Home");
      assertThat(page.locator(":focus")).hasAttribute("aria-label", "10.77.0.0 nobody's");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowRight");
      assertThat(page.locator(":focus"))
          .hasAttribute("aria-label", Pattern.compile("10\\.77\\.0\\.17 leased, .*"));
      page.keyboard().press("End");
      page.keyboard().press("Enter");
      Locator dialog = page.locator("#address-dialog");
      assertThat(dialog.locator("h2")).hasText("10.77.0.31");
      assertThat(dialog).containsText("laptop-21");
      page.keyboard().press("Escape");
      assertThat(page.locator(":focus")).hasAttribute("href", "/network/sala9/10.77.0.31");

      page.fill("#q", "5254.0000.07");
      page.click(".lease-search button");
      // 52:54:00:00:07:00 to :07:cf.
      assertThat(page.locator(".pager")).containsText("1 to 100 of 208");
      page.fill("#q", "laptop-1999");
      page.press("#q", "Enter");
      assertThat(page.locator("#lease-table tbody tr")).hasCount(1);
      page.fill("#q", "half typed");
      page.click("#lease-table a:has-text('Release')");
      assertThat(dialog).containsText("goes on using the address");
      assertThat(dialog).containsText("This cannot be undone.");
      dialog.locator("button[type=submit]").last().click();
      assertThat(page.locator("#notice")).containsText("10.77.7.217 is released");
      // The row goes by itself, and what was typed meanwhile stays.
      assertThat(page.locator("#lease-table")).containsText("No lease fits");
      assertThat(page.locator("#q")).hasValue("half typed");
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
    HttpResponse<String> audit = get("/api/v1/audit");
    Assertions.assertThat(audit.body()).contains("lease of 10.77.7.217 released");
    Assertions.assertThat(get("/api/v1/leases?limit=1").body()).contains("\"total\":1999");
  }

  @Test
  void aDownloadIsSeenToMoveByItself() throws Exception {
    try (Chrome chrome = Chrome.open()) {
      Page page = loggedIn(chrome, Chrome.Look.PHONE);
      page.navigate(base() + "/network");
      assertThat(page.locator("#in-flight")).containsText("No file is on its way");
      Thread reader;
      try (Socket slow = new Socket()) {
        slow.setReceiveBufferSize(64 << 10);
        slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http));
        slow.getOutputStream()
            .write(
                "GET /images/large/initrd HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        reader = new Thread(() -> sip(slow));
        reader.start();
        Locator row = page.locator("#in-flight tbody tr");
        assertThat(row).containsText("large/initrd");
        Locator percent = row.locator(".share b");
        String before = percent.textContent();
        assertThat(percent).not().hasText(before);
        String then = percent.textContent();
        assertThat(percent).not().hasText(then);
        Assertions.assertThat(number(percent.textContent())).isGreaterThan(number(before));
        assertThat(row).containsText("bit/s");
        assertThat(page.locator("#network-images")).containsText("large");
        // Pushed by the stream, and told apart on a phone by these alone.
        assertThat(row.locator("td").first()).hasAttribute("data-label", "File");
      }
      reader.join();
      assertThat(page.locator("#in-flight")).containsText("No file is on its way");
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  private static int number(String percent) {
    return Integer.parseInt(percent.replaceAll("\\D", ""));
  }

  /** About 6 MB a second, as from a busy wire, until the other side hangs up. */
  private static void sip(Socket slow) {
    byte[] some = new byte[128 << 10];
    try {
      InputStream in = slow.getInputStream();
      while (in.read(some) >= 0) {
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException closed) {
      // The test has seen enough.
    }
  }

  @Test
  void twoThousandLeasesStayQuick() throws Exception {
    try (Chrome chrome = Chrome.open()) {
      Page page = loggedIn(chrome, Chrome.Look.DESKTOP);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        long began = System.nanoTime();
        page.navigate(base() + "/network/sala9?sort=name&page=" + (i + 1));
        assertThat(page.locator("#lease-table tbody tr")).hasCount(100);
        millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
      }
      int bytes = page.content().length();
      System.out.println(
          "GET /network/sala9 with 2000 leases: " + millis + " ms, " + bytes + " octets");
      Assertions.assertThat(millis.stream().sorted().toList().get(4)).isLessThan(2_000);
      Assertions.assertThat(bytes).isLessThan(400_000);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    String token = Files.readString(folder.resolve("state/admin-token")).strip();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base() + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
  }
}
