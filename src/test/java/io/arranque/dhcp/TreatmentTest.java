package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Quirk;
import io.arranque.site.Quirk.Place;
import io.arranque.site.Quirks;
import io.arranque.site.Segment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a row of the table of quirks does to a reply. */
final class TreatmentTest {
  private static final DhcpPacket ROM = Fixture.capture("bios-legacy.pxe.discover");

  private static Verdict.Reply reply(Quirk row, DhcpPacket packet) {
    Segment segment = Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199");
    return new PcRoom(Fixture.with(Fixture.site(segment), new Quirks(List.of(row)))).reply(packet);
  }

  private static Quirk row(
      Optional<Place> bootFile,
      Optional<Place> serverName,
      Optional<Integer> size,
      boolean broadcast,
      boolean terminated) {
    return new Quirk(
        "test",
        new Quirk.When(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(new DhcpOption.Opaque(224, Octets.ofHex("01"))),
        bootFile,
        serverName,
        size,
        size.map(s -> false),
        Optional.of(broadcast),
        Optional.of(terminated));
  }

  private static Quirk boot(Place bootFile, Place serverName) {
    return row(Optional.of(bootFile), Optional.of(serverName), Optional.empty(), false, false);
  }

  @Test
  void theBootFileStandsWhereTheFirmwareLooks() {
    DhcpPacket field = reply(boot(Place.FIELD, Place.NONE), ROM).packet();
    assertThat(field.file()).isEqualTo("undionly.kpxe");
    assertThat(field.options().contains(OptionCode.BOOTFILE_NAME)).isFalse();
    DhcpPacket option = reply(boot(Place.OPTION, Place.BOTH), ROM).packet();
    assertThat(option.file()).isEmpty();
    assertThat(option.options().text(OptionCode.BOOTFILE_NAME)).contains("undionly.kpxe");
    assertThat(option.sname()).isEqualTo("192.168.33.1");
    assertThat(option.options().text(OptionCode.TFTP_SERVER_NAME)).contains("192.168.33.1");
  }

  @Test
  void messageSizeOverloadBroadcastAndTerminatedTextAreAsTheRowSays() {
    Quirk all = row(Optional.empty(), Optional.empty(), Optional.of(600), true, true);
    Verdict.Reply reply = reply(all, ROM);
    assertThat(reply.layout().maxMessageSize()).isEqualTo(600);
    assertThat(reply.layout().overload()).isFalse();
    assertThat(reply.packet().isBroadcast()).isTrue();
    assertThat(reply.packet().options().octets(OptionCode.BOOTFILE_NAME).orElseThrow())
        .isEqualTo(Octets.ofAscii("undionly.kpxe").plus(Octets.of((byte) 0)));
  }

  @Test
  void itsOptionsAreSentToWhoBootsOrBootsNothingButNotInPlaceOfABootFile() {
    Quirk plain = boot(Place.BOTH, Place.NONE);
    DhcpPacket arm = ROM.with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(11)));
    assertThat(reply(plain, ROM).packet().options().contains(224)).isTrue();
    assertThat(reply(plain, Fixture.discover(Fixture.MAC)).packet().options().contains(224))
        .isTrue();
    assertThat(reply(plain, arm).packet().options().contains(224)).isFalse();
  }
}
