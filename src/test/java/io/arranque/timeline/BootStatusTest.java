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
    assertThat(stateWhenSeen(20)).isEqualTo(State.WAITING);
  }

  @Test
  void aRenewalDoesNotBringAStalledBootBackToLife() {
    happened(20_000, Stage.KERNEL, Reason.OK);
    happened(19_900, Stage.ACK, Reason.ADDRESS_ONLY);
    assertThat(stateWhenSeen(20)).isEqualTo(State.STALLED);
    happened(21, Stage.REQUEST, Reason.OK);
    happened(20, Stage.ACK, Reason.OK);
    assertThat(state()).isEqualTo(State.STALLED);
  }

  @Test
  void aSlowSystemsOwnDhcpKeepsItsBootAlive() {
    happened(900, Stage.INITRD, Reason.OK);
    happened(400, Stage.ACK, Reason.ADDRESS_ONLY);
    assertThat(state()).isEqualTo(State.LOADING);
  }

  @Test
  void aMachineThatNoLongerAsksDoesNotWaitForEver() {
    happened(90_000, Stage.WAITING, Reason.NO_ROLE);
    assertThat(stateWhenSeen(3_000)).isEqualTo(State.STALLED);
  }

  @Test
  void aPhoneHomeOrADocumentAfterRegisteringDoesNotSetItBack() {
    happened(30, Stage.INITRD, Reason.OK);
    happened(20, Stage.UP, Reason.MACHINE_REPORTED);
    happened(15, Stage.REGISTERED, Reason.MACHINE_REPORTED);
    happened(10, Stage.UP, Reason.MACHINE_REPORTED);
    happened(8, Stage.CLOUD_CONFIG, Reason.OK);
    happened(7, Stage.DISCOVER, Reason.OK);
    happened(6, Stage.ACK, Reason.OK);
    assertThat(state()).isEqualTo(State.REGISTERED);
    happened(5, Stage.UP, Reason.MACHINE_FAILED);
    assertThat(state()).isEqualTo(State.FAILED);
    happened(4, Stage.REGISTERED, Reason.MACHINE_REPORTED);
    assertThat(state()).isEqualTo(State.REGISTERED);
  }

  @Test
  void theNextBootsScriptBeginsFromTheFront() {
    happened(100, Stage.REGISTERED, Reason.MACHINE_REPORTED);
    happened(9, Stage.SCRIPT, Reason.OK);
    assertThat(state()).isEqualTo(State.LOADING);
    happened(5, Stage.CLOUD_CONFIG, Reason.OK);
    assertThat(state()).isEqualTo(State.LOADING);
    happened(3, Stage.UP, Reason.MACHINE_REPORTED);
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void renewalsAloneAreASystemThatRuns() {
    happened(4_000, Stage.REQUEST, Reason.OK);
    happened(3_999, Stage.ACK, Reason.OK);
    assertThat(state()).isEqualTo(State.UP);
    happened(4_100, Stage.DISCOVER, Reason.OK);
    assertThat(state()).isEqualTo(State.STALLED);
  }

  @Test
  void aDeviceThatOnlyTookAnAddressHasNotFallenSilent() {
    happened(4_002, Stage.DISCOVER, Reason.ADDRESS_ONLY);
    happened(4_001, Stage.OFFER, Reason.ADDRESS_ONLY);
    assertThat(state()).isEqualTo(State.STALLED);
    happened(4_000, Stage.REQUEST, Reason.ADDRESS_ONLY);
    happened(3_999, Stage.ACK, Reason.ADDRESS_ONLY);
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void anOperatingSystemThatAsksForAnAddressNeitherSetsABootBackNorCompletesIt() {
    happened(30_000, Stage.REGISTERED, Reason.MACHINE_REPORTED);
    happened(10, Stage.DISCOVER, Reason.ADDRESS_ONLY);
    happened(9, Stage.ACK, Reason.ADDRESS_ONLY);
    assertThat(state()).isEqualTo(State.REGISTERED);
    events.clear();
    happened(120, Stage.DISCOVER, Reason.OK);
    happened(100, Stage.INITRD, Reason.OK);
    happened(60, Stage.DISCOVER, Reason.ADDRESS_ONLY);
    happened(59, Stage.ACK, Reason.ADDRESS_ONLY);
    assertThat(state()).isEqualTo(State.LOADING);
  }

  private void happened(long secondsAgo, Stage stage, Reason reason) {
    Instant at = NOW.minus(Duration.ofSeconds(secondsAgo));
    events.add(BootEvent.of(at, Mac.of("52:54:00:00:00:01"), stage, reason, Optional.empty(), ""));
    events.sort(Comparator.comparing(BootEvent::at).reversed());
  }

  private State state() {
    return BootStatus.of(events, Optional.empty(), NOW).state();
  }

  private State stateWhenSeen(long secondsAgo) {
    return BootStatus.of(events, Optional.of(NOW.minusSeconds(secondsAgo)), NOW).state();
  }
}
