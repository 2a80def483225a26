package io.arranque.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootHttpServer;
import io.arranque.http.BootHttpSettings;
import io.arranque.http.LeasedAddresses;
import io.arranque.inventory.Machine;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's kernel, started with an initrd of another make and behind it the overlay that our boot
 * plane serves, sees the overlay's files.
 */
class OverlayIT {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final String INIT =
      """
      #!/bin/busybox sh
      f=/var/lib/rancher/conf/cloud-config.d/boot.yml
      /bin/busybox stat -c 'OVERLAY %a %u %g %s %n' $f /etc/of-the-role
      /bin/busybox sed 's/^/OVERLAY: /' $f
      /bin/busybox poweroff -f
      """;

  @TempDir private Path folder;

  @Test
  void aKernelSeesTheFilesOfAnOverlayBehindAnotherInitrd() throws Exception {
    Path image = image();
    byte[] overlay = overlay();
    Path initrds = folder.resolve("initrds");
    byte[] vendor = vendorInitrd();
    // One byte off: iPXE pads to 4096, but gzip must not depend on it.
    byte[] odd = new byte[vendor.length % 4 == 0 ? 1 : 0];
    try (OutputStream out = Files.newOutputStream(initrds)) {
      out.write(vendor);
      out.write(odd);
      out.write(overlay);
    }

    String console = boot(image.resolve("vmlinuz"), initrds);

    assertThat(console)
        .contains("OVERLAY 600 0 0 ")
        .contains("OVERLAY 644 0 0 ", " /etc/of-the-role")
        .contains("OVERLAY: #cloud-config", "OVERLAY: hostname: \"lab-pc-07\"")
        .contains("OVERLAY:   state:", "OVERLAY:     dev: \"LABEL=RANCHER_STATE\"");
  }

  private static Path image() throws Exception {
    Path out = Rooms.root().resolve(".lab/image");
    Process build =
        new ProcessBuilder(Rooms.root().resolve("src/lab/build-image").toString(), out.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), UTF_8);
    assertThat(build.waitFor()).as(said).isZero();
    return out;
  }

  /** As a machine of the role gets it, over HTTP. */
  private byte[] overlay() throws Exception {
    ExampleSite.copyTo(folder);
    Path role = folder.resolve("cloud-init/rancheros-overlay/overlay/etc");
    Files.createDirectories(role);
    Files.writeString(role.resolve("of-the-role"), "for {{ machine.hostname }}\n");
    Site site = SiteLoader.load(folder).site().orElseThrow();
    MemoryBook book =
        new MemoryBook()
            .with(
                Machine.unknown(MAC)
                    .with(
                        new Machine.Assignment(
                            Optional.of("lab-pc-07"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("rancheros-overlay"),
                            Map.of("state-disk", "/dev/sda"))));
    try (BootHttpServer server =
        new BootHttpServer(
            BootHttpSettings.of(LOOPBACK, 0),
            new Planner(new Templates()),
            new BootHttpServer.Wiring(
                () -> site,
                book,
                new MemoryTimeline(),
                InstantSource.system(),
                () -> "0".repeat(32),
                LeasedAddresses.UNKNOWN))) {
      server.start();
      String plane = "http://127.0.0.1:" + server.port();
      HttpClient http = HttpClient.newHttpClient();
      http.send(
          HttpRequest.newBuilder(URI.create(plane + "/ipxe?mac=" + MAC.hyphenated())).build(),
          BodyHandlers.discarding());
      return http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          plane
                              + "/boot/"
                              + MAC.hyphenated()
                              + "/"
                              + "0".repeat(32)
                              + "/overlay.cpio.gz"))
                  .build(),
              BodyHandlers.ofByteArray())
          .body();
    }
  }

  private byte[] vendorInitrd() throws Exception {
    Path root = Files.createDirectories(folder.resolve("vendor"));
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    Files.writeString(root.resolve("init"), INIT);
    for (String program : List.of("init", "bin/busybox")) {
      assertThat(root.resolve(program).toFile().setExecutable(true, false)).isTrue();
    }
    Process pack =
        new ProcessBuilder("sh", "-c", "find . | cpio -o -H newc -R 0:0 --quiet | gzip -n")
            .directory(root.toFile())
            .start();
    return pack.getInputStream().readAllBytes();
  }

  private static String boot(Path kernel, Path initrds) throws Exception {
    Process pc =
        new ProcessBuilder(
                "qemu-system-x86_64",
                "-m",
                "512",
                "-nodefaults",
                "-display",
                "none",
                "-no-reboot",
                "-serial",
                "stdio",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initrds.toString(),
                "-append",
                "console=ttyS0 panic=-1 quiet")
            .redirectErrorStream(true)
            .start();
    try {
      pc.getOutputStream().close();
      String console = new String(pc.getInputStream().readAllBytes(), UTF_8);
      assertThat(pc.waitFor(1, TimeUnit.MINUTES)).as(console).isTrue();
      return console;
    } finally {
      pc.destroyForcibly();
    }
  }
}
