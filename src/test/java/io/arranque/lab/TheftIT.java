package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.cli.lab.Accelerator;
import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A theft drill: real PCs get their secret; then a second PC with the first one's MAC on another
 * socket of the switch, and somebody with curl, try to get it too.
 */
class TheftIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SECRET = "tok-Zx81-drill-9fQ2";
  private static final String THIEF = "192.168.33.251";
  private static final Mac CLONED = Mac.of("52:54:00:33:00:41");
  private static final Mac CURLED = Mac.of("52:54:00:33:00:42");

  @Test
  void neither_a_cloned_mac_nor_guessed_or_overheard_addresses_get_the_secret_and_the_alarm_shows()
      throws Exception {
    try (VirtualRoom room = Rooms.open()) {
      // An emulated clock that stands still for a while is no reason to panic.
      room.editSite("images/lab/image.yaml", "quiet", "quiet no_timer_check");
      room.editSite("dhcp/sala5.yaml", "arming: always", "arming: asked");
      room.appliance().start();
      for (Mac mac : List.of(CLONED, CURLED)) {
        String name = "pc-" + Integer.toHexString((int) mac.bits() & 0xff);
        room.appliance().client().define(mac, name, "lab-pc", Map.of("cluster-token", SECRET));
      }
      powerOn(room, "genuine-1", 1, CLONED, new UUID(0x1111_2222_3333_4444L, 1));
      powerOn(room, "genuine-2", 2, CURLED, new UUID(0x1111_2222_3333_4444L, 2));
      for (Mac mac : List.of(CLONED, CURLED)) {
        await(room, mac, "registered");
        assertThat(get(room, machine(mac))).contains("\"told\":{\"cluster_token\":\"");
      }
      assertThat(get(room, "/api/v1/alarms")).doesNotContain("\"mac\"");

      cloneOf(room);
      curl(room);

      nothingSecretIn(room);
    }
  }

  /** On another socket, with the same MAC: it gets the lease, and nothing else. */
  private static void cloneOf(VirtualRoom room) throws Exception {
    Process clone = powerOn(room, "clone", 3, CLONED, new UUID(0x5555_6666_7777_8888L, 3));
    await(room, CLONED, "MAC_TWICE");
    assertThat(get(room, machine(CLONED))).contains("\"state\":\"quarantined\"");
    assertThat(get(room, "/api/v1/alarms")).contains("MAC_TWICE", "cluster_token");
    assertThat(page(room, "/")).contains("Two machines seem to have this MAC");
    awaitText(room, "clone", "quarantined");
    clone.destroy();
    assertThat(log(room, "clone")).doesNotContain(SECRET, "cloud-config", "user-data");
  }

  /** From another address: with guessed nonces, and with the right one. */
  private static void curl(VirtualRoom room) throws Exception {
    Matcher fetched =
        Pattern.compile("config fetched from (http://\\S+/user-data)")
            .matcher(log(room, "genuine-2"));
    assertThat(fetched.find()).as(log(room, "genuine-2")).isTrue();
    String url = fetched.group(1);
    String base = "http://192.168.33.1:8081";
    String script =
        "for i in 0 1 2 3 4 5 6 7 8 9; do curl -s --interface %1$s %2$s/boot/%3$s/${i}23456789abcdef0123456789abcdef/user-data; done;"
            + " curl -s --interface %1$s '%2$s/ipxe?mac=%3$s&platform=pcbios&buildarch=i386'; sleep 3;"
            + " curl -s --interface %1$s %4$s; curl -s --interface %1$s %5$s; echo; echo DONE";
    String overlay = url.replace("user-data", "overlay.cpio.gz");
    room.startServer(
        "thief",
        THIEF + "/24",
        List.of("sh", "-c", script.formatted(THIEF, base, CURLED.hyphenated(), url, overlay)));
    awaitText(room, "thief", "DONE");
    assertThat(log(room, "thief")).doesNotContain(SECRET, "cluster-node");
    await(room, CURLED, "CLAIM_FROM_ELSEWHERE");
    String timeline = get(room, machine(CURLED) + "/timeline?limit=1000");
    assertThat(timeline).contains("URLS_GUESSED", "CLAIM_FROM_ELSEWHERE");
    assertThat(get(room, "/api/v1/alarms")).contains("CLAIM_FROM_ELSEWHERE", THIEF);
    assertThat(page(room, "/machines/" + CURLED.hyphenated())).contains("clear-alarm");
  }

  private static void nothingSecretIn(VirtualRoom room) throws Exception {
    for (Mac mac : List.of(CLONED, CURLED)) {
      for (String path :
          List.of(machine(mac), machine(mac) + "/timeline?limit=1000", machine(mac) + "/plan")) {
        assertThat(get(room, path)).as(path).doesNotContain(SECRET);
      }
      String path = "/machines/" + mac.hyphenated();
      assertThat(page(room, path)).as(path).contains("cluster_token").doesNotContain(SECRET);
    }
    for (String path : List.of("/", "/roles")) {
      assertThat(page(room, path)).as(path).doesNotContain(SECRET);
    }
    for (String path : List.of("/api/v1/machines", "/api/v1/alarms", "/metrics")) {
      assertThat(get(room, path)).as(path).doesNotContain(SECRET);
    }
    assertThat(get(room, "/metrics"))
        .contains("arranque_quarantined 2.0")
        .containsPattern("arranque_boot_events_total\\{.*mac_twice.*\\} 1");
    try (Stream<Path> files = Files.walk(room.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = room.folder().relativize(file).toString();
        if (name.startsWith("state") || name.equals("appliance.log")) {
          assertThat(read(file)).as(name).doesNotContain(SECRET);
        }
      }
    }
    assertThat(post(room, machine(CLONED) + "/vars/cluster-token/reveal")).contains(SECRET);
    assertThat(get(room, machine(CLONED) + "/timeline")).contains("SECRET_REVEALED");
  }

  private static String machine(Mac mac) {
    return "/api/v1/machines/" + mac.hyphenated();
  }

  /** Not one of the room's own PCs: it has a board of its own, and may have another's MAC. */
  private static Process powerOn(VirtualRoom room, String name, int socket, Mac mac, UUID uuid)
      throws IOException {
    Path disk = room.folder().resolve(name + ".disk");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(256L << 20);
    }
    String qemu =
        ("qemu-system-x86_64 -accel %s -m 256 -nodefaults -vga std -display none -no-reboot"
                + " -serial stdio -M pc,graphics=off -device virtio-rng-pci -uuid %s"
                + " -netdev tap,id=n0,ifname=drill%d,script=no,downscript=no"
                + " -drive file=%s,format=raw,if=none,id=d0 -device virtio-blk-pci,drive=d0,bootindex=2"
                + " -device virtio-net-pci,netdev=n0,mac=%s,bootindex=1")
            .formatted(Accelerator.best().name().toLowerCase(Locale.ROOT), uuid, socket, disk, mac);
    String plug =
        "ip tuntap add dev drill%1$d mode tap && ip link set drill%1$d master br0 && ip link set drill%1$d up && exec "
            .formatted(socket);
    return room.startInRoom(name, List.of("sh", "-c", plug + qemu));
  }

  private static void await(VirtualRoom room, Mac mac, String word) throws Exception {
    Instant end = Instant.now().plus(Rooms.LIMIT);
    String timeline = "";
    while (Instant.now().isBefore(end)) {
      timeline = get(room, machine(mac) + "/timeline?limit=1000");
      if (timeline.contains("\"" + word + "\"")) {
        return;
      }
      Thread.sleep(500);
    }
    assertThat(timeline).as("logs in " + room.folder()).contains(word);
  }

  private static void awaitText(VirtualRoom room, String name, String text) throws Exception {
    Instant end = Instant.now().plus(Rooms.LIMIT);
    while (Instant.now().isBefore(end) && !log(room, name).contains(text)) {
      Thread.sleep(500);
    }
    assertThat(log(room, name)).as(name).contains(text);
  }

  private static String log(VirtualRoom room, String name) throws IOException {
    return read(room.folder().resolve(name + ".log"));
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static String get(VirtualRoom room, String path) throws Exception {
    return send(room, path, "GET");
  }

  /** As a person sees it: logged in, in a browser. */
  private static String page(VirtualRoom room, String path) throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpRequest login =
        HttpRequest.newBuilder(room.controlPlane().resolve("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + token(room)))
            .build();
    assertThat(browser.send(login, BodyHandlers.ofString()).statusCode()).isLessThan(400);
    HttpRequest request = HttpRequest.newBuilder(room.controlPlane().resolve(path)).build();
    return browser.send(request, BodyHandlers.ofString()).body();
  }

  private static String token(VirtualRoom room) throws IOException {
    return Files.readString(room.folder().resolve("state/admin-token")).strip();
  }

  private static String post(VirtualRoom room, String path) throws Exception {
    return send(room, path, "POST");
  }

  private static String send(VirtualRoom room, String path, String method) throws Exception {
    URI uri = room.controlPlane().resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token(room))
            .method(method, BodyPublishers.noBody())
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
