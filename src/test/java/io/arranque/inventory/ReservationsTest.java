package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationsTest {
  private static final Mac MAC = Mac.of("52:54:00:00:00:01");
  private static final Mac OTHER = Mac.of("52:54:00:00:00:02");
  private static final Ipv4 TEN = Ipv4.of("192.168.33.10");

  @TempDir Path folder;
  private Site site;
  private final MemoryBook known =
      MemoryBook.of(
          Machine.unknown(MAC),
          Machine.unknown(OTHER)
              .with(Assignment.NONE.withReservation(Optional.of(Ipv4.of("192.168.33.11")))));

  @BeforeEach
  void load() throws IOException {
    write("reservations: { \"52:54:00:00:00:03\": 192.168.33.12 }\n");
  }

  private void write(String more) throws IOException {
    for (String script : List.of("boot", "discover", "error")) {
      Files.createDirectories(folder.resolve("ipxe-scripts"));
      Files.writeString(folder.resolve("ipxe-scripts/" + script + ".ipxe"), "#!ipxe\n");
    }
    Files.createDirectories(folder.resolve("dhcp"));
    Files.writeString(
        folder.resolve("dhcp/sala5.yaml"),
        "subnet: 192.168.33.0/24\nrouter: 192.168.33.1\npool: 192.168.33.100-192.168.33.199\n"
            + more);
    site = SiteLoader.load(folder).site().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "ten, RESERVATION_MALFORMED",
    "192.168.33.256, RESERVATION_MALFORMED",
    "10.0.0.1, RESERVATION_OUTSIDE",
    "192.168.33.0, RESERVATION_NOT_A_MACHINES",
    "192.168.33.255, RESERVATION_NOT_A_MACHINES",
    "192.168.33.1, RESERVATION_NOT_A_MACHINES",
    "192.168.33.11, RESERVATION_TAKEN",
    "192.168.33.12, RESERVATION_TAKEN",
  })
  void an_address_that_no_machine_or_another_has_is_refused(String address, Kind expected) {
    Decision decision = edit(address);

    assertThat(decision).isInstanceOf(Decision.Refused.class);
    assertThat(((Decision.Refused) decision).refusals())
        .extracting(Refusal::kind)
        .containsExactly(expected);
  }

  @Test
  void an_address_in_the_pool_or_beside_it_is_taken_and_given_back() {
    for (String address : List.of("192.168.33.10", "192.168.33.150", "")) {
      known.with(Machine.unknown(MAC).with(assignment(edit(address))));
      assertThat(known.machine(MAC).orElseThrow().assignment().reservation())
          .isEqualTo(Ipv4.parse(address));
    }
  }

  @Test
  void who_is_reserved_an_address_in_the_file_may_have_it_in_the_page_too() throws IOException {
    write("reservations: { \"" + MAC + "\": 192.168.33.10 }\n");
    assertThat(edit("192.168.33.10")).isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void our_own_address_is_refused_and_one_in_use_unless_people_say_so() {
    Reservations.Wire wire =
        new Reservations.Wire(
            address -> address.equals(TEN) ? Optional.of(OTHER) : Optional.empty(),
            segment -> Ipv4.of("192.168.33.2"));

    assertThat(kinds("192.168.33.2", false, wire)).containsExactly(Kind.RESERVATION_NOT_A_MACHINES);
    assertThat(kinds("192.168.33.10", false, wire)).containsExactly(Kind.RESERVATION_LEASED);
    assertThat(kinds("192.168.33.10", true, wire)).isEmpty();
    assertThat(kinds("192.168.33.13", false, wire)).isEmpty();
  }

  @Test
  void an_address_that_a_changed_file_made_wrong_stays_and_is_told() throws IOException {
    known.with(Machine.unknown(MAC).with(assignment(edit("192.168.33.10"))));
    assertThat(Reservations.conflicts(site, known)).isEmpty();

    write("reservations: { \"" + MAC + "\": 192.168.33.20, 52-54-00-00-00-03: 192.168.33.11 }\n");

    assertThat(Reservations.conflicts(site, known))
        .containsExactlyInAnyOrder(
            "dhcp/sala5.yaml reservations."
                + MAC
                + ": warning: 192.168.33.20 here and 192.168.33.10 in the page, which wins",
            "reservation of "
                + OTHER
                + ": The address is reserved for another machine. (192.168.33.11: dhcp/sala5.yaml,"
                + " 52:54:00:00:00:03)");
    assertThat(Assignments.edit(site, known, OTHER, AssignmentEdit.NOTHING, "eva"))
        .isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void options_are_kept_as_written_merged_by_code_and_refused_when_wrong() {
    known.with(
        Machine.unknown(MAC)
            .with(Assignment.NONE.withOptions(OptionLines.of(Map.of("ntp", "10.0.0.1")))));

    assertThat(options(Map.of("mtu", "1400")).texts())
        .containsEntry("ntp", "10.0.0.1")
        .containsEntry("mtu", "1400");
    assertThat(options(Map.of("42", "none")).texts()).containsExactly(Map.entry("42", "none"));
    assertThat(options(Map.of("ntp-servers", "")).texts()).isEmpty();
    for (Map<String, String> wrong :
        List.of(
            Map.of("mtu", "big"),
            Map.of("53", "5"),
            Map.of("no-such", "1"),
            Map.of("224", "naked"),
            Map.of("mtu", "1", "interface-mtu", "2"))) {
      Decision decision = Assignments.edit(site, known, MAC, withOptions(wrong), "eva");
      assertThat(decision).as(wrong.toString()).isInstanceOf(Decision.Refused.class);
      assertThat(((Decision.Refused) decision).refusals())
          .extracting(Refusal::kind)
          .containsExactly(Kind.OPTION_INVALID);
    }
  }

  private OptionLines options(Map<String, String> edits) {
    return assignment(Assignments.edit(site, known, MAC, withOptions(edits), "eva")).options();
  }

  private static AssignmentEdit withOptions(Map<String, String> options) {
    return AssignmentEdit.NOTHING.withNetwork(options, Optional.empty(), false);
  }

  private Decision edit(String address) {
    return Assignments.edit(site, known, MAC, AssignmentEdit.reservation(address, false), "eva");
  }

  private List<Kind> kinds(String address, boolean even, Reservations.Wire wire) {
    AssignmentEdit edit = AssignmentEdit.reservation(address, even);
    return Reservations.onTheWire(site, known, MAC, edit, wire).stream()
        .map(Refusal::kind)
        .toList();
  }

  private static Assignment assignment(Decision decision) {
    InventoryChange change = ((Decision.Accepted) decision).changes().get(0);
    return ((InventoryChange.Assigned) change).assignment();
  }
}
