package io.arranque.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.images.FakeUpstream.Habit;
import io.arranque.images.ImageFailure.Kind;
import io.arranque.images.ImageStore.FileCheck;
import io.arranque.site.Image;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageStoreTest {
  private static final byte[] KERNEL = Shelf.bytes(1, 200_000);
  private static final byte[] INITRD = Shelf.bytes(2, 150_000);
  private static final byte[] KERNEL2 = Shelf.bytes(3, 210_000);
  private static final byte[] INITRD2 = Shelf.bytes(4, 160_000);

  private FakeUpstream upstream;
  private Shelf shelf;

  @BeforeEach
  void start(@TempDir Path site) throws IOException {
    shelf = new Shelf(site);
    upstream =
        new FakeUpstream()
            .file("/1/vmlinuz", KERNEL)
            .file("/1/initrd", INITRD)
            .file("/2/vmlinuz", KERNEL2)
            .file("/2/initrd", INITRD2);
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void an_image_is_added_with_all_that_is_known_of_it() throws Exception {
    assertThat(add("1")).isEqualTo("1");
    StoredImage stored = shelf.store.image("os");
    assertThat(stored.problems().all()).isEmpty();
    assertThat(stored.missing()).isEmpty();
    Image image = stored.image();
    assertThat(image.version()).contains("1");
    assertThat(image.arguments()).isEqualTo("console=ttyS0");
    assertThat(image.details().architecture()).contains("x86-64");
    assertThat(image.details().files().get("vmlinuz"))
        .isEqualTo(
            new Image.File(
                Optional.of(Shelf.sha256(KERNEL)),
                Optional.of((long) KERNEL.length),
                Optional.of(upstream.url("/1/vmlinuz").toString())));
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(shelf.names("os")).containsExactly("image.yaml", "versions");
    assertThat(shelf.progress.said).anyMatch(line -> line.contains("trusted this first time"));
  }

  @Test
  void without_a_name_the_version_is_the_day_and_the_same_again_is_not_a_second_one()
      throws Exception {
    assertThat(add("", "1")).isEqualTo("2026-03-01");
    assertThat(add("", "1")).isEqualTo("2026-03-01");
    assertThat(add("", "2")).isEqualTo("2026-03-01-2");
  }

  @Test
  void the_version_before_stays_and_comes_back() throws Exception {
    add("1");
    add("2");
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL2);
    assertThat(shelf.store.rollback("os", Optional.empty())).isEqualTo("1");
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(shelf.store.rollback("os", Optional.empty())).isEqualTo("2");
    assertThat(served("initrd")).hasBinaryContent(INITRD2);
    Shelf.assertRefused(Kind.UNKNOWN, () -> shelf.store.rollback("os", Optional.of("3")))
        .hasMessageContaining("1, 2");
  }

  @Test
  void what_an_operator_wrote_into_image_yaml_stays_word_for_word() throws Exception {
    shelf.put("os/image.yaml", "# ours\narguments: \"quiet\" # less noise\nversion: old\n");
    add("1");
    add("2");
    assertThat(shelf.file("os/image.yaml"))
        .hasContent("# ours\narguments: \"quiet\" # less noise\nversion: \"2\"\nprevious: \"1\"\n");
    assertThat(shelf.store.image("os").image().arguments()).isEqualTo("quiet");
  }

  @Test
  void what_was_put_there_by_hand_becomes_a_version_to_go_back_to() throws Exception {
    shelf.put("os/vmlinuz", "kernel").put("os/initrd", "initrd").put("os/extra.img", "extra");
    shelf.put("os/image.yaml", "version: \"1.5\"\n");
    add("2");
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL2);
    assertThat(served("extra.img")).hasContent("extra");
    assertThat(shelf.store.rollback("os", Optional.empty())).isEqualTo("1.5");
    assertThat(served("vmlinuz")).hasContent("kernel");
    assertThat(shelf.store.verify("os", Optional.empty()))
        .extracting(FileCheck::state)
        .containsOnly(FileCheck.State.GOOD);
  }

  @Test
  void a_broken_download_changes_nothing_and_the_next_attempt_goes_on() throws Exception {
    add("1");
    upstream.then(new Habit.Good()).always(new Habit.Break(0));
    Shelf.assertRefused(Kind.UPSTREAM, () -> add("2"));
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(shelf.names("os/versions")).containsExactly("1");
    upstream.behave();
    add("2");
    assertThat(served("initrd")).hasBinaryContent(INITRD2);
    assertThat(shelf.names("os")).containsExactly("image.yaml", "versions");
  }

  @Test
  void a_file_that_is_not_what_it_should_be_never_becomes_the_active_one() throws Exception {
    add("1");
    Source wrong =
        Source.of("vmlinuz", upstream.url("/2/vmlinuz"), Optional.of(Shelf.sha256(KERNEL)));
    Source initrd = Shelf.source("initrd", upstream.url("/2/initrd"));
    Shelf.assertRefused(
        Kind.BROKEN, () -> shelf.store.add(Shelf.order("2", wrong, initrd), shelf.progress));
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(shelf.names("os/versions")).containsExactly("1");
    assertThat(shelf.names("os/.incoming")).isEmpty();
  }

  @Test
  void the_makers_list_of_checksums_is_believed_over_what_comes() throws Exception {
    upstream.file(
        "/SHA256SUMS",
        "%s  ./1/vmlinuz\n%s *initrd\n"
            .formatted(Shelf.sha256(KERNEL), Shelf.sha256(INITRD2))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Optional<java.net.URI> list = Optional.of(upstream.url("/SHA256SUMS"));
    Source kernel = new Source("vmlinuz", upstream.url("/1/vmlinuz"), Optional.empty(), list);
    Source initrd = new Source("initrd", upstream.url("/1/initrd"), Optional.empty(), list);
    Shelf.assertRefused(
        Kind.BROKEN, () -> shelf.store.add(Shelf.order("1", kernel, initrd), shelf.progress));
    assertThat(shelf.progress.said)
        .contains("vmlinuz is what it should be: SHA-256 " + Shelf.sha256(KERNEL));
  }

  @Test
  void two_at_once_on_one_image_are_refused() throws Exception {
    add("1");
    upstream.asked.clear();
    CountDownLatch release = new CountDownLatch(1);
    upstream.then(new Habit.Hold(1000, release));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<String> first = other.submit(() -> add("2"));
      while (upstream.asked.isEmpty()) {
        Thread.onSpinWait();
      }
      Shelf.assertRefused(Kind.BUSY, () -> add("3", "2"));
      Shelf.assertRefused(Kind.BUSY, () -> shelf.store.remove("os", Optional.empty()));
      release.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("2");
    } finally {
      release.countDown();
      other.shutdownNow();
    }
  }

  @Test
  void readers_see_one_version_or_the_other_and_never_half_of_one() throws Exception {
    add("1");
    add("2");
    ExecutorService switcher = Executors.newSingleThreadExecutor();
    try {
      Future<?> switching =
          switcher.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  shelf.store.rollback("os", Optional.empty());
                }
                return null;
              });
      int seen = 0;
      while (!switching.isDone() || seen < 50) {
        Image image = StoredImage.read(shelf.site, "os").image();
        byte[] kernel = Files.readAllBytes(shelf.file(image.location("vmlinuz")));
        byte[] initrd = Files.readAllBytes(shelf.file(image.location("initrd")));
        assertThat(initrd).isEqualTo(java.util.Arrays.equals(kernel, KERNEL) ? INITRD : INITRD2);
        seen++;
      }
      switching.get(20, TimeUnit.SECONDS);
    } finally {
      switcher.shutdownNow();
    }
  }

  @Test
  void verify_finds_what_has_rotted_and_what_is_gone() throws Exception {
    add("1");
    byte[] rotten = KERNEL.clone();
    rotten[77]++;
    shelf.put("os/versions/1/vmlinuz", rotten);
    Files.delete(shelf.file("os/versions/1/initrd"));
    assertThat(shelf.store.verify("os", Optional.empty()))
        .extracting(FileCheck::file, FileCheck::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("vmlinuz", FileCheck.State.BROKEN),
            org.assertj.core.groups.Tuple.tuple("initrd", FileCheck.State.MISSING));
  }

  @Test
  void the_active_version_stays_and_another_may_be_removed() throws Exception {
    add("1");
    add("2");
    Shelf.assertRefused(Kind.BUSY, () -> shelf.store.remove("os", Optional.of("2")));
    shelf.store.remove("os", Optional.of("1"));
    assertThat(shelf.names("os/versions")).containsExactly("2");
    shelf.store.remove("os", Optional.empty());
    assertThat(shelf.file("os")).doesNotExist();
    Shelf.assertRefused(Kind.UNKNOWN, () -> shelf.store.image("os"));
  }

  @Test
  void a_mirror_stands_for_every_host() throws Exception {
    upstream
        .file("/mirror/example.org/a/vmlinuz", KERNEL)
        .file("/mirror/example.org/initrd", INITRD);
    ImageStore store = shelf.store(Mirror.at(upstream.url("/mirror/")));
    Source kernel = Shelf.source("vmlinuz", java.net.URI.create("https://example.org/a/vmlinuz"));
    Source initrd = Shelf.source("initrd", java.net.URI.create("https://example.org/initrd"));
    store.add(Shelf.order("1", kernel, initrd), shelf.progress);
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(shelf.store.image("os").image().details().files().get("vmlinuz").from())
        .contains("https://example.org/a/vmlinuz");
  }

  @Test
  void local_files_are_taken_as_they_are(@TempDir Path elsewhere) throws Exception {
    Path kernel = Files.write(elsewhere.resolve("bzImage"), KERNEL);
    Path initrd = Files.write(elsewhere.resolve("initrd.gz"), INITRD);
    shelf.store.add(
        Shelf.order(
            "1", Shelf.source("vmlinuz", kernel.toUri()), Shelf.source("initrd", initrd.toUri())),
        shelf.progress);
    assertThat(served("vmlinuz")).hasBinaryContent(KERNEL);
    Source gone = Shelf.source("vmlinuz", elsewhere.resolve("nothing").toUri());
    Shelf.assertRefused(
        Kind.UPSTREAM,
        () ->
            shelf.store.add(
                Shelf.order("2", gone, Shelf.source("initrd", initrd.toUri())), shelf.progress));
  }

  @Test
  void an_image_that_never_came_is_none() {
    upstream.always(new Habit.Break(0));
    Shelf.assertRefused(Kind.UPSTREAM, () -> add("1"));
    assertThat(shelf.store.list()).isEmpty();
    Shelf.assertRefused(Kind.UNKNOWN, () -> shelf.store.image("os"));
  }

  @Test
  void names_that_lead_elsewhere_are_refused() {
    Source kernel = Shelf.source("vmlinuz", upstream.url("/1/vmlinuz"));
    for (String version : List.of("..", "a/b", ".hidden", "-x y")) {
      Shelf.assertRefused(
          Kind.WRONG, () -> shelf.store.add(Shelf.order(version, kernel, kernel), shelf.progress));
    }
    Shelf.assertRefused(Kind.UNKNOWN, () -> shelf.store.image("../images"));
  }

  private Path served(String file) throws ImageFailure {
    return shelf.file(shelf.store.image("os").image().location(file));
  }

  private String add(String version) throws ImageFailure {
    return add(version, version);
  }

  private String add(String version, String folder) throws ImageFailure {
    return shelf.store.add(
        Shelf.order(
            version,
            Shelf.source("vmlinuz", upstream.url("/" + folder + "/vmlinuz")),
            Shelf.source("initrd", upstream.url("/" + folder + "/initrd"))),
        shelf.progress);
  }
}
