package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.DhcpStatistics;
import io.arranque.dhcp.Surroundings;
import io.arranque.downloads.Budget;
import io.arranque.downloads.Download;
import io.arranque.downloads.DownloadRegister;
import io.arranque.downloads.OpenDownload;
import io.arranque.downloads.Standing;
import io.arranque.inventory.FixedInventory;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern SERIES = Pattern.compile("(?m)^# TYPE (arranque_\\w+) ");
  private static final Mac PC = Mac.of("52:54:00:12:34:56");

  private List<Metrics.Pool> pools = List.of(new Metrics.Pool("sala5", 100, 40, 2, 41, 7, true));
  private final Metrics metrics = new Metrics(new DhcpStatistics(), () -> pools, () -> 7);
  private final DownloadRegister downloads =
      new DownloadRegister(() -> new Budget(1, Long.MAX_VALUE, 0), () -> Instant.EPOCH);

  @BeforeEach
  void withDownloads() {
    metrics.downloads(downloads, () -> Instant.EPOCH);
    metrics.secrets(FixedInventory.of());
  }

  @Test
  void what_is_on_its_way_and_who_waits_is_shown() {
    OpenDownload open =
        downloads.begin(Ipv4.of("10.0.0.9"), Download.Way.HTTP, "x/initrd", 80, () -> 50);
    downloads.admit(PC, Ipv4.of("10.0.0.9"), Set.of("x/initrd"), Instant.EPOCH);
    Mac second = Mac.of("52:54:00:12:34:57");
    Standing standing = downloads.standing(second, Ipv4.of("10.0.0.10"), Instant.EPOCH);
    downloads.enqueue(second, Ipv4.of("10.0.0.10"), standing, Instant.EPOCH);
    assertThat(metrics.scrape())
        .contains(
            "arranque_downloads 1.0",
            "arranque_downloads_machines 1.0",
            "arranque_downloads_waiting 1.0",
            "arranque_downloads_rate 0.0",
            "arranque_downloads_bytes_total 50.0");
    downloads.end(open, 50, true);
    assertThat(metrics.scrape())
        .contains("arranque_downloads 0.0", "arranque_downloads_bytes_total 50.0");
  }

  @Test
  void whatIsOnTheWireBesideUsIsShown() {
    metrics.watch(() -> new Surroundings(List.of(), List.of(), List.of(), 12, 3, List.of()));
    assertThat(metrics.scrape())
        .contains("arranque_dhcp_probes_total{result=\"done\"} 12.0")
        .contains("arranque_dhcp_probes_total{result=\"skipped\"} 3.0")
        .contains("arranque_dhcp_conflicts 0.0")
        .contains("arranque_dhcp_other_servers 0.0");
  }

  @Test
  void the_use_of_each_pool_and_every_counter_of_its_segment_are_there_from_the_start() {
    assertThat(metrics.scrape())
        .contains(
            "arranque_dhcp_pool_size{segment=\"sala5\"} 100.0",
            "arranque_dhcp_pool_used{segment=\"sala5\"} 40.0",
            "arranque_dhcp_pool_free{segment=\"sala5\"} 58.0",
            "arranque_dhcp_pool_quarantined{segment=\"sala5\"} 2.0",
            "arranque_dhcp_leases{segment=\"sala5\"} 41.0",
            "arranque_dhcp_strangers{segment=\"sala5\"} 7.0",
            "arranque_dhcp_flood{segment=\"sala5\"} 1.0",
            "arranque_dhcp_queue 7.0",
            "arranque_dhcp_received_total{segment=\"sala5\",type=\"discover\"} 0.0",
            "arranque_dhcp_silences_total{reason=\"pool_exhausted\",segment=\"sala5\"} 0.0",
            "arranque_dhcp_commit_seconds_bucket{le=\"0.005\"} 0");
  }

  @Test
  void what_is_shown_does_not_depend_on_the_garbage_collector() {
    List<Integer> waiting = List.of(7);
    Metrics fresh = new Metrics(new DhcpStatistics(), () -> pools, waiting::size);
    System.gc();
    assertThat(fresh.scrape()).contains("arranque_dhcp_queue 1.0");
  }

  @Test
  void a_segment_taken_out_of_the_site_leaves_the_gauges() {
    metrics.scrape();
    pools = List.of(new Metrics.Pool("sala6", 10, 1, 0, 1, 0, false));
    assertThat(metrics.scrape())
        .contains("arranque_dhcp_pool_size{segment=\"sala6\"}")
        .doesNotContain("arranque_dhcp_pool_size{segment=\"sala5\"}");
  }

  @Test
  void what_machines_do_is_counted_by_stage_and_never_by_machine() {
    BootEvent kernel =
        new BootEvent(
            Instant.EPOCH, PC, Stage.KERNEL, Reason.OK, Optional.empty(), "", 500, Duration.ZERO);
    metrics.accept(kernel);
    metrics.accept(kernel);
    assertThat(metrics.scrape())
        .contains(
            "arranque_boot_events_total{reason=\"ok\",stage=\"kernel\"} 2.0",
            "arranque_boot_bytes_total{stage=\"kernel\"} 1000.0")
        .doesNotContain(PC.toString());
  }

  @Test
  void every_name_is_explained_in_the_docs_and_no_other() throws Exception {
    metrics.watch(() -> Surroundings.UNKNOWN);
    metrics.accept(BootEvent.of(Instant.EPOCH, PC, Stage.KERNEL, Reason.OK, Optional.empty(), ""));
    TreeSet<String> shown = new TreeSet<>();
    SERIES.matcher(metrics.scrape()).results().forEach(match -> shown.add(match.group(1)));
    shown.removeIf(name -> name.endsWith("_max"));
    TreeSet<String> explained = new TreeSet<>();
    Pattern.compile("(?m)^\\| `(arranque_\\w+)")
        .matcher(Files.readString(Path.of("docs/metrics.md")))
        .results()
        .forEach(match -> explained.add(match.group(1)));
    assertThat(explained).isEqualTo(shown);
  }
}
