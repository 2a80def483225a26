package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookoutTest {
  private static final Mac ASKER = LookPacket.asker(Fixture.MAC);
  private static final Ipv4 OTHER = Ipv4.of("10.0.0.3");
  private static final Instant T = Fixture.NOW;

  private final Lookout lookout = new Lookout("sala5", ASKER, LookTimes.USUAL);

  private static DhcpPacket offer(int xid, Mac mac, String yiaddr) {
    return DhcpPacket.replyTo(DhcpPacket.request(MessageType.DISCOVER, mac, xid))
        .with(MessageType.OFFER.option())
        .withYiaddr(Ipv4.of(yiaddr))
        .withFile("pxelinux.0")
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, OTHER))
        .with(new DhcpOption.Address(OptionCode.SUBNET_MASK, Ipv4.of("255.255.255.0")))
        .with(new DhcpOption.Addresses(OptionCode.ROUTER, List.of(Ipv4.of("10.0.0.1"))));
  }

  @Test
  void the_mac_that_asks_is_a_locally_administered_one_and_always_the_same() {
    assertThat(ASKER).isEqualTo(LookPacket.asker(Fixture.MAC));
    assertThat(ASKER).isNotEqualTo(LookPacket.asker(Fixture.OTHER_MAC));
    assertThat(ASKER.bits() >>> 40 & 3).isEqualTo(2);
  }

  @Test
  void an_answer_to_our_question_with_an_address_is_a_rival_and_tells_what_it_offers() {
    lookout.sent(7, T, false);
    assertThat(lookout.heard(offer(7, ASKER, "10.0.0.50"), OTHER, T.plusSeconds(1))).isPresent();
    OtherServer rival = lookout.rival().orElseThrow();
    assertThat(rival.address()).isEqualTo(OTHER);
    assertThat(rival.offers()).contains(Cidr.of("10.0.0.0/24"));
    assertThat(rival.router()).contains(Ipv4.of("10.0.0.1"));
    assertThat(rival.bootFile()).contains("pxelinux.0");
  }

  @Test
  void the_late_answer_of_a_server_that_pings_first_counts() {
    lookout.sent(7, T, false);
    lookout.close(T.plusSeconds(4));
    lookout.sent(8, T.plusSeconds(4), false);
    lookout.heard(offer(7, ASKER, "10.0.0.50"), OTHER, T.plusMillis(4100));
    assertThat(lookout.rival()).isPresent();
  }

  @Test
  void what_nobody_asked_for_is_shown_and_keeps_us_from_nothing() {
    lookout.sent(7, T, false);
    lookout.heard(offer(8, ASKER, "10.0.0.50"), OTHER, T);
    lookout.heard(offer(7, Fixture.MAC, "10.0.0.50"), OTHER, T);
    lookout.named(Ipv4.of("10.0.0.4"), T);
    assertThat(lookout.rival()).isEmpty();
    assertThat(lookout.servers())
        .extracting(OtherServer::address)
        .containsExactly(OTHER, Ipv4.of("10.0.0.4"));
    assertThat(lookout.servers()).noneMatch(OtherServer::givesAddresses);
  }

  @Test
  void a_proxy_dhcp_server_gives_no_addresses_and_is_no_rival() {
    lookout.sent(7, T, false);
    lookout.heard(offer(7, ASKER, "0.0.0.0"), OTHER, T);
    assertThat(lookout.rival()).isEmpty();
    assertThat(lookout.isAnybodyThere()).isFalse();
    assertThat(lookout.servers()).hasSize(1);
  }

  @Test
  void a_server_that_three_looks_do_not_find_is_gone_and_one_that_misses_two_is_not() {
    lookout.sent(7, T, false);
    lookout.heard(offer(7, ASKER, "10.0.0.50"), OTHER, T.plusSeconds(1));
    Instant now = T.plusSeconds(5);
    assertThat(lookout.close(now)).isEmpty();
    for (int look = 1; look <= 2; look++) {
      now = now.plusSeconds(60);
      lookout.sent(look, now, true);
      now = now.plusSeconds(6);
      assertThat(lookout.close(now)).isEmpty();
    }
    assertThat(lookout.rival()).isPresent();
    lookout.sent(3, now, true);
    assertThat(lookout.close(now.plusSeconds(6)))
        .extracting(OtherServer::address)
        .containsExactly(OTHER);
    assertThat(lookout.rival()).isEmpty();
    assertThat(lookout.servers()).extracting(OtherServer::present).containsExactly(false);
  }

  @Test
  void hearsay_does_not_keep_a_server_alive_that_no_longer_answers() {
    lookout.sent(7, T, false);
    lookout.heard(offer(7, ASKER, "10.0.0.50"), OTHER, T.plusSeconds(1));
    Instant now = T;
    for (int look = 1; look <= 4; look++) {
      now = now.plusSeconds(60);
      lookout.sent(look, now, true);
      lookout.named(OTHER, now.plusSeconds(1));
      now = now.plusSeconds(6);
      lookout.close(now);
    }
    assertThat(lookout.rival()).isEmpty();
  }

  @Test
  void made_up_servers_fill_no_memory_and_do_not_hide_a_real_one() {
    for (int i = 0; i < 1000; i++) {
      lookout.named(Ipv4.of("172.16.0.0").plus(i), T);
    }
    assertThat(lookout.servers()).hasSizeLessThan(50);
    lookout.sent(7, T, false);
    lookout.heard(offer(7, ASKER, "10.0.0.50"), OTHER, T);
    assertThat(lookout.rival()).isPresent();
  }

  @Test
  void looks_come_at_once_then_after_the_pings_of_others_then_after_spanning_tree_then_regularly() {
    assertThat(lookout.isDue(T)).isTrue();
    int[] seconds = {0, 4, 15, 35, 215};
    for (int i = 0; i < seconds.length - 1; i++) {
      lookout.sent(i, T.plusSeconds(seconds[i]), false);
      assertThat(lookout.isDue(T.plusSeconds(seconds[i + 1] - 1))).isFalse();
      assertThat(lookout.isDue(T.plusSeconds(seconds[i + 1]))).isTrue();
    }
  }

  @Test
  void the_first_look_is_over_after_its_time_and_begins_anew_with_another_cable() {
    assertThat(lookout.isLooking(T)).isTrue();
    lookout.sent(7, T, false);
    assertThat(lookout.isLooking(T.plusMillis(1400))).isTrue();
    assertThat(lookout.isLooking(T.plusMillis(1500))).isFalse();
    lookout.begin();
    assertThat(lookout.isLooking(T.plusSeconds(60))).isTrue();
  }
}
