package io.arranque.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant ON = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void everyFirmwareMeetsEveryRole() {
    LabPlan plan =
        new LabPlan(4, List.of(PcFirmware.BIOS, PcFirmware.UEFI), Accelerator.TCG, false, false);
    assertThat(Stream.of(1, 2, 3, 4).map(n -> plan.pc(n).firmware().label() + " " + plan.role(n)))
        .containsExactly(
            "bios lab-pc", "uefi rancher-worker", "bios rancher-worker", "uefi lab-pc");
    assertThat(plan.limit()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aStageIsTimedWhenItFirstWorked() {
    Progress progress =
        Progress.of(
            ON,
            List.of(
                event(1, "discover", "OK", "NORMAL", 0),
                event(2, "loader", "TRANSFER_ABORTED", "NORMAL", 10),
                event(3, "loader", "OK", "NORMAL", 1000),
                event(4, "discover", "OK", "NORMAL", 0),
                event(5, "script", "IMAGE_MISSING", "FAILURE", 5)));
    assertThat(progress.times())
        .containsEntry("discover", Duration.ofSeconds(1))
        .containsEntry("loader", Duration.ofSeconds(3))
        .doesNotContainKey("script");
    assertThat(progress.bytes()).isEqualTo(1015);
  }

  @Test
  void aPcThatDidNotArriveIsToldWithReasonAdviceAndItsLastWords() {
    PcSpec spec = PcSpec.blank(1, PcFirmware.BIOS);
    Progress progress = Progress.of(ON, List.of(event(5, "script", "IMAGE_MISSING", "FAILURE", 0)));
    PcResult result =
        new PcResult(
            spec,
            "lab-pc",
            progress,
            Findings.of(""),
            false,
            Duration.ofMinutes(5),
            List.of("its last words"));
    assertThat(result.arrived()).isFalse();
    assertThat(Report.of(List.of(result), Path.of("logs")))
        .contains("lab-01 did not arrive", "script: The sentence. The advice.", "its last words")
        .contains("it still ran after 300 s", "pc-1.console.log", "0 of 1 PCs");
  }

  private static SeenEvent event(int second, String stage, String reason, String kind, long bytes) {
    return new SeenEvent(
        ON.plusSeconds(second), stage, reason, kind, "The sentence.", "The advice.", "", "", bytes);
  }
}
