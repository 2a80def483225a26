package io.arranque.dhcp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.Captures.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapturesTest {
  private static final Pattern OPTION_LINE = Pattern.compile(" {5}Option: \\(([0-9]+)\\).*");

  static List<Capture> captures() {
    return Captures.all();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void readsAsTheGoldenTextBesideIt(Capture capture) throws IOException {
    String parsed = String.join("\n", PacketText.lines(capture.decode())) + "\n";
    if (Boolean.getBoolean("captures.rewrite")) {
      Files.writeString(capture.parsed(), parsed);
    }
    assertThat(parsed).isEqualTo(Files.readString(capture.parsed()));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void staysTheSameWhenWrittenAndReadAgain(Capture capture) throws MalformedPacket {
    DhcpPacket packet = capture.decode();
    assertThat(DhcpCodec.decode(DhcpCodec.encode(packet))).isEqualTo(packet);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void hasTheOptionsTheWitnessSaw(Capture capture) {
    List<Integer> seen = new ArrayList<>();
    for (String line : capture.witness()) {
      Matcher matcher = OPTION_LINE.matcher(line);
      if (matcher.matches()) {
        int code = Integer.parseInt(matcher.group(1));
        if (code != 0 && code != 255) {
          seen.add(code);
        }
      }
    }
    assertThat(seen).isNotEmpty();
    assertThat(capture.decode().options().stream().map(DhcpOption::code))
        .containsExactlyElementsOf(seen);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void agreesWithTheWitnessOnTheHeader(Capture capture) {
    DhcpPacket packet = capture.decode();
    assertThat("0x%08x".formatted(packet.xid())).isEqualTo(capture.said("Transaction ID:"));
    assertThat(packet.secs())
        .isEqualTo(Integer.parseInt(capture.said("Seconds elapsed:").split(" ", -1)[0]));
    assertThat(capture.said("Bootp flags:")).startsWith("0x%04x".formatted(packet.flags()));
    assertThat(packet.ciaddr()).hasToString(capture.said("Client IP address:"));
    assertThat(packet.yiaddr()).hasToString(capture.said("Your (client) IP address:"));
    assertThat(packet.siaddr()).hasToString(capture.said("Next server IP address:"));
    assertThat(packet.giaddr()).hasToString(capture.said("Relay agent IP address:"));
    assertThat(capture.said("Client MAC address:"))
        .contains("(" + packet.mac().orElseThrow() + ")");
    assertThat(packet.sname()).isEqualTo(capture.said("Server host name:"));
    assertThat(packet.file()).isEqualTo(capture.said("Boot file name:"));
    assertThat(capture.said("DHCP: "))
        .startsWithIgnoringCase(packet.messageType().orElseThrow().name());
  }

  @ParameterizedTest
  @MethodSource("captures")
  void agreesWithTheWitnessOnWhatBootingNeeds(Capture capture) {
    DhcpPacket packet = capture.decode();
    assertThat(packet.vendorClass().orElse("")).isEqualTo(capture.said("Vendor class identifier:"));
    assertThat(packet.uuid().map(UUID::toString).orElse(""))
        .isEqualTo(capture.said("Client Identifier (UUID):"));
    String architecture =
        packet.architecture().isPresent() ? "(" + packet.architecture().getAsInt() + ")" : "";
    assertThat(capture.said("Client System Architecture:")).endsWith(architecture);
    assertThat(packet.architecture().isPresent())
        .isEqualTo(!capture.said("Client System Architecture:").isEmpty());
    assertThat(packet.options().text(OptionCode.BOOTFILE_NAME).orElse(""))
        .isEqualTo(capture.said("Bootfile name:"));
    assertThat(
            packet.options().address(OptionCode.SERVER_IDENTIFIER).map(Object::toString).orElse(""))
        .isEqualTo(capture.said("DHCP Server Identifier:"));
    assertThat(packet.userClass().flatMap(Octets::text).orElse(""))
        .isEqualTo(capture.said("User Class Data (Text):"));
  }

  @Test
  void ovmfsOwnPxeStackIsReadAsTheFactsSay() {
    DhcpPacket packet = Captures.named("uefi-pxe.pxe.discover").decode();
    assertThat(packet.messageType()).contains(MessageType.DISCOVER);
    assertThat(packet.xid()).isEqualTo(0x8cc2e6d9);
    assertThat(packet.mac()).contains(Mac.of("52:54:00:d3:42:64"));
    assertThat(packet.isBroadcast()).isTrue();
    assertThat(packet.vendorClass()).contains("PXEClient:Arch:00007:UNDI:003000");
    assertThat(packet.architecture()).hasValue(7);
    assertThat(packet.options().octets(94)).contains(Octets.ofHex("010300"));
    assertThat(packet.userClass()).isEmpty();
    assertThat(packet.uuid()).contains(UUID.fromString("d342648e-83ce-4c72-8248-76b91d849ddd"));
    assertThat(packet.requestedOptions())
        .hasSize(35)
        .startsWith(1, 2, 3, 4, 5, 6)
        .endsWith(134, 135);
    assertThat(packet.maxMessageSize()).isEqualTo(1472);
  }

  @Test
  void ipxeSaysItsNameAsBareTextAndItsFeaturesNested() {
    DhcpPacket packet = Captures.named("uefi-ipxe.ipxe.discover").decode();
    assertThat(packet.userClass()).contains(Octets.ofAscii("iPXE"));
    assertThat(
            packet
                .options()
                .as(OptionCode.IPXE_ENCAPSULATED, DhcpOption.Nested.class)
                .flatMap(features -> features.suboption(0x13)))
        .contains(Octets.ofHex("01"));
  }

  @Test
  void theBootMenuAnswerHasNoTransactionAndKeepsItsItem() {
    DhcpPacket packet = Captures.named("bios-legacy.pxe.request-4011").decode();
    assertThat(packet.xid()).isZero();
    assertThat(packet.ciaddr()).hasToString("10.77.0.188");
    assertThat(packet.options().option(OptionCode.VENDOR_SPECIFIC))
        .contains(
            new DhcpOption.Nested(
                43, List.of(new DhcpOption.Suboption(71, Octets.ofHex("80020000"))), true));
  }

  @Test
  void ovmfsHugeMessageSizeIsCutToOneFrame() {
    DhcpPacket packet = Captures.named("uefi-pxe.pxe.request").decode();
    assertThat(packet.options().number(OptionCode.MAX_MESSAGE_SIZE)).hasValue(65280);
    assertThat(packet.maxMessageSize()).isEqualTo(1500);
  }

  @Test
  void everyGoldenTextBelongsToACapture() throws IOException {
    List<String> names = Captures.all().stream().map(Capture::name).toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(66);
    try (var files = Files.list(Captures.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> file.toLowerCase(Locale.ROOT).endsWith(".parsed"))
          .allSatisfy(file -> assertThat(names).contains(file.replace(".parsed", "")));
    }
  }
}
