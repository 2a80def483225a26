package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of real firmware, and what it needs to find in the reply. */
final class FirmwareTest {
  private static final String SCRIPT = "http://192.168.33.1:8081/boot.ipxe";
  private static final Octets USE_BOOT_FILE = Octets.ofHex("060108");

  private final PcRoom server = PcRoom.serving("192.168.33.100-192.168.33.199");
  private final PcRoom proxy =
      new PcRoom(Fixture.segment(Segment.Mode.PROXY, "192.168.33.100-192.168.33.199"));

  @ParameterizedTest
  @CsvSource({
    "bios-legacy.pxe.discover, undionly.kpxe",
    "uefi-pxe.pxe.discover, snponly.efi",
    "uefi-http.http.discover, http://192.168.33.1:8081/tftp/snponly.efi",
    "bios-ipxe.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
    "bios-e1000.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
    "bios-legacy.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
    "uefi-pxe.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
    "uefi-http.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
    "uefi-ipxe.ipxe.discover, http://192.168.33.1:8081/boot.ipxe",
  })
  void eachClientIsOfferedItsBootFileInServerModeAndInProxyMode(String capture, String file) {
    for (PcRoom room : List.of(server, proxy)) {
      DhcpPacket offer = room.answer(MessageType.OFFER, Fixture.capture(capture));
      assertThat(offer.options().text(OptionCode.BOOTFILE_NAME)).contains(file);
      assertThat(offer.file()).isEqualTo(file);
      assertThat(offer.siaddr()).isEqualTo(Fixture.SERVER);
      assertThat(offer.yiaddr().isAny()).isEqualTo(room == proxy);
      assertThat(offer.options().contains(OptionCode.LEASE_TIME)).isEqualTo(room == server);
    }
  }

  @Test
  void uefiPxeIsToldToUseTheBootFileSoThatItDoesNotAskAtPort4011() {
    DhcpPacket discover = Fixture.capture("uefi-pxe.pxe.discover");
    for (PcRoom room : List.of(server, proxy)) {
      DhcpPacket offer = room.answer(MessageType.OFFER, discover);
      assertThat(offer.vendorClass()).contains("PXEClient");
      assertThat(offer.options().octets(OptionCode.VENDOR_SPECIFIC)).contains(USE_BOOT_FILE);
      assertThat(offer.options().option(OptionCode.CLIENT_MACHINE_IDENTIFIER))
          .isEqualTo(discover.options().option(OptionCode.CLIENT_MACHINE_IDENTIFIER));
    }
  }

  @Test
  void uefiHttpBootSeesHttpClientWithoutWhichItIgnoresTheOffer() {
    DhcpPacket offer = proxy.answer(MessageType.OFFER, Fixture.capture("uefi-http.http.discover"));
    assertThat(offer.vendorClass()).contains("HTTPClient");
    assertThat(offer.options().contains(OptionCode.VENDOR_SPECIFIC)).isFalse();
  }

