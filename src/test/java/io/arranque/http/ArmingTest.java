package io.arranque.http;

import static io.arranque.http.SecretSite.PC;
import static io.arranque.http.SecretSite.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.http.BootAnswer.Archive;
import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Provisioning;
import io.arranque.site.ArmingRule;
import io.arranque.site.Secrecy;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArmingTest {
  private static final String BOOTS = "#!ipxe\nkernel";
  private static final String UUID_A = "&uuid=4c4c4544-0043-3510-8052-b4c04f4a4d31";
  private static final String UUID_A_SWAPPED = "&uuid=44454c4c-4300-1035-8052-b4c04f4a4d31";
  private static final String UUID_B = "&uuid=11111111-2222-3333-4444-555555555555";

  @Test
  void a_role_with_secrets_that_nobody_asked_for_waits_on_the_screen_and_is_held() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED);
    assertThat(room.boot()).contains("pc1 waits to be armed").doesNotContain(TOKEN);
    assertThat(room.events.get(0).reason()).isEqualTo(Reason.NOT_ARMED);
    assertThat(room.ask("GET", "/ipxe?mac=52-54-00-12-34-56&wait=1", PC, ""))
        .isInstanceOf(Hold.class);
    assertThat(room.book.boot(SecretSite.MAC)).isEmpty();
  }

  @Test
  void a_boot_that_was_asked_for_gets_its_secrets_and_the_next_one_does_not() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    assertThat(room.boot()).startsWith(BOOTS);
    Text given = room.document(PC, "user-data");
    assertThat(given.body()).contains(TOKEN);
    assertThat(given.headers()).containsEntry("cache-control", "no-store");
    assertThat(room.provisioning().told()).containsOnlyKeys("token");
    assertThat(room.boot()).contains("waits to be armed");
  }

  @Test
  void a_boot_that_died_before_it_fetched_anything_may_be_tried_again() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    assertThat(room.boot()).startsWith(BOOTS);
    assertThat(room.boot()).startsWith(BOOTS);
    assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
  }

  @Test
  void the_window_of_a_boot_that_was_asked_for_closes_after_an_hour() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    room.now = room.now.plus(Duration.ofMinutes(59));
    assertThat(room.boot()).contains("waits to be armed");
  }

  @Test
  void armed_by_hand_it_may_boot_as_often_as_it_likes_until_the_time_is_over() {
    SecretSite room = SecretSite.of(ArmingRule.OPERATOR).armed(Duration.ofMinutes(10));
    for (int boot = 0; boot < 3; boot++) {
      assertThat(room.boot()).startsWith(BOOTS);
      assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
    }
    room.now = room.now.plus(Duration.ofMinutes(10));
    assertThat(room.boot()).contains("waits to be armed");
  }

  @Test
  void where_an_operator_must_arm_giving_a_role_is_not_enough() {
    assertThat(SecretSite.of(ArmingRule.OPERATOR).asked().boot()).contains("waits to be armed");
  }

  @Test
  void a_room_of_systems_in_memory_boots_every_morning_with_one_setting() {
    SecretSite room = SecretSite.of(ArmingRule.ALWAYS);
    for (int morning = 0; morning < 3; morning++) {
      assertThat(room.boot(PC, UUID_A)).startsWith(BOOTS);
      assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
      room.reports("{\"stage\": \"up\"}");
      room.now = room.now.plus(Duration.ofDays(1));
    }
    assertThat(room.boot(PC, UUID_A_SWAPPED)).as("the same board by BIOS").startsWith(BOOTS);
  }

  @Test
  void the_rule_knows_the_board_and_leaves_another_one_to_people() {
    SecretSite room = SecretSite.of(ArmingRule.ALWAYS);
    room.boot(PC, UUID_A);
    room.document(PC, "user-data");
    room.now = room.now.plus(Duration.ofDays(3));
    assertThat(room.boot(PC, UUID_B)).contains("waits to be armed");
    assertThat(room.provisioning().alarm()).isEmpty();
  }

  @Test
  void documents_without_secrets_need_no_arming_and_may_be_kept_on_the_way() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    room.boot();
    Text harmless = room.document(PC, "network-config");
    assertThat(harmless.status()).isEqualTo(200);
    assertThat(harmless.headers()).isEmpty();
    assertThat(room.provisioning().told()).isEmpty();
  }

  @Test
  void the_overlay_is_a_claim_like_any_document() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    room.boot();
    String overlay = "/boot/52-54-00-12-34-56/" + room.nonce() + "/overlay.cpio.gz";
    Archive archive = (Archive) room.ask("GET", overlay, PC, "");
    assertThat(archive.files()).containsEntry("etc/token", TOKEN + "\n");
    assertThat(archive.secret()).isTrue();
    assertThat(room.provisioning().grant().orElseThrow().documents())
        .containsOnlyKeys("overlay.cpio.gz");
  }

  @Test
  void the_error_of_a_template_and_the_words_of_a_machine_do_not_quote_a_secret() {
    SecretSite room = SecretSite.of(ArmingRule.ASKED).asked();
    room.boot();
    Text faulty = room.document(PC, "faulty");
    assertThat(faulty.status()).isEqualTo(500);
    assertThat(faulty.body()).doesNotContain(TOKEN);
    room.reports("{\"stage\": \"failed\", \"message\": \"docker run --token " + TOKEN + " died\"}");
    assertThat(room.events.toString()).contains("docker run --token ******** died");
    assertThat(room.events.toString()).doesNotContain(TOKEN);
  }

  @Test
  void a_strict_room_shows_a_code_and_only_who_showed_it_boots() {
    SecretSite room =
        new SecretSite(new Secrecy(Optional.of(ArmingRule.ALWAYS), true), Segment.Mode.SERVER)
            .asked()
            .armed(Duration.ofHours(1));
    String screen = room.boot();
    Matcher shown = Pattern.compile("echo {10}([3-9A-Y]{6})\n").matcher(screen);
    assertThat(shown.find()).as(screen).isTrue();
    String code = shown.group(1);
    String token = screen.replaceAll("(?s).*&pair=([0-9a-f]+).*", "$1");
    assertThat(room.boot(PC, "&wait=1&pair=" + token)).isEqualTo("held");
    assertThat(room.confirmed("AAAAAA")).isFalse();
    assertThat(
            room.confirmed(
                code.substring(0, 3).toLowerCase(java.util.Locale.ROOT) + " " + code.substring(3)))
        .isTrue();
    assertThat(
            room.ask(
                "GET",
                "/ipxe?mac=52-54-00-12-34-56&wait=1&pair=0123456789abcdef",
                SecretSite.THIEF,
                ""))
        .as("no token, another address")
        .isInstanceOf(Hold.class);
    assertThat(room.boot(PC, "&wait=1&pair=" + token)).startsWith(BOOTS);
    assertThat(room.document(PC, "user-data").body()).contains(TOKEN);
    assertThat(room.boot()).as("that boot only").contains("confirm this code");
  }

  @Test
  void after_five_wrong_codes_there_is_another_one_on_the_screen() {
    SecretSite room = new SecretSite(new Secrecy(Optional.empty(), true), Segment.Mode.SERVER);
    room.boot();
    String code = room.provisioning().pairing().map(Provisioning.Pairing::code).orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(room.confirmed("WWWWWW")).isFalse();
    }
    assertThat(room.confirmed(code)).isFalse();
    String token = "&wait=1";
    assertThat(room.boot(PC, token)).contains("confirm this code").doesNotContain(code);
  }
}
