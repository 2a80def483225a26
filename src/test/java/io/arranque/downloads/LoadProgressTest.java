package io.arranque.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.downloads.LoadProgress.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
  private static final Wanted KERNEL = new Wanted("vmlinuz", OptionalLong.of(10));
  private static final Wanted INITRD = new Wanted("initrd", OptionalLong.of(90));
  private static final Wanted UNWEIGHED = new Wanted("initrd", OptionalLong.empty());

  @Test
  void before_the_first_byte_nobody_knows() {
    assertThat(LoadProgress.percent(List.of(KERNEL, INITRD), Map.of(), List.of())).isEmpty();
    assertThat(LoadProgress.percent(List.of(), Map.of("x", 1L), List.of())).isEmpty();
  }

  @Test
  void by_bytes_where_every_size_is_known() {
    assertThat(
            LoadProgress.percent(
                List.of(KERNEL, INITRD), Map.of("vmlinuz", 10L), List.of(download(45, 90))))
        .hasValue(55);
    assertThat(LoadProgress.percent(List.of(KERNEL, INITRD), Map.of("vmlinuz", 10L), List.of()))
        .hasValue(10);
    Map<String, Long> both = Map.of("vmlinuz", 10L, "initrd", 90L);
    assertThat(LoadProgress.percent(List.of(KERNEL, INITRD), both, List.of())).hasValue(100);
  }

  @Test
  void by_files_where_one_was_never_weighed() {
    assertThat(LoadProgress.percent(List.of(KERNEL, UNWEIGHED), Map.of("vmlinuz", 10L), List.of()))
        .hasValue(50);
  }

  @Test
  void a_file_that_is_under_way_is_as_large_as_it_was_asked_for() {
    assertThat(
            LoadProgress.percent(
                List.of(KERNEL, UNWEIGHED), Map.of("vmlinuz", 10L), List.of(download(45, 90))))
        .hasValue(55);
  }

  @Test
  void what_is_not_of_this_boot_does_not_count() {
    Download other =
        new Download(
            Ipv4.of("10.0.0.9"),
            Download.Way.HTTP,
            "images/other/disk.img",
            5,
            10,
            0,
            Instant.EPOCH,
            false,
            Optional.empty());
    assertThat(LoadProgress.percent(List.of(KERNEL, INITRD), Map.of(), List.of(other))).isEmpty();
  }

  private static Download download(long done, long total) {
    return new Download(
        Ipv4.of("10.0.0.9"),
        Download.Way.HTTP,
        "images/x/initrd",
        done,
        total,
        0,
        Instant.EPOCH,
        false,
        Optional.empty());
  }
}