  @Test
  void ipxeIsToldNotToWaitForAProxyInServerModeAndSeesPxeClientInProxyMode() {
    DhcpPacket discover = Fixture.capture("bios-ipxe.ipxe.discover");
    assertThat(
            server
                .answer(MessageType.OFFER, discover)
                .options()
                .octets(OptionCode.IPXE_ENCAPSULATED))
        .contains(Octets.ofHex("b00101"));
    assertThat(proxy.answer(MessageType.OFFER, discover).vendorClass()).contains("PXEClient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"69505845", "0469505845", "03616263" + "0469505845"})
  void ipxeIsKnownByItsUserClassBareOrInTheFormOfRfc3004(String userClass) {
    DhcpPacket discover =
        Fixture.capture("bios-legacy.pxe.discover")
            .with(new DhcpOption.Opaque(OptionCode.USER_CLASS, Octets.ofHex(userClass)));
    assertThat(bootFile(server.answer(MessageType.OFFER, discover))).contains(SCRIPT);
  }

  @ParameterizedTest
  @CsvSource({
    "uefi-pxe.pxe.request-4011, 4011, snponly.efi",
    "bios-legacy.pxe.request-4011, 68, undionly.kpxe",
    "bios-ipxe.ipxe.request-4011, 68, http://192.168.33.1:8081/boot.ipxe",
    "uefi-ipxe.ipxe.request-4011, 68, http://192.168.33.1:8081/boot.ipxe",
  })
  void port4011AnswersTheSenderWhereItWaits(String capture, int port, String file) {
    DhcpPacket request = Fixture.capture(capture);
    Ipv4 source = Ipv4.of("192.168.33.150");
    Arrival at = new Arrival("sala5", Fixture.SERVER, 4011, source, port);
    for (PcRoom room : List.of(server, proxy)) {
      Verdict.Reply reply = room.reply(request, at);
      assertThat(reply.packet().messageType()).contains(MessageType.ACK);
      assertThat(reply.packet().xid()).isEqualTo(request.xid());
      assertThat(reply.packet().ciaddr()).isEqualTo(request.ciaddr());
      assertThat(bootFile(reply.packet())).contains(file);
      assertThat(reply.destination()).isEqualTo(new Destination(source, port));
      assertThat(reply.changes()).isEmpty();
    }
  }

  @Test
  void aLoaderThatIsNotThereLeavesTheMachineWithAnAddressAndAReason() {
    DhcpPacket arm =
        Fixture.capture("uefi-pxe.pxe.discover")
            .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(11)));
    Verdict.Reply reply = server.reply(arm);
    assertThat(reply.packet().yiaddr().isAny()).isFalse();
    assertThat(bootFile(reply.packet())).isEmpty();
    assertThat(reply.events().get(1).reason()).isEqualTo(Reason.LOADER_MISSING);
    assertThat(proxy.silence(arm)).isEqualTo(Reason.LOADER_MISSING);
  }

