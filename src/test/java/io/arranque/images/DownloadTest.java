package io.arranque.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.images.FakeUpstream.Habit;
import io.arranque.images.ImageFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
  private static final byte[] KERNEL = Shelf.bytes(1, 300_000);
  private static final byte[] OTHER = Shelf.bytes(2, 300_000);

  private final Recording progress = new Recording();
  private @TempDir Path folder;
  private FakeUpstream upstream;

  @BeforeEach
  void start() throws IOException {
    upstream = new FakeUpstream().file("/vmlinuz", KERNEL);
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void a_file_comes_whole_and_leaves_nothing_beside_it() throws Exception {
    assertThat(fetch().sha256()).isEqualTo(Shelf.sha256(KERNEL));
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
    assertNothingElse();
  }

  @Test
  void a_connection_that_breaks_is_continued_where_it_broke() throws Exception {
    upstream.then(new Habit.Break(100_000), new Habit.Break(50_000));
    fetch();
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(upstream.asked).hasSize(3);
    String tag = "\"" + java.util.Arrays.hashCode(KERNEL) + "\"";
    assertThat(upstream.asked.get(0)).isEqualTo("/vmlinuz");
    assertThat(upstream.asked.get(1)).matches("/vmlinuz bytes=[1-9][0-9]*- " + tag);
    assertThat(from(2)).isGreaterThan(from(1)).isLessThanOrEqualTo(150_000);
  }

  @Test
  void an_attempt_of_another_day_is_continued() throws Exception {
    upstream.always(new Habit.Break(20_000));
    progress.cancelAfter = 60_000;
    Shelf.assertRefused(Kind.CANCELLED, this::fetch);
    assertThat(Files.size(folder.resolve("vmlinuz.part"))).isGreaterThanOrEqualTo(60_000);
    upstream.behave().asked.clear();
    progress.cancelAfter = Long.MAX_VALUE;
    fetch();
    assertThat(from(0)).isGreaterThanOrEqualTo(60_000);
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
  }

  @Test
  void a_file_that_changed_meanwhile_is_fetched_afresh() throws Exception {
    upstream.always(new Habit.Break(20_000));
    progress.cancelAfter = 60_000;
    Shelf.assertRefused(Kind.CANCELLED, this::fetch);
    upstream.behave().file("/vmlinuz", OTHER);
    progress.cancelAfter = Long.MAX_VALUE;
    fetch();
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(OTHER);
    assertThat(progress.said).anyMatch(line -> line.contains("has changed"));
  }

  @Test
  void a_server_that_ignores_ranges_costs_time_but_no_correctness() throws Exception {
    upstream.file("/vmlinuz", KERNEL, "W/\"weak\"").then(new Habit.Break(100_000));
    fetch();
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(upstream.asked.get(1)).isEqualTo("/vmlinuz");
  }

  @Test
  void a_beginning_of_another_file_under_the_same_tag_is_found_by_the_checksum() throws Exception {
    upstream.file("/vmlinuz", OTHER, "\"same\"").always(new Habit.Break(20_000));
    progress.cancelAfter = 60_000;
    Shelf.assertRefused(Kind.CANCELLED, this::fetch);
    upstream.behave().file("/vmlinuz", KERNEL, "\"same\"");
    progress.cancelAfter = Long.MAX_VALUE;
    fetch(Optional.of(Shelf.sha256(KERNEL)));
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
    assertThat(progress.said).anyMatch(line -> line.contains("starting afresh"));
  }

  @Test
  void a_wrong_checksum_is_refused_and_nothing_stays() {
    Shelf.assertRefused(Kind.BROKEN, () -> fetch(Optional.of(Shelf.sha256(OTHER))))
        .hasMessageContaining(Shelf.sha256(OTHER))
        .hasMessageContaining(Shelf.sha256(KERNEL));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_server_that_lies_about_the_length_is_given_up_and_no_file_appears() {
    upstream.always(new Habit.Lie(1_000));
    Shelf.assertRefused(Kind.UPSTREAM, this::fetch);
    assertThat(folder.resolve("vmlinuz")).doesNotExist();
    assertThat(upstream.asked).hasSizeLessThan(15);
  }

  @Test
  void an_answer_of_unknown_length_is_taken_until_its_end() throws Exception {
    upstream.then(new Habit.Chunked());
    fetch();
    assertThat(folder.resolve("vmlinuz")).hasBinaryContent(KERNEL);
  }

  @Test
  void a_server_in_trouble_is_asked_again_and_one_without_the_file_is_not() throws Exception {
    upstream.then(new Habit.Status(503), new Habit.Status(500));
    fetch();
    assertThat(upstream.asked).hasSize(3);
    upstream.asked.clear();
    upstream.then(new Habit.Status(404));
    Shelf.assertRefused(Kind.UPSTREAM, this::fetch).hasMessageContaining("404");
    assertThat(upstream.asked).hasSize(1);
  }

  @Test
  void redirects_are_followed_and_a_circle_of_them_is_not() throws Exception {
    upstream.file("/new/vmlinuz", KERNEL).then(new Habit.Redirect("/new/vmlinuz"));
    fetch();
    assertThat(upstream.asked).containsExactly("/vmlinuz", "/new/vmlinuz");
    upstream.always(new Habit.Redirect("/vmlinuz"));
    Shelf.assertRefused(Kind.UPSTREAM, this::fetch).hasMessageContaining("without end");
  }

  /** {@code /dev/full} says "no space left" to every write. */
  @Test
  void a_full_disk_is_said_and_nothing_stays_in_the_way() throws Exception {
    Files.createSymbolicLink(folder.resolve("vmlinuz.part"), Path.of("/dev/full"));
    Shelf.assertRefused(Kind.DISK, this::fetch)
        .hasMessageContaining("is full")
        .hasMessageContaining("arranque image remove");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_upstream_that_falls_silent_is_left() {
    CountDownLatch never = new CountDownLatch(1);
    upstream.always(new Habit.Hold(0, never));
    Upstream impatient = new Upstream(Mirror.none(), Duration.ofMillis(200));
    Source source = Shelf.source("vmlinuz", upstream.url("/vmlinuz"));
    Shelf.assertRefused(
        Kind.UPSTREAM,
        () ->
            new Download(impatient, source, folder, progress, Duration.ofMillis(1))
                .run(Optional.empty()));
    assertThat(Files.exists(folder.resolve("vmlinuz"))).isFalse();
    never.countDown();
  }

  private int from(int request) {
    return Integer.parseInt(upstream.asked.get(request).replaceAll(".*bytes=([0-9]+)-.*", "$1"));
  }

  private Download.Fetched fetch() throws ImageFailure {
    return fetch(Optional.empty());
  }

  private Download.Fetched fetch(Optional<String> wanted) throws ImageFailure {
    return new Download(
            new Upstream(Mirror.none(), Duration.ofSeconds(5)),
            Shelf.source("vmlinuz", upstream.url("/vmlinuz")),
            folder,
            progress,
            Duration.ofMillis(1))
        .run(wanted);
  }

  private void assertNothingElse() throws IOException {
    try (var all = Files.list(folder)) {
      assertThat(all.map(p -> p.getFileName().toString())).containsExactly("vmlinuz");
    }
  }
}
