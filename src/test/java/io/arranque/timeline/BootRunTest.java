package io.arranque.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.timeline.BootRun.Step;
import io.arranque.timeline.BootStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootRunTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private final List<BootEvent> events = new ArrayList<>();
  private long clock;

  @Test
  void a_boots_time_is_spent_in_steps_without_gaps() {
    boot();
    List<BootRun> runs = runs();
    assertThat(runs).hasSize(1);
    BootRun run = runs.get(0);
    assertThat(run.state()).isEqualTo(State.REGISTERED);
    assertThat(run.took()).isEqualTo(Duration.ofSeconds(66));
    assertThat(run.steps())
        .extracting(Step::stage)
        .containsExactly(
            Stage.ACK,
            Stage.LOADER,
            Stage.SCRIPT,
            Stage.KERNEL,
            Stage.INITRD,
            Stage.CLOUD_CONFIG,
            Stage.UP,
            Stage.REGISTERED);
    // The loader's own DHCP belongs to the way to the script, the system's to that to its
    // documents.
    assertThat(run.durations())
        .containsEntry(Stage.SCRIPT, Duration.ofSeconds(6))
        .containsEntry(Stage.CLOUD_CONFIG, Duration.ofSeconds(22));
    for (int i = 1; i < run.steps().size(); i++) {
      assertThat(run.steps().get(i).begin()).isEqualTo(run.steps().get(i - 1).end());
    }
    assertThat(run.steps().get(4).bytes()).isEqualTo(60_000_050);
  }

  @Test
  void a_pc_that_is_switched_on_again_soon_boots_anew_from_its_first_word() {
    boot();
    later(30);
    boot();
    List<BootRun> runs = runs();
    assertThat(runs).hasSize(2);
    assertThat(runs).allMatch(BootRun::isGood);
    assertThat(runs.get(0).events().get(0).stage()).isEqualTo(Stage.DISCOVER);
    assertThat(runs.get(0).took()).isEqualTo(runs.get(1).took());
  }

  @Test
  void a_renewal_is_part_of_no_boot() {
    boot();
    later(20_000);
    then(0, Stage.REQUEST, Reason.OK, "", 0);
    then(0, Stage.ACK, Reason.OK, "", 0);
    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).took()).isEqualTo(Duration.ofSeconds(66));
  }

  @Test
  void a_script_that_fails_again_and_again_is_one_boot() {
    then(0, Stage.DISCOVER, Reason.OK, "PXE bios", 0);
    then(1, Stage.ACK, Reason.OK, "", 0);
    for (int i = 0; i < 5; i++) {
      then(30, Stage.SCRIPT, Reason.IMAGE_MISSING, "", 0);
    }
    then(30, Stage.SCRIPT, Reason.OK, "", 0);
    then(3, Stage.KERNEL, Reason.OK, "", 9);
    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).steps().get(1).failed()).as("mended in the end").isFalse();
  }

  @Test
  void each_script_that_is_handed_out_is_a_boot() {
    then(0, Stage.SCRIPT, Reason.OK, "", 0);
    then(1, Stage.KERNEL, Reason.FILE_MISSING, "", 0);
    then(11, Stage.SCRIPT, Reason.OK, "", 0);
    assertThat(runs()).hasSize(2);
  }

  @Test
  void waking_is_where_a_boot_begins() {
    boot();
    later(50_000);
    then(0, Stage.WAKE, Reason.WAKE_SENT, "", 0);
    then(25, Stage.DISCOVER, Reason.OK, "PXE bios", 0);
    BootRun run = runs().get(0);
    assertThat(run.steps()).extracting(Step::stage).startsWith(Stage.WAKE, Stage.ACK);
    assertThat(run.steps().get(1).took()).isEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void what_was_not_reached_is_open_and_grows_until_the_machine_falls_silent() {
    then(0, Stage.SCRIPT, Reason.OK, "", 0);
    then(4, Stage.KERNEL, Reason.OK, "", 9);
    later(20);
    Step open = last();
    assertThat(open.open()).isTrue();
    assertThat(open.stage()).isEqualTo(Stage.INITRD);
    assertThat(open.took()).isEqualTo(Duration.ofSeconds(20));
    later(3_000);
    assertThat(runs().get(0).state()).isEqualTo(State.STALLED);
    assertThat(last().open()).as("nobody knows when it fell silent").isFalse();
  }

  @Test
  void the_rooms_median_tells_where_a_boot_lost_its_time() {
    boot();
    Pace pace = Pace.of(List.of(runs().get(0), runs().get(0), runs().get(0)), true);
    assertThat(pace.whole()).isEqualTo(Duration.ofSeconds(66));
    assertThat(pace.slowest(runs().get(0))).isEmpty();
    events.clear();
    boot(12);
    assertThat(pace.slowest(runs().get(0)))
        .contains(new Pace.Slower(Stage.INITRD, Duration.ofSeconds(12)));
  }

  @Test
  void the_end_of_a_transfer_is_read_back_as_it_was_written() {
    Unfinished blocks = new Unfinished("snponly.efi", 12, 119, 1468, "silent: 12 of 119");
    Unfinished octets = Unfinished.octets("lab/initrd", 5, 9);
    assertThat(Unfinished.of(blocks.text())).contains(blocks);
    assertThat(Unfinished.of(octets.text())).contains(octets);
    assertThat(Unfinished.of("lab/initrd")).isEmpty();
  }

  private Step last() {
    List<Step> steps = runs().get(0).steps();
    return steps.get(steps.size() - 1);
  }

  private void boot() {
    boot(0);
  }

  private void boot(long slower) {
    then(0, Stage.DISCOVER, Reason.OK, "PXE bios", 0);
    then(1, Stage.ACK, Reason.OK, "undionly.kpxe", 0);
    then(1, Stage.LOADER, Reason.OK, "undionly.kpxe", 74_000);
    then(3, Stage.DISCOVER, Reason.OK, "iPXE bios", 0);
    then(2, Stage.ACK, Reason.OK, "", 0);
    then(1, Stage.SCRIPT, Reason.OK, "", 0);
    then(4, Stage.KERNEL, Reason.OK, "vmlinuz", 14_000_000);
    then(6 + slower, Stage.INITRD, Reason.OK, "initrd", 60_000_000);
    then(0, Stage.INITRD, Reason.OK, "overlay", 50);
    then(20, Stage.DISCOVER, Reason.ADDRESS_ONLY, "udhcp", 0);
    then(2, Stage.CLOUD_CONFIG, Reason.OK, "user-data", 900);
    then(20, Stage.UP, Reason.MACHINE_REPORTED, "", 0);
    then(6, Stage.REGISTERED, Reason.MACHINE_REPORTED, "", 0);
    then(3, Stage.UP, Reason.MACHINE_REPORTED, "phone home", 0);
  }

  private void later(long seconds) {
    clock += seconds;
  }

  private void then(long seconds, Stage stage, Reason reason, String detail, long bytes) {
    later(seconds);
    events.add(
        new BootEvent(
            START.plusSeconds(clock),
            Mac.of("52:54:00:00:00:01"),
            stage,
            reason,
            Optional.empty(),
            detail,
            bytes,
            Duration.ZERO));
  }

  private List<BootRun> runs() {
    List<BootEvent> newestFirst = new ArrayList<>(events);
    Collections.reverse(newestFirst);
    return BootRun.of(newestFirst, Optional.empty(), START.plusSeconds(clock));
  }
}
