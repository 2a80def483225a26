package io.arranque.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.images.iso.IsoEntry;
import io.arranque.images.iso.IsoImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With CDs that Debian's xorriso makes. */
@Timeout(60)
class IsoTest {
  private static final String ROCK_RIDGE = "-R";
  private static final String JOLIET = "-J";

  private @TempDir Path folder;

  @Test
  void long_names_links_and_deep_folders_are_read_by_rock_ridge() throws Exception {
    put("live/vmlinuz-6.1.0-40-amd64", "old");
    put("live/vmlinuz-6.1.0-41-amd64", "kernel");
    put("a/b/c/d/" + "n".repeat(200) + ".txt", "deep");
    Files.createSymbolicLink(tree().resolve("live/vmlinuz"), Path.of("vmlinuz-6.1.0-41-amd64"));
    Files.createSymbolicLink(tree().resolve("up"), Path.of("live/../live"));
    try (IsoImage iso = IsoImage.open(cd(ROCK_RIDGE))) {
      assertThat(text(iso, "live/vmlinuz")).isEqualTo("kernel");
      assertThat(text(iso, "up/vmlinuz-6.1.0-40-amd64")).isEqualTo("old");
      assertThat(text(iso, "a/b/c/d/" + "n".repeat(200) + ".txt")).isEqualTo("deep");
      assertThat(iso.find("live/nothing")).isEmpty();
      assertThat(iso.find("live/vmlinuz/below")).isEmpty();
    }
  }

  @Test
  void without_rock_ridge_joliets_names_are_taken_and_without_both_the_plain_ones()
      throws Exception {
    put("Casper/Initrd with blanks.img", "x");
    put("live/vmlinuz", "kernel");
    try (IsoImage iso = IsoImage.open(cd(JOLIET))) {
      assertThat(text(iso, "casper/Initrd with blanks.img")).isEqualTo("x");
    }
    Files.delete(tree().resolve("Casper/Initrd with blanks.img"));
    try (IsoImage iso = IsoImage.open(cd("-l"))) {
      assertThat(iso.list("live")).extracting(IsoEntry::name).containsExactly("vmlinuz");
      assertThat(text(iso, "live/vmlinuz")).isEqualTo("kernel");
    }
  }

  @Test
  void a_folder_of_many_sectors_is_read_whole() throws Exception {
    for (int i = 0; i < 500; i++) {
      put("many/a-rather-long-name-of-a-file-number-" + i, Integer.toString(i));
    }
    try (IsoImage iso = IsoImage.open(cd(ROCK_RIDGE))) {
      assertThat(iso.list("many")).hasSize(500);
      assertThat(text(iso, "many/a-rather-long-name-of-a-file-number-431")).isEqualTo("431");
    }
  }

  @Test
  void what_is_no_cd_or_a_damaged_one_is_said_and_nothing_else_comes_out() throws Exception {
    put("boot/vmlinuz", "kernel");
    byte[] good = Files.readAllBytes(cd(ROCK_RIDGE));
    Path bad = folder.resolve("bad.iso");
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] broken = good.clone();
      for (int i = 0; i < 40; i++) {
        broken[32_768 + random.nextInt(40_000)] = (byte) random.nextInt(256);
      }
      Files.write(bad, broken);
      try (IsoImage iso = IsoImage.open(bad)) {
        IsoLayout.of(iso);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    Files.write(bad, new byte[100]);
    assertThatThrownBy(() -> IsoImage.open(bad)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Debian live, live/vmlinuz-6.1.0-41-amd64, live/initrd.img-6.1.0-41-amd64, live/filesystem.squashfs",
    "Debian installer, install.amd/vmlinuz, install.amd/initrd.gz,",
    "Ubuntu, casper/vmlinuz, casper/initrd,",
    "Fedora or Red Hat installer, images/pxeboot/vmlinuz, images/pxeboot/initrd.img, images/install.img",
    "Fedora live, images/pxeboot/vmlinuz, images/pxeboot/initrd.img, LiveOS/squashfs.img",
    "Alpine, boot/vmlinuz-lts, boot/initramfs-lts, boot/modloop-lts",
    "RancherOS, boot/vmlinuz-4.14.138-rancher, boot/initrd-v1.5.8,",
    "openSUSE installer, boot/x86_64/loader/linux, boot/x86_64/loader/initrd,",
  })
  void kernel_and_initrd_are_found_where_distributions_keep_them(
      String name, String kernel, String initrd, String more) throws Exception {
    put(kernel, "kernel");
    put(initrd, "initrd");
    put("boot/grub/grub.cfg", "menu");
    if (more != null) {
      put(more, "system");
    }
    try (IsoImage iso = IsoImage.open(cd(ROCK_RIDGE))) {
      IsoLayout.Found found = IsoLayout.of(iso).orElseThrow();
      assertThat(found.layout().name()).isEqualTo(name);
      assertThat(found.kernel()).isEqualTo(kernel);
      assertThat(found.initrds()).containsExactly(initrd);
      assertThat(List.copyOf(found.files().values()))
          .isEqualTo(more == null ? List.of() : List.of(more));
    }
  }

  @Test
  void an_iso_becomes_an_image_with_its_arguments() throws Exception {
    put("live/vmlinuz", "kernel");
    put("live/initrd.img", "initrd");
    byte[] system = Shelf.bytes(5, 3_000_000);
    put("live/filesystem.squashfs", system);
    Shelf shelf = new Shelf(Files.createDirectory(folder.resolve("site")));
    URI cd = cd(ROCK_RIDGE).toUri();
    Order order =
        new Order(
            "debian",
            Optional.of("12"),
            Optional.empty(),
            "",
            "",
            List.of(),
            List.of(),
            Optional.of(Shelf.source("image.iso", cd)),
            false,
            true);
    shelf.store.add(order, shelf.progress);
    var image = shelf.store.image("debian").image();
    assertThat(image.arguments()).contains("boot=live", "{{ image.url }}/filesystem.squashfs");
    assertThat(shelf.names("debian/versions/12"))
        .containsExactly("filesystem.squashfs", "image.yaml", "initrd", "vmlinuz");
    assertThat(shelf.file("debian/versions/12/filesystem.squashfs")).hasBinaryContent(system);
    assertThat(image.details().files().get("vmlinuz").from()).contains(cd + "#/live/vmlinuz");
    assertThat(shelf.store.verify("debian", Optional.empty()))
        .extracting(ImageStore.FileCheck::state)
        .containsOnly(ImageStore.FileCheck.State.GOOD);
  }

  private Path tree() {
    return folder.resolve("tree");
  }

  private void put(String path, String text) throws IOException {
    put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void put(String path, byte[] bytes) throws IOException {
    Files.createDirectories(tree().resolve(path).getParent());
    Files.write(tree().resolve(path), bytes);
  }

  private Path cd(String names) throws IOException, InterruptedException {
    Path file = folder.resolve("cd.iso");
    Files.deleteIfExists(file);
    Path log = folder.resolve("xorriso.log");
    Process process =
        new ProcessBuilder(
                "xorriso",
                "-as",
                "mkisofs",
                "-quiet",
                names,
                "-o",
                file.toString(),
                tree().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return file;
  }

  private static String text(IsoImage iso, String path) throws IOException {
    try (var in = iso.open(path)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
