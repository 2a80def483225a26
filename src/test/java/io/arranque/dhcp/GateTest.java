package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Segment SERVING =
      Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199");

  private final PcRoom room = new PcRoom(SERVING);

  private static OtherServers others(boolean looking, boolean rival) {
    OtherServer other =
        OtherServer.heardOf("sala5", Ipv4.of("10.0.0.3"), Fixture.NOW)
            .withMac(Mac.of("02:00:00:00:00:03"));
    return new OtherServers() {
      @Override
      public boolean isLooking(String segment) {
        return looking;
      }

      @Override
      public Optional<OtherServer> rival(String segment) {
        return Optional.of(other).filter(o -> rival && segment.equals("sala5"));
      }
    };
  }

  private Verdict hear(PcRoom in, DhcpPacket packet, OtherServers others) {
    return Fixture.responder()
        .respond(
            packet,
            Fixture.DIRECT,
            new Snapshot(in.site, MemoryBook.of(), in.table, others),
            in.now());
  }

  private Reason silence(DhcpPacket packet, OtherServers others) {
    return ((Verdict.Silence) hear(room, packet, others)).reason();
  }

  private static DhcpPacket pxe(Mac mac) {
    return Fixture.discover(mac)
        .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001"));
  }

  @Test
  void beside_a_server_that_gives_addresses_nobody_who_starts_is_answered() {
    OtherServers rival = others(false, true);
    assertThat(silence(Fixture.discover(Fixture.MAC), rival)).isEqualTo(Reason.OTHER_DHCP_SERVER);
    assertThat(silence(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A), rival))
        .isEqualTo(Reason.OTHER_DHCP_SERVER);
    assertThat(silence(Fixture.initReboot(Fixture.MAC, A), rival))
        .isEqualTo(Reason.OTHER_DHCP_SERVER);
    DhcpPacket inform = DhcpPacket.request(MessageType.INFORM, Fixture.MAC, 1).withCiaddr(A);
    assertThat(silence(inform, rival)).isEqualTo(Reason.OTHER_DHCP_SERVER);
  }

  @Test
  void a_wrong_address_is_not_refused_either() {
    room.reply(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
    assertThat(silence(Fixture.renewing(Fixture.MAC, A), others(false, true)))
        .isEqualTo(Reason.OTHER_DHCP_SERVER);
  }

  @Test
  void boot_firmware_reads_on_its_timeline_who_is_in_the_way_and_a_phone_leaves_no_trace() {
    Verdict firmware = hear(room, pxe(Fixture.MAC), others(false, true));
    assertThat(firmware.events())
        .extracting(BootEvent::reason)
        .containsExactly(Reason.OTHER_DHCP_SERVER);
    assertThat(firmware.events().get(0).detail())
        .isEqualTo("10.0.0.3 (02:00:00:00:00:03) gives addresses here");
    assertThat(firmware.sighting()).isPresent();
    Verdict phone = hear(room, Fixture.discover(Fixture.OTHER_MAC), others(false, true));
    assertThat(phone.events()).isEmpty();
    assertThat(phone.sighting()).isEmpty();
  }

  @Test
  void whoever_runs_with_our_lease_is_prolonged_and_who_lets_it_end_is_not() {
    room.reply(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    Verdict renewed = hear(room, Fixture.renewing(Fixture.MAC, A), others(false, true));
    assertThat(((Verdict.Reply) renewed).packet().messageType()).contains(MessageType.ACK);
    room.pass(Duration.ofHours(13));
    assertThat(silence(Fixture.renewing(Fixture.MAC, A), others(false, true)))
        .isEqualTo(Reason.OTHER_DHCP_SERVER);
  }

  @Test
  void what_machines_give_back_is_taken() {
    room.reply(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    assertThat(silence(Fixture.release(Fixture.MAC, A), others(false, true)))
        .isEqualTo(Reason.ADDRESS_RELEASED);
  }

  @Test
  void nothing_is_answered_before_the_first_look_is_over() {
    assertThat(silence(Fixture.discover(Fixture.MAC), others(true, false)))
        .isEqualTo(Reason.LOOKING_FOR_SERVERS);
    assertThat(hear(room, Fixture.discover(Fixture.MAC), others(false, false)))
        .isInstanceOf(Verdict.Reply.class);
  }

  @Test
  void the_operators_word_stands_above_what_is_found() {
    Segment ours =
        new Segment(
            SERVING.name(),
            SERVING.subnet(),
            SERVING.interfaceName(),
            false,
            Segment.Mode.SERVER,
            true,
            SERVING.pool(),
            SERVING.router(),
            SERVING.dns(),
            SERVING.domain(),
            SERVING.leaseTime(),
            SERVING.options(),
            SERVING.reservations(),
            SERVING.unknownMachines(),
            SERVING.room(),
            SERVING.vars());
    assertThat(hear(new PcRoom(ours), Fixture.discover(Fixture.MAC), others(true, true)))
        .isInstanceOf(Verdict.Reply.class);
  }

  @Test
  void a_proxy_answers_beside_the_server_that_it_needs() {
    PcRoom proxy = new PcRoom(Fixture.segment(Segment.Mode.PROXY, "192.168.33.100-192.168.33.199"));
    DhcpPacket bios =
        pxe(Fixture.MAC)
            .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, java.util.List.of(0)));
    assertThat(hear(proxy, bios, others(true, true))).isInstanceOf(Verdict.Reply.class);
  }

  @Test
  void another_appliance_that_looks_gets_its_answer_and_is_no_machine() {
    Verdict verdict =
        hear(room, LookPacket.plain(LookPacket.asker(Fixture.MAC), 7), others(false, false));
    assertThat(verdict).isInstanceOf(Verdict.Reply.class);
    assertThat(verdict.sighting()).isEmpty();
    assertThat(verdict.events()).isEmpty();
  }
}
