package io.arranque.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.timeline.Tile.Facts;
import io.arranque.timeline.Tile.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Mac PC = Mac.of("52:54:00:00:00:01");

  @ParameterizedTest
  @CsvSource({
    // how long ago, stage, reason, what the tile says
    "5, WAKE, WAKE_SENT, waking",
    "700, WAKE, WAKE_SENT, stalled",
    "5, DISCOVER, OK, dhcp",
    "5, SCRIPT, OK, loading",
    "5, KERNEL, OK, loading",
    "5, WAITING, NO_ROLE, waiting",
    "5, WAITING, DOWNLOADS_FULL, queued",
    "5, WAITING, NOT_ARMED, unarmed",
    "5, SCRIPT, IMAGE_MISSING, failed",
    "90000, SCRIPT, IMAGE_MISSING, failed",
    "700, KERNEL, OK, stalled",
    "5, LOCAL_DISK, LOCAL_DISK, local-disk",
    "5, UP, MACHINE_REPORTED, up",
    "5, INSTALLED, MACHINE_REPORTED, installed",
    "5, REGISTERED, MACHINE_REPORTED, registered",
    // Its lease ended an hour ago.
    "90000, REGISTERED, MACHINE_REPORTED, off",
    "90000, UP, MACHINE_REPORTED, off",
    "90000, KERNEL, OK, off",
    "90000, LOCAL_DISK, LOCAL_DISK, off",
  })
  void each_state_follows_from_the_newest_event(
      long ago, Stage stage, Reason reason, String expected) {
    Instant at = NOW.minusSeconds(ago);
    Instant leaseEnds = at.plus(Duration.ofHours(24));
    Tile tile = tile(at, stage, reason, facts(true, Optional.of(leaseEnds)));
    assertThat(tile.state().label()).isEqualTo(expected);
  }

  @Test
  void what_nobody_heard_of_was_never_seen_whatever_else_is_known() {
    BootStatus unseen = BootStatus.of(List.of(), Optional.empty(), NOW);
    Facts all = new Facts(true, true, true, Optional.of(NOW), OptionalInt.of(50));
    assertThat(Tile.of(unseen, all, NOW).state()).isEqualTo(State.NEVER_SEEN);
  }

  @Test
  void beside_another_server_nobody_knows_when_a_machine_went_off() {
    Instant last = NOW.minus(Duration.ofDays(3));
    Facts noLease = facts(true, Optional.empty());
    assertThat(tile(last, Stage.UP, Reason.MACHINE_REPORTED, noLease).state()).isEqualTo(State.UP);
  }

  @Test
  void a_phone_is_foreign_and_a_pc_that_people_entered_is_not() {
    Instant just = NOW.minusSeconds(5);
    Facts lease = facts(false, Optional.of(NOW.plusSeconds(60)));
    assertThat(tile(just, Stage.ACK, Reason.ADDRESS_ONLY, lease).state()).isEqualTo(State.FOREIGN);
    Facts entered = facts(true, Optional.of(NOW.plusSeconds(60)));
    assertThat(tile(just, Stage.ACK, Reason.ADDRESS_ONLY, entered).state()).isEqualTo(State.UP);
  }

  @Test
  void one_under_quarantine_or_heard_in_another_room_is_foreign_on_its_seat() {
    Instant just = NOW.minusSeconds(5);
    Facts quarantined = new Facts(true, true, false, Optional.empty(), OptionalInt.empty());
    Facts elsewhere = new Facts(true, false, true, Optional.empty(), OptionalInt.empty());
    for (Facts facts : List.of(quarantined, elsewhere)) {
      assertThat(tile(just, Stage.UP, Reason.OK, facts).state()).isEqualTo(State.FOREIGN);
    }
  }

  @ParameterizedTest
  @CsvSource({"LOADER, 0", "SCRIPT, 5", "KERNEL, 30", "INITRD, 100", "CLOUD_CONFIG, 100"})
  void the_stage_tells_the_percent_where_bytes_do_not(Stage stage, int percent) {
    Instant just = NOW.minusSeconds(5);
    assertThat(tile(just, stage, Reason.OK, facts(true, Optional.empty())).percent())
        .hasValue(percent);
    Facts bytes = new Facts(true, false, false, Optional.empty(), OptionalInt.of(42));
    assertThat(tile(just, stage, Reason.OK, bytes).percent()).hasValue(42);
  }

  @Test
  void only_what_loads_has_a_percent() {
    Facts bytes = new Facts(true, false, false, Optional.empty(), OptionalInt.of(42));
    assertThat(tile(NOW, Stage.UP, Reason.OK, bytes).percent()).isEmpty();
  }

  private static Facts facts(boolean entered, Optional<Instant> leaseEnds) {
    return new Facts(entered, false, false, leaseEnds, OptionalInt.empty());
  }

  private static Tile tile(Instant at, Stage stage, Reason reason, Facts facts) {
    BootEvent event = BootEvent.of(at, PC, stage, reason, Optional.empty(), "");
    return Tile.of(BootStatus.of(List.of(event), Optional.of(at), NOW), facts, NOW);
  }
}
