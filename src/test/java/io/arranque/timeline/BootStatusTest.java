package io.arranque.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.timeline.BootStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootStatusTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final List<BootEvent> events = new ArrayList<>();

  @Test
  void withoutEventsItWasNeverSeen() {
    assertThat(state()).isEqualTo(State.NEVER_SEEN);
  }

  @Test
  void theOperatingSystemsOwnDhcpDoesNotSetTheBootBack() {
    happened(120, Stage.INITRD, Reason.OK);
    happened(60, Stage.DISCOVER, Reason.OK);
    happened(59, Stage.ACK, Reason.OK);
    assertThat(state()).isEqualTo(State.LOADING);
  }

  @Test
  void aRenewalHoursLaterLeavesItUp() {
    happened(30_000, Stage.UP, Reason.MACHINE_REPORTED);
    happened(10, Stage.REQUEST, Reason.OK);
    happened(9, Stage.ACK, Reason.OK);
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void aDiscoverHoursLaterIsANewBoot() {
    happened(30_000, Stage.REGISTERED, Reason.MACHINE_REPORTED);
    happened(10, Stage.DISCOVER, Reason.OK);
    assertThat(state()).isEqualTo(State.DHCP);
  }

  @Test
  void aFailureStandsWhileTheMachineGoesRound() {
    happened(60, Stage.SCRIPT, Reason.IMAGE_MISSING);
    happened(5, Stage.DISCOVER, Reason.OK);
    assertThat(state()).isEqualTo(State.FAILED);
  }

  @Test
  void assigningARoleIsNoProgressOfTheMachine() {
    happened(60, Stage.UP, Reason.MACHINE_REPORTED);
    happened(1, Stage.WAITING, Reason.ROLE_ASSIGNED);
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void aBootThatFallsSilentIsStalledButAWaitingMachineIsNot() {
    happened(601, Stage.KERNEL, Reason.OK);
    assertThat(state()).isEqualTo(State.STALLED);
    events.clear();
    happened(90_000, Stage.WAITING, Reason.NO_ROLE);
    assertThat(state()).isEqualTo(State.WAITING);
  }

  private void happened(long secondsAgo, Stage stage, Reason reason) {
    Instant at = NOW.minus(Duration.ofSeconds(secondsAgo));
    events.add(BootEvent.of(at, Mac.of("52:54:00:00:00:01"), stage, reason, Optional.empty(), ""));
    events.sort(Comparator.comparing(BootEvent::at).reversed());
  }

  private State state() {
    return BootStatus.of(events, NOW).state();
  }
}
