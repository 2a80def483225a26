package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Text;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A boot belongs to the machine that has the lease, and to nobody who only knows its MAC. */
class LeasedAddressTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Ipv4 LEASED = Ipv4.of("192.168.33.100");
  private static final Ipv4 OTHER = Ipv4.of("192.168.33.101");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final BootDesk desk =
      new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ZERO);
  private final MemoryBook book = new MemoryBook();
  private Site site;

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
    book.assign(MAC, "lab-pc");
  }

  @Test
  void the_machine_at_its_leased_address_gets_its_script_and_a_boot() {
    Text answer = asked(LEASED, (mac, segment) -> Optional.of(LEASED));

    assertThat(answer.body()).contains("images/lab/vmlinuz");
    assertThat(answer.changes()).hasSize(2);
  }

  @Test
  void another_address_is_refused_and_the_machines_present_boot_stays() {
    Text answer = asked(OTHER, (mac, segment) -> Optional.of(LEASED));

    assertThat(answer.body()).contains(Reason.OTHER_ADDRESS.sentence()).doesNotContain("vmlinuz");
    assertThat(answer.changes()).isEmpty();
    assertThat(answer.event().map(BootEvent::reason)).contains(Reason.OTHER_ADDRESS);
  }

  @Test
  void where_we_gave_it_no_address_whoever_asks_is_taken_for_it() {
    assertThat(asked(OTHER, LeasedAddresses.UNKNOWN).changes()).hasSize(2);
  }

  @Test
  void a_loader_asked_for_before_the_inventory_has_heard_of_the_lease_is_the_machines() {
    assertThat(loader(LeasedAddresses.UNKNOWN).download()).isEmpty();
    assertThat(loader(holding(LEASED)).download())
        .contains(new BootAnswer.Download(MAC, Stage.LOADER));
    assertThat(loader(holding(OTHER)).download()).isEmpty();
  }

  private BootAnswer.File loader(LeasedAddresses leased) {
    return (BootAnswer.File) answered("/tftp/snponly.efi", LEASED, leased);
  }

  private static LeasedAddresses holding(Ipv4 held) {
    return new LeasedAddresses() {
      @Override
      public Optional<Ipv4> of(Mac mac, Segment segment) {
        return Optional.of(held);
      }

      @Override
      public Optional<Mac> holder(Ipv4 address) {
        return Optional.of(MAC).filter(mac -> address.equals(held));
      }
    };
  }

  private Text asked(Ipv4 client, LeasedAddresses leased) {
    String script = "/ipxe?mac=" + MAC + "&platform=pcbios&buildarch=i386";
    return (Text) answered(script, client, leased);
  }

  private BootAnswer answered(String target, Ipv4 client, LeasedAddresses leased) {
    return desk.answer(
        BootRoutes.parse("GET", target),
        new BootSnapshot(site, book.view(), leased),
        new Exchange(client, Ipv4.of("192.168.33.1"), NOW, "0".repeat(32), ""));
  }
}
