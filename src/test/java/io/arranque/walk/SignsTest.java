package io.arranque.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "DISCOVER, OK, false, true",
    "DISCOVER, ADDRESS_ONLY, false, false",
    "DISCOVER, ADDRESS_ONLY, true, false",
    "DISCOVER, POOL_EXHAUSTED, false, false",
    "DISCOVER, POOL_EXHAUSTED, true, true",
    "OFFER, OK, true, false",
    "ACK, OK, true, false",
    "SCRIPT, OK, false, true",
    "WAITING, NO_ROLE, true, true",
    "WAITING, ROLE_ASSIGNED, true, false",
    "WAKE, WAKE_SENT, true, false",
    "UP, MACHINE_REPORTED, true, false",
  })
  void only_firmware_switches_itself_on(
      Stage stage, Reason reason, boolean firmware, boolean expected) {
    Hardware hardware =
        firmware
            ? new Hardware(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("bios"))
            : Hardware.UNKNOWN;
    assertThat(Signs.isOfFirmware(event(stage, reason, 0), hardware)).isEqualTo(expected);
  }

  /** What came before, oldest first, as {@code STAGE:REASON:seconds ago}. */
  @ParameterizedTest
  @CsvSource({
    // The first that is ever heard of it.
    "DISCOVER, '', true",
    "SCRIPT, '', true",
    // ROM, loader, iPXE: one boot.
    "DISCOVER, DISCOVER:OK:2, false",
    "DISCOVER, DISCOVER:OK:9 ACK:OK:8 LOADER:OK:5, false",
    "DISCOVER, ACK:OK:45 LOADER:OK:40, false",
    "SCRIPT, ACK:OK:40, false",
    "LOADER, ACK:OK:200, false",
    "WAITING, SCRIPT:OK:100, false",
    // Switched off and on again.
    "DISCOVER, WAITING:NO_ROLE:9, true",
    "DISCOVER, KERNEL:OK:20, true",
    "DISCOVER, REGISTERED:MACHINE_REPORTED:4000, true",
    "DISCOVER, LOADER:OK:61, true",
    "DISCOVER, ACK:ADDRESS_ONLY:5, true",
    "DISCOVER, WAITING:NO_ROLE:90 WAITING:ROLE_ASSIGNED:80 ACK:ADDRESS_ONLY:50, true",
    // What people did in between is no sign of the machine.
    "DISCOVER, ACK:OK:6 LOADER:OK:5 WAITING:ROLE_ASSIGNED:4, false",
    // Where DHCP is another's and not heard.
    "SCRIPT, SCRIPT:OK:700, true",
    "SCRIPT, WAITING:NO_ROLE:60, false",
  })
  void a_boot_begins_once(Stage stage, String before, boolean expected) {
    List<BootEvent> events = new ArrayList<>();
    for (String one : before.isEmpty() ? new String[0] : before.split(" ", -1)) {
      String[] parts = one.split(":", -1);
      events.add(
          event(
              Stage.valueOf(parts[0]), Reason.valueOf(parts[1]), Integer.parseInt(parts[2])));
    }
    Collections.reverse(events);
    assertThat(Signs.beginsBoot(event(stage, Reason.OK, 0), events)).isEqualTo(expected);
  }

  private static BootEvent event(Stage stage, Reason reason, int secondsAgo) {
    return BootEvent.of(
        NOW.minusSeconds(secondsAgo),
        Mac.of("52:54:00:00:00:01"),
        stage,
        reason,
        Optional.empty(),
        "");
  }
}
