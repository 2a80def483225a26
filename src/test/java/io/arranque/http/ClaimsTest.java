package io.arranque.http;

import static io.arranque.http.SecretSite.MAC;
import static io.arranque.http.SecretSite.PC;
import static io.arranque.http.SecretSite.THIEF;
import static io.arranque.http.SecretSite.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.site.ArmingRule;
import io.arranque.site.Secrecy;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private final SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();

  @Test
  void rancheros_fetches_twice_and_head_and_retries_are_no_second_claim() {
    room.boot();
    String target = "/boot/52-54-00-12-34-56/" + room.nonce() + "/user-data";
    assertThat(((Text) room.ask("HEAD", target, PC, "")).status()).isEqualTo(200);
    for (int fetch = 0; fetch < 3; fetch++) {
      assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
      room.now = room.now.plusSeconds(90);
    }
    room.reports("{\"stage\": \"up\"}");
    assertThat(((Text) room.ask("HEAD", target, PC, "")).status()).isEqualTo(200);
    assertThat(room.provisioning().alarm()).isEmpty();
  }

  @Test
  void asked_again_after_the_machine_is_up_it_is_theft_and_names_what_to_change() {
    room.boot();
    room.document(PC, "user-data");
    room.reports("{\"stage\": \"up\"}");
    Text again = room.document(PC, "user-data");
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.body()).doesNotContain(TOKEN);
    Alarm alarm = alarm(Reason.SECOND_CLAIM, true);
    assertThat(alarm.detail())
        .contains("asked by 10.77.0.50", "told: token (2026-03-01T08:01:00Z)");
    assertThat(alarm.detail()).doesNotContain(TOKEN);
    assertThat(room.document(PC, "network-config").status()).as("harmless").isEqualTo(200);
  }

  @Test
  void asked_again_long_after_it_was_given_it_is_theft_too() {
    room.boot();
    room.document(PC, "user-data");
    room.now = room.now.plus(Duration.ofMinutes(31));
    assertThat(room.document(PC, "user-data").status()).isEqualTo(403);
    alarm(Reason.SECOND_CLAIM, true);
  }

  @Test
  void who_knows_the_nonce_but_has_another_address_gets_nothing_and_quarantines() {
    room.boot();
    room.document(PC, "user-data");
    Text stolen = room.document(THIEF, "user-data");
    assertThat(stolen.status()).isEqualTo(403);
    assertThat(stolen.body()).doesNotContain(TOKEN);
    alarm(Reason.CLAIM_FROM_ELSEWHERE, true);
    assertThat(room.document(PC, "user-data").status()).as("quarantined").isEqualTo(403);
    room.armedRefused();
  }

  @Test
  void a_quarantined_machine_shows_it_and_goes_on_when_somebody_cleared_it() {
    room.boot();
    room.document(THIEF, "user-data");
    assertThat(room.boot()).contains("quarantined").doesNotContain(TOKEN);
    assertThat(room.events.get(room.events.size() - 1).reason()).isEqualTo(Reason.QUARANTINED);
    room.cleared().asked();
    assertThat(room.boot()).startsWith("#!ipxe\nkernel");
    assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
  }

  @Test
  void a_script_asked_from_elsewhere_is_an_alarm_but_stops_nobody() {
    room.leased = (mac, segment) -> Optional.of(PC);
    room.boot();
    room.document(PC, "user-data");
    assertThat(room.boot(THIEF, "")).doesNotContain("kernel");
    alarm(Reason.SCRIPT_FROM_ELSEWHERE, false);
    assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
    int events = room.events.size();
    room.boot(THIEF, "");
    assertThat(room.events.subList(events, room.events.size()))
        .noneMatch(e -> e.reason().kind() == Reason.Kind.ALARM);
  }

  @Test
  void another_board_under_the_same_mac_on_the_same_day_is_quarantined() {
    room.boot(PC, "&uuid=4c4c4544-0043-3510-8052-b4c04f4a4d31");
    room.document(PC, "user-data");
    room.asked();
    assertThat(room.boot(PC, "&uuid=11111111-2222-3333-4444-555555555555")).contains("quarantined");
    alarm(Reason.MAC_TWICE, true);
  }

  @Test
  void beside_a_campus_server_a_second_asker_is_noticed() {
    SecretSite campus =
        new SecretSite(new Secrecy(Optional.of(ArmingRule.ALWAYS), false), Segment.Mode.PROXY);
    campus.boot();
    assertThat(campus.boot(THIEF, "")).contains("quarantined").doesNotContain("kernel");
    assertThat(campus.provisioning().alarm().orElseThrow().reason()).isEqualTo(Reason.MAC_TWICE);
    assertThat(campus.document(PC, "user-data").status()).isEqualTo(403);
  }

  @Test
  void guessing_many_addresses_is_an_alarm_and_is_slowed_but_the_old_boots_address_is_not() {
    room.boot();
    String old = "/boot/52-54-00-12-34-56/" + "9".repeat(32) + "/user-data";
    for (int i = 0; i < 30; i++) {
      assertThat(((Text) room.ask("GET", old, PC, "")).status()).isEqualTo(404);
    }
    assertThat(room.provisioning().alarm()).isEmpty();
    int status = 0;
    for (int i = 0; i < 10; i++) {
      String guess = "/boot/52-54-00-12-34-56/" + ("" + i).repeat(32) + "/user-data";
      status = ((Text) room.ask("GET", guess, THIEF, "")).status();
    }
    assertThat(status).isEqualTo(429);
    alarm(Reason.URLS_GUESSED, false);
    assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
  }

  @Test
  void a_boot_that_began_without_secrets_is_not_told_those_set_later() {
    SecretSite later = SecretSite.of(ArmingRule.ALWAYS);
    later.boot();
    later.book.with(
        later.book.machine(MAC).orElseThrow().with(io.arranque.inventory.Provisioning.NONE));
    assertThat(later.document(PC, "user-data").status()).isEqualTo(403);
  }

  private Alarm alarm(Reason reason, boolean quarantined) {
    Alarm alarm = room.provisioning().alarm().orElseThrow();
    assertThat(alarm.reason()).isEqualTo(reason);
    assertThat(alarm.quarantined()).isEqualTo(quarantined);
    assertThat(room.events).anyMatch(e -> e.reason() == reason);
    assertThat(room.events.toString()).doesNotContain(TOKEN);
    return alarm;
  }
}
