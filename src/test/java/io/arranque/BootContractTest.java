package io.arranque;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootHttpServer;
import io.arranque.http.BootHttpSettings;
import io.arranque.http.LeasedAddresses;
import io.arranque.inventory.Armings;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.plan.BootFile;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.Client.Kind;
import io.arranque.plan.Firmware;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import io.arranque.tftp.TftpAnswer;
import io.arranque.tftp.TftpFiles;
import io.arranque.tftp.TftpFolderServer;
import io.arranque.tftp.TftpName;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a boot plan of the example site names, from loader to phone-home, is really served. */
@Timeout(60)
class BootContractTest {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[^\\s\\]\"']+");
  private static final Map<String, String> VALUES =
      Map.of("rancher-url", "https://rancher.example", "rancher-token", "t0ken");

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Planner planner = new Planner(new Templates());
  private final MemoryBook book = new MemoryBook();
  private final AtomicInteger nonces = new AtomicInteger();
  private volatile Site site;
  private BootHttpServer server;

  @BeforeEach
  void start() throws IOException {
    site = ExampleSite.in(folder);
    BootHttpSettings usual = BootHttpSettings.of(LOOPBACK, 0);
    server =
        new BootHttpServer(
            new BootHttpSettings(
                LOOPBACK,
                0,
                // A discover script's own URL is held this long.,
                Duration.ofMillis(20),
                usual.documentLife(),
                Duration.ZERO,
                usual.limits()),
            planner,
            new BootHttpServer.Wiring(
                () -> site,
                book,
                new MemoryTimeline(),
                InstantSource.system(),
                () -> String.format("%032x", nonces.incrementAndGet()),
                LeasedAddresses.UNKNOWN));
    server.start();
    site = reachedAt("http://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> clients() {
    return Stream.of(Firmware.values())
        .flatMap(
            firmware ->
                Stream.of(Kind.PXE, Kind.HTTP_BOOT, Kind.IPXE)
                    .map(kind -> Arguments.of(firmware, kind)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void what_dhcp_names_is_there(Firmware firmware, Kind kind) throws Exception {
    BootPlan plan = plan(firmware, kind);
    if (kind != Kind.IPXE && !site.loaders().contains(firmware.loader())) {
      assertThat(plan.bootFile()).isEmpty();
      assertThat(plan.bootFileReason()).isEqualTo(Reason.LOADER_MISSING);
      return;
    }
    BootFile file = plan.bootFile().orElseThrow().value();
    if (file instanceof BootFile.Tftp tftp) {
      TftpName name = TftpName.parse(tftp.name()).orElseThrow();
      assertThat(
              new TftpFolderServer(folder.resolve("tftp"))
                  .open(new TftpFiles.Request(name, LOOPBACK, LOOPBACK)))
          .isInstanceOf(TftpAnswer.InFile.class);
    } else {
      assertThat(get(file.name()).statusCode()).as(file.name()).isEqualTo(200);
    }
  }

  static Stream<Arguments> rolesAndFirmware() {
    return Stream.of(Firmware.values())
        .flatMap(
            firmware ->
                Stream.of("lab-pc", "rancher-worker", "local-disk")
                    .map(role -> Arguments.of(role, firmware)));
  }

  @ParameterizedTest
  @MethodSource("rolesAndFirmware")
  void everything_that_a_roles_script_and_documents_name_is_there(String role, Firmware firmware)
      throws Exception {
    book.with(
        Machine.unknown(MAC)
            .with(
                new Machine.Assignment(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(role),
                    VALUES)));
    // As the page and the API do when they give a role.
    book.commit(now -> List.of(Armings.asked(now.machine(MAC), MAC, "test", Instant.now())));

    String script = scriptOf(firmware);
    List<String> named = urls(script);
    if (!role.equals("local-disk")) {
      assertThat(named)
          .anySatisfy(url -> assertThat(url).endsWith("/vmlinuz"))
          .anySatisfy(url -> assertThat(url).endsWith("/initrd"))
          .anySatisfy(url -> assertThat(url).endsWith("/overlay.cpio.gz"));
    }
    assertServed(named);

    String documents =
        site.settings().bootUrl(LOOPBACK)
            + "/boot/"
            + MAC.hyphenated()
            + "/"
            + book.boot(MAC).orElseThrow().nonce();
    for (String document : site.roles().get(role).documents().keySet()) {
      HttpResponse<String> answer = get(documents + "/" + document);
      assertThat(answer.statusCode()).as(document).isEqualTo(200);
      assertServed(urls(answer.body()));
    }
  }

  @ParameterizedTest
  @EnumSource(Firmware.class)
  void a_machine_without_role_can_follow_what_it_is_told(Firmware firmware) throws Exception {
    List<String> named = urls(scriptOf(firmware));

    assertThat(named).anySatisfy(url -> assertThat(url).contains("wait=1"));
    assertServed(named);
  }

  /** As iPXE does it: the first script, and what it chains to. */
  private String scriptOf(Firmware firmware) throws Exception {
    String first = get(site.settings().bootUrl(LOOPBACK) + "/boot.ipxe").body();
    assertThat(first).startsWith("#!ipxe\n");
    String chained =
        first
            .lines()
            .filter(line -> line.startsWith("chain "))
            .map(line -> urls(ipxe(line, firmware)).get(0))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> script = get(chained);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).startsWith("#!ipxe\n");
    return ipxe(script.body(), firmware);
  }

  private void assertServed(List<String> urls) throws Exception {
    for (String url : urls) {
      if (url.endsWith("/phone-home")) {
        assertThat(post(url)).as(url).isEqualTo(200);
      } else if (url.endsWith("/")) {
        // cloud-init's seed: it adds these names itself, and takes a missing one for a fault.
        for (String name : List.of("meta-data", "user-data", "vendor-data")) {
          assertThat(get(url + name).statusCode()).as(url + name).isEqualTo(200);
        }
      } else {
        assertThat(get(url).statusCode()).as(url).isEqualTo(200);
      }
    }
  }

  private BootPlan plan(Firmware firmware, Kind kind) {
    Client client = new Client(MAC, kind, Optional.of(firmware.architecture()), Hardware.UNKNOWN);
    Reach reach =
        new Reach(
            Optional.of(site.segments().get("sala5")),
            LOOPBACK,
            Optional.of(LOOPBACK),
            Optional.empty());
    return planner.plan(new PlanRequest(site, book, client, reach));
  }

  private Site reachedAt(String bootUrl) {
    Site.Settings s = site.settings();
    return new Site(
        site.folder(),
        new Site.Settings(
            s.name(),
            Optional.of(bootUrl),
            s.httpPort(),
            s.web(),
            s.tftp(),
            s.database(),
            s.vars()),
        site.segments(),
        site.roles(),
        site.scripts(),
        site.images(),
        site.loaders());
  }

  /** Fills in iPXE's settings, as a PC of this firmware has them. */
  private static String ipxe(String text, Firmware firmware) {
    String architecture =
        switch (firmware) {
          case BIOS, UEFI_IA32 -> "i386";
          case UEFI_X64 -> "x86_64";
          case UEFI_ARM32 -> "arm32";
          case UEFI_ARM64 -> "arm64";
        };
    return text.replace("${netX/mac:hexhyp}", MAC.hyphenated())
        .replace("${buildarch}", architecture)
        .replace("${platform}", firmware == Firmware.BIOS ? "pcbios" : "efi")
        .replace("${uuid}", "9f1a4c5e-0000-4000-8000-525400123456")
        .replaceAll("\\$\\{smbios/[0-9.]+:hexraw}", "0010")
        .replaceAll("\\$\\{[a-z:]+}", "some%20text");
  }

  private static List<String> urls(String text) {
    return URL.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).version(HttpClient.Version.HTTP_1_1).build(),
        BodyHandlers.ofString());
  }

  private int post(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofString("{\"stage\":\"up\",\"message\":\"hi\"}"))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
