package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  private static final Mac PC07 = Mac.of("52:54:00:00:00:07");
  private static final Mac NEW = Mac.of("52:54:00:00:00:99");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String REAL = "4c4c4544-0043-3510-8052-b4c04f4a4d31";
  private static final String JUNK = "03000200-0400-0500-0006-000700080009";

  /**
   * What the new MAC came with, what pc-07 is known to have, and by what they are taken for one.
   */
  @ParameterizedTest
  @CsvSource({
    // uuid, serial, model; uuid, serial, model; basis
    REAL + ", -,     -,    " + REAL + ", -,     -,    UUID",
    REAL + ", S7,    M,    " + REAL + ", S7,    M,    UUID",
    REAL + ", S8,    M,    " + REAL + ", S7,    M,    -",
    JUNK + ", -,     -,    " + JUNK + ", -,     -,    -",
    JUNK + ", S7,    M,    " + JUNK + ", S7,    M,    SERIAL",
    "-,       S7,    M,    -,           S7,    M,    SERIAL",
    "-,       S7,    N,    -,           S7,    M,    -",
    "-,       S7,    -,    -,           S7,    M,    -",
    "-,       None,  M,    -,           None,  M,    -",
    "-,       To be filled by O.E.M., M, -,    To be filled by O.E.M., M, -",
    REAL + ", -,     -,    -,           -,     -,    -",
  })
  void a_mac_is_taken_for_a_card_of_a_known_machine_by_what_tells_machines_apart(
      String uuid,
      String serial,
      String model,
      String itsUuid,
      String its,
      String itsModel,
      String basis) {
    MemoryBook book = MemoryBook.of(entered(PC07, hardware(itsUuid, its, itsModel), 60));
    Optional<Identity.Pending> pending =
        Identity.pending(book, seen(NEW, hardware(uuid, serial, model), 0));
    assertThat(pending.map(p -> p.basis().name()).orElse("-")).isEqualTo(basis);
    pending.ifPresent(p -> assertThat(p.known().mac()).isEqualTo(PC07));
  }

  @Test
  void two_that_are_on_the_wire_at_once_are_two() {
    MemoryBook book = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 1));
    assertThat(Identity.pending(book, seen(NEW, hardware(REAL, "-", "-"), 0))).isEmpty();
    assertThat(Identity.pending(book, seen(NEW, hardware(REAL, "-", "-"), -5))).isPresent();
  }

  @Test
  void a_uuid_of_two_known_machines_or_of_a_batch_of_boards_tells_nothing() {
    MemoryBook two = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 60));
    two.with(entered(new Mac(PC07.bits() + 1), hardware(REAL, "-", "-"), 60));
    assertThat(Identity.pending(two, seen(NEW, hardware(REAL, "-", "-"), 0))).isEmpty();

    MemoryBook batch = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 60));
    for (int i = 1; i < 5; i++) {
      batch.with(seen(new Mac(PC07.bits() + i), hardware(REAL, "-", "-"), 60));
    }
    assertThat(Identity.pending(batch, seen(NEW, hardware(REAL, "-", "-"), 0))).isEmpty();
  }

  @Test
  void one_that_people_entered_is_a_machine_of_its_own_and_so_is_one_that_they_refused()
      throws Exception {
    MemoryBook book = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 60));
    Machine stranger = seen(NEW, hardware(REAL, "-", "-"), 0);
    book.with(stranger);
    assertThat(Identity.pending(book, entered(NEW, hardware(REAL, "-", "-"), 0))).isEmpty();
    commit(book, Cards.refuse(book, NEW, PC07, "ana"));
    assertThat(Identity.pending(book, stranger)).isEmpty();
  }

  @Test
  void after_a_merge_either_mac_is_the_machine_and_a_split_undoes_it() throws Exception {
    MemoryBook book = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 60));
    book.with(seen(NEW, hardware(REAL, "-", "-"), 0));
    commit(book, Cards.merge(book, NEW, PC07, "ana"));
    assertThat(book.machine(NEW)).isEqualTo(book.machine(PC07)).isPresent();
    assertThat(book.macs(PC07)).containsExactly(NEW);
    assertThat(book.machines()).hasSize(1);
    assertThat(kind(Cards.merge(book, NEW, PC07, "ana"))).isEqualTo(Kind.MAC_TAKEN);
    assertThat(kind(Cards.split(book, PC07, PC07, "ana"))).isEqualTo(Kind.MAC_NOT_FURTHER);

    commit(book, Cards.split(book, NEW, PC07, "ana"));
    assertThat(book.machine(NEW)).isEmpty();
    assertThat(Identity.pending(book, seen(NEW, hardware(REAL, "-", "-"), 0))).isEmpty();
  }

  @Test
  void what_people_entered_is_never_given_up_by_a_merge() {
    MemoryBook book = MemoryBook.of(entered(PC07, hardware(REAL, "-", "-"), 60));
    book.with(entered(NEW, hardware(REAL, "-", "-"), 0));
    assertThat(kind(Cards.merge(book, NEW, PC07, "ana"))).isEqualTo(Kind.MAC_ENTERED);
    assertThat(kind(Cards.merge(book, PC07, PC07, "ana"))).isEqualTo(Kind.MAC_TAKEN);
    assertThat(kind(Cards.merge(book, NEW, new Mac(NEW.bits() + 1), "ana")))
        .isEqualTo(Kind.MACHINE_UNKNOWN);
    assertThat(kind(Cards.merge(book, Mac.of("01:00:5e:00:00:01"), PC07, "ana")))
        .isEqualTo(Kind.MAC_IS_GROUP);
  }

  @Test
  void the_evidence_says_what_agrees_and_what_differs() {
    List<Identity.Evidence> evidence =
        Identity.evidence(
            seen(NEW, hardware(REAL, "S7", "M"), 0), seen(PC07, hardware(REAL, "S8", "-"), 9));
    assertThat(evidence)
        .filteredOn(Identity.Evidence::agrees)
        .extracting(e -> e.what())
        .containsExactly("uuid", "vendor");
    assertThat(evidence)
        .filteredOn(Identity.Evidence::differs)
        .extracting(e -> e.what())
        .containsExactly("serial");
  }

  private static void commit(MemoryBook book, Decision decision) throws StoreFailure {
    book.commit(now -> ((Decision.Accepted) decision).changes());
  }

  private static Kind kind(Decision decision) {
    return ((Decision.Refused) decision).refusals().get(0).kind();
  }

  private static Hardware hardware(String uuid, String serial, String model) {
    return new Hardware(
        told(uuid).map(UUID::fromString),
        told(serial),
        Optional.of("Dell Inc."),
        told(model),
        Optional.empty());
  }

  private static Optional<String> told(String text) {
    return Optional.of(text).filter(t -> !t.equals("-"));
  }

  private static Machine seen(Mac mac, Hardware hardware, int minutesAgo) {
    return Machine.unknown(mac)
        .seen(
            new Sighting(
                mac,
                hardware,
                Optional.empty(),
                Optional.empty(),
                NOON.minus(Duration.ofMinutes(minutesAgo))));
  }

  private static Machine entered(Mac mac, Hardware hardware, int minutesAgo) {
    return seen(mac, hardware, minutesAgo).with(Assignment.NONE.withRole(Optional.of("worker")));
  }
}
