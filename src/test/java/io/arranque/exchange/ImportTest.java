package io.arranque.exchange;

import static io.arranque.exchange.Sample.PC1;
import static io.arranque.exchange.Sample.PC2;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Mac;
import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.exchange.Proposal.State;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportTest {
  private final MemoryBook book =
      MemoryBook.of(
          Sample.machine(PC1, "pc1", "1", "worker", "192.168.33.11"),
          Sample.machine(PC2, "pc2", "2", "worker", "192.168.33.12"));

  @Test
  void each_row_says_what_it_would_change_and_a_look_changes_nothing() {
    Outcome outcome =
        Sample.look(
            book,
            """
            mac,hostname,role,seat,address
            52:54:00:00:00:01,maestro,,-,
            52-54-00-00-00-02,pc2,worker,2,192.168.33.12
            5254.0000.0003,pc3,local-disk,3,192.168.33.13
            """);

    assertThat(states(outcome)).containsExactly(State.CHANGED, State.UNCHANGED, State.NEW);
    assertThat(outcome.proposals().get(0).line()).isEqualTo(2);
    assertThat(outcome.proposals().get(0).changes())
        .containsExactly(
            new FieldChange("hostname", Optional.of("pc1"), Optional.of("maestro")),
            new FieldChange("seat", Optional.of("1"), Optional.empty()));
    assertThat(outcome.refusals()).isEmpty();
    assertThat(book.committed()).isEmpty();
  }

  @Test
  void two_machines_swap_their_names_and_addresses_in_one_file() {
    Outcome outcome =
        Sample.take(
            book,
            """
            mac;name;ip
            52:54:00:00:00:01;pc2;192.168.33.12
            52:54:00:00:00:02;PC1;192.168.33.11
            """);

    assertThat(outcome.refusals()).isEmpty();
    assertThat(name(PC1)).isEqualTo("pc2");
    assertThat(name(PC2)).isEqualTo("PC1");
    assertThat(machine(PC1).assignment().reservation().orElseThrow()).hasToString("192.168.33.12");
  }

  @Test
  void one_bad_row_holds_all_back_unless_bad_rows_are_skipped() {
    String text = "mac,hostname\n52:54:00:00:00:01,good\n52:54:00:00:00:02,-bad-\n";

    Outcome strict = Sample.take(book, text);
    assertThat(strict.isRefused()).isTrue();
    assertThat(states(strict)).containsExactly(State.CHANGED, State.REFUSED);
    assertThat(name(PC1)).isEqualTo("pc1");

    Outcome lenient = Sample.take(book, text, Sample.SKIPPING);
    assertThat(lenient.isRefused()).isFalse();
    assertThat(name(PC1)).isEqualTo("good");
    assertThat(name(PC2)).isEqualTo("pc2");
  }

  @Test
  void a_row_that_counts_on_a_refused_one_is_refused_with_it() {
    // The first takes the second's name, the second gets none because its role does not exist.
    Outcome outcome =
        Sample.take(
            book,
            """
            mac,hostname,role
            52:54:00:00:00:01,pc2,
            52:54:00:00:00:02,other,no-such-role
            52:54:00:00:00:03,pc1,
            52:54:00:00:00:04,pc4,
            """,
            Sample.SKIPPING);

    assertThat(states(outcome))
        .containsExactly(State.REFUSED, State.REFUSED, State.REFUSED, State.NEW);
    assertThat(rules(outcome)).containsExactly("HOSTNAME_TAKEN", "ROLE_UNKNOWN", "HOSTNAME_TAKEN");
    assertThat(outcome.proposals().get(2).remarks().get(0).detail()).endsWith("line 2");
  }

  @Test
  void what_stands_in_a_file_twice_is_refused_with_the_other_line() {
    Outcome outcome =
        Sample.look(
            book,
            """
            mac,hostname,room,seat,address
            52:54:00:00:00:03,same,sala5,9,192.168.33.20
            52:54:00:00:00:04,SAME,sala5,9,192.168.33.20
            52:54:00:00:00:05,pc5,,,
            525400000005,pc6,,,
            """);

    assertThat(rules(outcome))
        .containsExactly(
            "HOSTNAME_TAKEN",
            "RESERVATION_TAKEN",
            "SEAT_TWICE",
            "HOSTNAME_TAKEN",
            "RESERVATION_TAKEN",
            "SEAT_TWICE",
            "MAC_TWICE",
            "MAC_TWICE");
    assertThat(outcome.proposals().get(0).remarks())
        .allSatisfy(remark -> assertThat(remark.detail()).endsWith("line 3"));
  }

  @Test
  void every_rule_of_the_page_is_asked() {
    Outcome outcome =
        Sample.look(
            book,
            """
            mac,hostname,room,role,address,var.disk,option.router,seat
            01:00:5e:00:00:01,,,,,,,
            52:54:00:00:00:03,a_b,,,,,,
            52:54:00:00:00:04,,Sala 5,,,,,
            52:54:00:00:00:05,,,wroker,,,,
            52:54:00:00:00:06,,,,10.9.9.9,,,
            52:54:00:00:00:07,,,,not-one,,,
            52:54:00:00:00:08,,,,192.168.33.1,,,
            52:54:00:00:00:09,,,,192.168.33.2,,,
            52:54:00:00:00:0a,,,worker,,sda,,
            52:54:00:00:00:0b,,,,,,nonsense,
            52:54:00:00:00,,,,,,,
            ,pc,,,,,,
            """);

    assertThat(rules(outcome))
        .containsExactly(
            "MAC_IS_GROUP",
            "HOSTNAME_MALFORMED",
            "ROOM_MALFORMED",
            "ROLE_UNKNOWN",
            "RESERVATION_OUTSIDE",
            "RESERVATION_MALFORMED",
            "RESERVATION_NOT_A_MACHINES",
            "RESERVATION_NOT_A_MACHINES",
            "VARIABLE_INVALID",
            "OPTION_INVALID",
            "MAC_MALFORMED",
            "MAC_MISSING");
  }

  @Test
  void a_mask_keeps_the_secret_and_none_is_ever_shown() {
    Outcome outcome =
        Sample.take(
            book,
            """
            mac,var.token,hostname
            52:54:00:00:00:01,********,renamed
            52:54:00:00:00:02,geheim,
            52:54:00:00:00:03,********,pc3
            """);

    assertThat(machine(PC1).assignment().vars()).containsEntry("token", "s3cret");
    assertThat(machine(PC2).assignment().vars()).containsEntry("token", "geheim");
    assertThat(machine(Mac.of("52:54:00:00:00:03")).assignment().vars()).isEmpty();
    assertThat(outcome.proposals().get(2).remarks().get(0).rule()).isEqualTo("SECRET_MISSING");
    assertThat(outcome.proposals().toString() + outcome.undo()).doesNotContain("geheim", "s3cret");
  }

  @Test
  void the_undo_document_brings_back_what_was_before() {
    book.with(new Room("sala5", "Ground floor", Map.of("a", "b")));
    MemoryBook before = copy();
    Outcome outcome =
        Sample.take(
            book,
            """
            rooms:
              - { name: sala5, description: null, vars: { a: null, new: "1" } }
              - { name: sala6, description: Upstairs }
            machines:
              - { mac: "52:54:00:00:00:01", forget: true }
              - { mac: "52:54:00:00:00:02", hostname: other, seat: null, vars: { x: "1" } }
              - { mac: "52:54:00:00:00:03", hostname: pc1, room: sala6 }
            """);
    assertThat(outcome.refusals()).isEmpty();
    assertThat(states(outcome))
        .containsExactly(State.CHANGED, State.NEW, State.FORGOTTEN, State.CHANGED, State.NEW);
    assertThat(name(Mac.of("52:54:00:00:00:03"))).isEqualTo("pc1");

    Outcome undone = Sample.take(book, outcome.undo());

    assertThat(undone.refusals()).isEmpty();
    assertThat(List.copyOf(book.rooms())).isEqualTo(List.copyOf(before.rooms())).hasSize(1);
    assertThat(book.machine(PC2)).isEqualTo(before.machine(PC2));
    assertThat(book.machine(Mac.of("52:54:00:00:00:03"))).isEmpty();
    // The secret of the forgotten machine is in no file.
    assertThat(machine(PC1).assignment().vars()).containsOnly(Map.entry("disk", "/dev/sdb"));
    assertThat(undone.proposals().toString()).contains("SECRET_MISSING");
  }

  @Test
  void what_is_so_already_may_stay_although_the_rules_have_changed() {
    book.with(
        Machine.unknown(PC1)
            .with(machine(PC1).assignment().withRole(Optional.of("role-that-has-gone"))));

    Outcome outcome =
        Sample.look(book, "mac,hostname,role\n52:54:00:00:00:01,pc1,role-that-has-gone\n");

    assertThat(states(outcome)).containsExactly(State.UNCHANGED);
  }

  @Test
  void a_room_is_for_the_rows_that_name_none() {
    Outcome outcome =
        Sample.take(
            book, "mac,room\n52:54:00:00:00:07,\n52:54:00:00:00:08,sala6\n", Sample.RESERVING);

    assertThat(outcome.refusals()).isEmpty();
    assertThat(machine(Mac.of("52:54:00:00:00:07")).assignment().room()).contains("sala5");
    assertThat(machine(Mac.of("52:54:00:00:00:08")).assignment().room()).contains("sala6");
  }

  private Machine machine(Mac mac) {
    return book.machine(mac).orElseThrow();
  }

  private String name(Mac mac) {
    return machine(mac).hostname();
  }

  private MemoryBook copy() {
    MemoryBook copy = MemoryBook.of(book.machines().toArray(Machine[]::new));
    book.rooms().forEach(copy::with);
    return copy;
  }

  static List<State> states(Outcome outcome) {
    return outcome.proposals().stream().map(Proposal::state).toList();
  }

  static List<String> rules(Outcome outcome) {
    return outcome.refusals().stream().map(Remark::rule).toList();
  }
}
