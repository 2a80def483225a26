package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.MemoryBook;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That what people are shown is what the wire would get. */
final class ExplainerTest {
  private final Site site =
      Fixture.site(
          Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"),
          Fixture.segment(
              "sala6",
              "10.6.0.0/24",
              Segment.Mode.PROXY,
              "10.6.0.10-10.6.0.20",
              Map.of(),
              new Segment.UnknownMachines.Discover()));
  private final LeaseTable table = new LeaseTable();
  private final Explainer explainer =
      new Explainer(new Planner(new Templates()), segment -> Fixture.SERVER);

  @Test
  void everyOptionOfTheReplyIsShownWithWhoWantedIt() {
    Explained reply = ask(Map.of("segment", "sala5", "arch", "uefi-x64"));

    assertThat(reply.reason()).isEqualTo(Reason.OK);
    assertThat(reply.summary().orElseThrow())
        .startsWith("OFFER")
        .endsWith("to 255.255.255.255 port 68");
    assertThat(rows(reply))
        .contains(
            "yiaddr|192.168.33.100|segment sala5",
            "file|snponly.efi|firmware uefi-x64",
            "67 bootfile-name|\"snponly.efi\"|firmware uefi-x64",
            "53 message-type|OFFER|protocol RFC 2131",
            "51 lease-time|43200 s|segment sala5",
            "42 ntp-servers|192.168.33.1|segment sala5",
            "12 host-name|\"pc-525400123456\"|default",
            "60 vendor-class-identifier|\"PXEClient\"|quirk pxe",
            "6 discovery-control|08|");
  }

  @Test
  void aLeaseThatIsNotNewIsSaidToBeSo() {
    table.load(
        new LeaseBook.LoadedLeases(
            List.of(
                new Lease(
                    Ipv4.of("192.168.33.100"),
                    Fixture.MAC,
                    "sala5",
                    Fixture.NOW.minusSeconds(60),
                    Fixture.NOW.plusSeconds(43_140),
                    Optional.empty())),
            Map.of()));
    assertThat(rows(ask(Map.of("segment", "sala5", "arch", "bios"))))
        .contains("51 lease-time|43140 s|left of its lease");
  }

  @Test
  void ipxeIsGivenItsScriptAndNobodyLearnsAnAddressByAsking() {
    Explained reply = ask(Map.of("segment", "sala5", "ipxe", "true"));

    assertThat(rows(reply))
        .contains(
            "67 bootfile-name|\"http://192.168.33.1:8081/boot.ipxe\"|default",
            "175 ipxe-encapsulated-options||quirk ipxe",
            "176 no-pxedhcp|01|");
    assertThat(table.offerAt(Ipv4.of("192.168.33.100"))).isEmpty();
  }

  @Test
  void theRequestThatFollowsIsAnsweredByAnAckAndBesideAnotherServerOnItsOwnPort() {
    assertThat(ask(Map.of("segment", "sala5", "type", "request")).summary().orElseThrow())
        .startsWith("ACK");
    Explained proxy = ask(Map.of("segment", "sala6", "relay", "10.6.0.1", "type", "request"));
    assertThat(proxy.asked()).startsWith("REQUEST").endsWith("on sala6, port 4011");
    assertThat(proxy.summary().orElseThrow()).startsWith("ACK");
  }

  @Test
  void aReplyThroughARelayGoesToTheRelayAndGivesAnAddressOfItsSubnet() {
    Site relayed =
        Fixture.site(
            Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"),
            Fixture.segment(
                "sala7",
                "10.7.0.0/24",
                Segment.Mode.SERVER,
                "10.7.0.10-10.7.0.20",
                Map.of(),
                new Segment.UnknownMachines.Discover()));
    Explained reply = ask(relayed, Map.of("relay", "10.7.0.1"));
    assertThat(rows(reply)).contains("yiaddr|10.7.0.10|segment sala7");
    assertThat(rows(reply)).contains("giaddr|10.7.0.1|echoed RFC 2131");
    assertThat(reply.summary().orElseThrow()).endsWith("to 10.7.0.1 port 67");
  }

  @Test
  void silenceIsExplainedByItsReason() {
    Explained silence = ask(Map.of("segment", "sala6", "vendor-class", "MSFT 5.0"));
    assertThat(silence.summary()).isEmpty();
    assertThat(silence.reason()).isEqualTo(Reason.NOT_A_BOOT_CLIENT);
    assertThat(silence.lines()).anyMatch(line -> line.contains("silence (NOT_A_BOOT_CLIENT)"));
    assertThat(ask(Map.of("relay", "203.0.113.1")).reason()).isEqualTo(Reason.UNKNOWN_SEGMENT);
    assertThat(ask(Map.of("segment", "sala5", "arch", "4242")).reason())
        .isEqualTo(Reason.UNKNOWN_FIRMWARE);
  }

  @Test
  void whatDoesNotFitIsShownAsLeftOut() {
    List<DhcpOption> many = new ArrayList<>();
    for (int code = 128; code < 136; code++) {
      many.add(new DhcpOption.Text(code, "x".repeat(240)));
    }
    Explained reply = ask(Fixture.site(with(many)), Map.of("segment", "sala5"));
    assertThat(reply.leftOut()).isNotEmpty();
    assertThat(reply.lines()).anyMatch(line -> line.contains("left out"));
    assertThat(reply.parts().size() + reply.leftOut().size()).isGreaterThan(8);
  }

  @Test
  void anArchitectureThatBootsOverHttpIsAnsweredAsSuch() {
    assertThat(rows(ask(Map.of("segment", "sala5", "arch", "16"))))
        .contains(
            "67 bootfile-name|\"http://192.168.33.1:8081/tftp/snponly.efi\"|firmware uefi-x64",
            "60 vendor-class-identifier|\"HTTPClient\"|quirk uefi-http-boot");
  }

  @Test
  void wordsThatMeanNothingAreRefusedWithWhatIsWanted() {
    for (String name : List.of("arch", "type", "relay")) {
      assertThatThrownBy(() -> ask(Map.of(name, "nonsense")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name + ": wanted");
    }
  }

  private Explained ask(Map<String, String> words) {
    return ask(site, words);
  }

  private Explained ask(Site site, Map<String, String> words) {
    table.segments(site);
    Question question = Question.parse(Fixture.MAC, name -> Optional.ofNullable(words.get(name)));
    return explainer.explain(question, new Snapshot(site, MemoryBook.of(), table), Fixture.NOW);
  }

  private static Segment with(List<DhcpOption> options) {
    Segment plain = Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199");
    return new Segment(
        plain.name(),
        Cidr.of("192.168.33.0/24"),
        Optional.empty(),
        false,
        Segment.Mode.SERVER,
        false,
        plain.pool(),
        plain.router(),
        plain.dns(),
        plain.domain(),
        Duration.ofHours(12),
        options.stream().map(OptionSetting::of).toList(),
        Map.of(),
        plain.unknownMachines(),
        Optional.empty(),
        Map.of());
  }

  private static List<String> rows(Explained explained) {
    return explained.parts().stream()
        .map(part -> part.name() + "|" + part.value() + "|" + part.origin())
        .toList();
  }
}