  @Test
  void anUnknownArchitectureLeavesTheMachineWithAnAddressAndAReason() {
    DhcpPacket strange =
        Fixture.capture("uefi-pxe.pxe.discover")
            .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(777)));
    Verdict.Reply reply = server.reply(strange);
    assertThat(reply.packet().yiaddr().isAny()).isFalse();
    assertThat(reply.events().get(1).reason()).isEqualTo(Reason.UNKNOWN_FIRMWARE);
  }

  @Test
  void anOperatingSystemGetsAnAddressAndNothingToBoot() {
    Verdict.Reply reply = server.reply(Fixture.capture("debian-installer.linux-di.discover"));
    DhcpPacket offer = reply.packet();
    assertThat(reply.events())
        .extracting(BootEvent::reason)
        .containsExactly(Reason.ADDRESS_ONLY, Reason.ADDRESS_ONLY);
    assertThat(offer.yiaddr()).isEqualTo(Ipv4.of("192.168.33.100"));
    assertThat(offer.file()).isEmpty();
    assertThat(bootFile(offer)).isEmpty();
    assertThat(offer.options().contains(OptionCode.VENDOR_CLASS)).isFalse();
  }

  @Test
  void inProxyModeAnOperatingSystemIsNotAnsweredAndARequestIsOnlyOverheard() {
    assertThat(proxy.silence(Fixture.capture("debian-installer.linux-di.discover")))
        .isEqualTo(Reason.NOT_A_BOOT_CLIENT);
    Verdict overheard = proxy.hear(Fixture.capture("uefi-pxe.pxe.request"));
    assertThat(overheard).isInstanceOf(Verdict.Silence.class);
    assertThat(overheard.sighting().orElseThrow().address()).isPresent();
  }

  @Test
  void inProxyModeTheSystemsAddressIsLearntOfMachinesThatBootedHereAndOfNoPhone() {
    Ipv4 second = Ipv4.of("192.168.33.142");
    DhcpPacket request = Fixture.selecting(Fixture.MAC, Fixture.OTHER_SERVER, second);
    assertThat(proxy.hear(request).sighting()).isEmpty();
    Sighting booted =
        new Sighting(
            Fixture.MAC, Hardware.UNKNOWN, Optional.empty(), Optional.empty(), Fixture.NOW);
    Verdict overheard =
        Fixture.responder()
            .respond(
                request,
                Fixture.DIRECT,
                new Snapshot(
                    proxy.site,
                    MemoryBook.of(Machine.unknown(Fixture.MAC).seen(booted)),
                    proxy.table),
                Fixture.NOW);
    assertThat(overheard.sighting().flatMap(Sighting::address)).contains(second);
    assertThat(overheard.events()).isEmpty();
  }

  @Test
  void romIpxeAndSystemOfOneMachineKeepOneAddress() {
    Mac mac = Fixture.capture("uefi-pxe.pxe.discover").mac().orElseThrow();
    Octets chaddr = Octets.of(mac.octets());
    Set<Ipv4> addresses = new HashSet<>();
    for (String stage :
        List.of(
            "uefi-pxe.pxe",
            "uefi-pxe.ipxe",
            "debian-installer.linux-di",
            "lab-image.linux-udhcp")) {
      addresses.add(server.lease(asOf(chaddr, Fixture.capture(stage + ".discover"))));
    }
    DhcpPacket networkd =
        Fixture.discover(mac)
            .with(
                new DhcpOption.Opaque(
                    OptionCode.CLIENT_IDENTIFIER, Octets.ofHex("ff00112233445566")));
    addresses.add(server.lease(networkd));
    assertThat(addresses).hasSize(1);
    assertThat(server.table.leases()).hasSize(1);
  }

  /** The same packet sent by this machine: captures of one boot have different ones. */
  private static DhcpPacket asOf(Octets chaddr, DhcpPacket p) {
    return new DhcpPacket(
        p.op(),
        p.htype(),
        p.hops(),
        p.xid(),
        p.secs(),
        p.flags(),
        p.ciaddr(),
        p.yiaddr(),
        p.siaddr(),
        p.giaddr(),
        chaddr,
        p.sname(),
        p.file(),
        p.options());
  }

  @ParameterizedTest
  @CsvSource({
    "0, PXEClient, OK",
    "6, PXEClient, LOADER_MISSING",
    "7, PXEClient, OK",
    "9, PXEClient, OK",
    "10, PXEClient, LOADER_MISSING",
    "11, PXEClient, LOADER_MISSING",
    "15, HTTPClient, LOADER_MISSING",
    "16, HTTPClient, OK",
    "18, HTTPClient, LOADER_MISSING",
    "19, HTTPClient, LOADER_MISSING",
    "20, HTTPClient, OK",
    "27, PXEClient, UNKNOWN_FIRMWARE",
  })
  void eachArchitectureHasALoaderOrAReason(int architecture, String vendorClass, Reason reason) {
    DhcpPacket discover =
        Fixture.capture("uefi-pxe.pxe.discover")
            .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(architecture)))
            .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, vendorClass));
    Verdict.Reply reply = server.reply(discover);
    assertThat(reply.events().get(1).reason()).isEqualTo(reason);
    assertThat(bootFile(reply.packet()).isPresent()).isEqualTo(reason == Reason.OK);
  }

  @Test
  void theTimelineSaysWhatThisIpxeCannot() {
    Verdict.Reply reply = server.reply(Fixture.capture("bios-ipxe.ipxe.discover"));
    assertThat(reply.events().get(0).detail()).isEqualTo("iPXE bios 1.0.0 without https");
  }

  private static Optional<String> bootFile(DhcpPacket packet) {
    return packet.options().text(OptionCode.BOOTFILE_NAME);
  }
}
