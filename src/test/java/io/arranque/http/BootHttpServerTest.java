package io.arranque.http;

import static io.arranque.http.TestSite.MAC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.Boot;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts and documents as machines fetch them, over real sockets on loopback. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class BootHttpServerTest extends RunningBootServer {
  /** Anybody can tell it in another machine's name, and it stands in that machine's script. */
  @Test
  void whatIsToldOfAMachineCannotBeACommandOfItsScript() throws Exception {
    String response =
        get(SCRIPT + "&serial=1%20%7C%7C%20chain%20evil%20%3B%20x%20%26%E2%80%8B%26%20$%7Bip%7D")
            .body();
    assertThat(response).isNotEmpty();
    assertThat(book.machine(MAC).orElseThrow().hardware().serial()).contains("1 chain evil x {ip}");
    String known = get(SCRIPT + "&manufacturer=B%26O&product=No.%205%20%23a").body();
    assertThat(known).isNotEmpty();
    assertThat(book.machine(MAC).orElseThrow().hardware().vendor()).contains("B&O");
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
  void aBootThatCannotBeWrittenIsNotPromised() throws Exception {
    book.assign(MAC, "worker").fail();
    HttpResponse<String> script = get(SCRIPT);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.body()).contains(Reason.BOOT_NOT_WRITTEN.sentence());
    assertThat(timeline.next().reason()).isEqualTo(Reason.BOOT_NOT_WRITTEN);
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
}
