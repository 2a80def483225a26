package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.Forgotten;
import io.arranque.inventory.InventoryChange.InstallationChanged;
import io.arranque.inventory.InventoryChange.MacMerged;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.InventoryChange.Seen;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.BootPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is taken back, and what is left because it is not any more what was done. */
class UndoTest {
  private static final Mac PC = Mac.of("52:54:00:00:00:01");
  private static final Mac CARD = Mac.of("52:54:00:00:00:99");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Assignment WORKER =
      new Assignment(
          Optional.of("pc1"),
          Optional.of("sala5"),
          Optional.of("A1"),
          Optional.of("worker"),
          Map.of("disk", "/dev/sda", "token", "s3cret"));

  private final MemoryBook book = MemoryBook.of(Machine.unknown(PC).with(WORKER));

  @Test
  void a_role_comes_back_and_what_people_changed_beside_it_stays() throws StoreFailure {
    Undo.Did did = done(new Assigned(PC, WORKER.withRole(Optional.of("other")), "ana"));
    Assignment renamed =
        new Assignment(
            Optional.of("renamed"),
            WORKER.room(),
            WORKER.seat(),
            Optional.of("other"),
            WORKER.vars());
    commit(new Assigned(PC, renamed, "leo"));
    undo(did);
    assertThat(machine().assignment().role()).contains("worker");
    assertThat(machine().hostname()).isEqualTo("renamed");
  }

  @Test
  void a_role_that_somebody_gave_since_is_left() throws StoreFailure {
    Undo.Did did = done(new Assigned(PC, WORKER.withRole(Optional.of("other")), "ana"));
    commit(new Assigned(PC, WORKER.withRole(Optional.of("third")), "leo"));
    assertThat(refusal(did)).isEqualTo(Kind.CHANGED_SINCE);
  }

  @Test
  void values_come_back_one_by_one_those_that_were_new_go() throws StoreFailure {
    Assignment edited = withVars(Map.of("disk", "/dev/nvme0n1", "token", "new", "debug", "true"));
    Undo.Did did = done(new Assigned(PC, edited, "ana"));
    commit(
        new Assigned(
            PC,
            withVars(Map.of("disk", "/dev/nvme0n1", "token", "new", "debug", "true", "later", "1")),
            "leo"));
    undo(did);
    assertThat(machine().assignment().vars())
        .isEqualTo(Map.of("disk", "/dev/sda", "token", "s3cret", "later", "1"));
  }

  @Test
  void one_value_that_was_changed_since_leaves_the_whole_machine() throws StoreFailure {
    Undo.Did did = done(new Assigned(PC, withVars(Map.of("disk", "/dev/sdb")), "ana"));
    commit(new Assigned(PC, withVars(Map.of("disk", "/dev/sdc")), "leo"));
    assertThat(refusal(did)).isEqualTo(Kind.CHANGED_SINCE);
    assertThat(machine().assignment().vars()).isEqualTo(Map.of("disk", "/dev/sdc"));
  }

  @Test
  void the_window_that_a_role_opened_is_closed_with_it_unless_it_was_used() throws StoreFailure {
    Provisioning.Window window =
        new Provisioning.Window(NOW.plusSeconds(3600), "ana", Provisioning.Cause.ASKED);
    Undo.Did did =
        done(
            new Assigned(PC, WORKER.withRole(Optional.of("other")), "ana"),
            new Provisioned(PC, Provisioning.NONE.with(Optional.of(window)), "ana", ""));
    Provisioning used = machine().provisioning().told("cloud-config", List.of("token"), NOW);
    commit(new Provisioned(PC, used, "", ""));
    undo(did);
    assertThat(machine().assignment().role()).contains("worker");
    assertThat(machine().provisioning().told()).containsKey("token");
  }

  @Test
  void arming_is_undone_only_while_the_window_is_as_it_was_opened() throws StoreFailure {
    Undo.Did did = done(accepted(Armings.arm(book, List.of(PC), Duration.ofHours(1), "ana", NOW)));
    undo(did);
    assertThat(machine().provisioning().window()).isEmpty();
    Undo.Did again = done(accepted(Armings.arm(book, List.of(PC), Duration.ofHours(1), "a", NOW)));
    commit(accepted(Armings.arm(book, List.of(PC), Duration.ofHours(5), "leo", NOW)));
    assertThat(refusal(again)).isEqualTo(Kind.CHANGED_SINCE);
  }

  @Test
  void an_installation_that_has_begun_since_is_left() throws StoreFailure {
    Installation installed = Installation.NONE.done("worker", NOW);
    commit(new InstallationChanged(PC, installed, ""));
    Undo.Did did = done(accepted(Installations.again(book, PC, BootPolicy.INSTALL_ONCE, "ana")));
    undo(did);
    assertThat(machine().installation()).isEqualTo(installed);

    Undo.Did again = done(accepted(Installations.again(book, PC, BootPolicy.INSTALL_ONCE, "ana")));
    commit(new InstallationChanged(PC, machine().installation().begun("worker"), ""));
    assertThat(refusal(again)).isEqualTo(Kind.CHANGED_SINCE);
  }

  @Test
  void a_forgotten_machine_comes_back_with_all_that_was_known() throws StoreFailure {
    commit(new Seen(sighting(NOW.minusSeconds(86_400))), new Seen(sighting(NOW)));
    commit(new MacMerged(CARD, PC, "ana"));
    commit(new InstallationChanged(PC, Installation.NONE.done("worker", NOW), ""));
    Machine before = machine();
    Undo.Did did = done(new Forgotten(PC, "ana"));
    assertThat(book.machine(PC)).isEmpty();
    undo(did);
    assertThat(machine()).isEqualTo(before);
    assertThat(machine().firstSeen()).contains(NOW.minusSeconds(86_400));
    assertThat(book.key(CARD)).isEqualTo(PC);
  }

  @Test
  void one_that_asked_meanwhile_comes_back_too_and_one_that_was_entered_anew_does_not()
      throws StoreFailure {
    Undo.Did did = done(new Forgotten(PC, "ana"));
    commit(new Seen(sighting(NOW.plusSeconds(60))));
    undo(did);
    assertThat(machine().assignment()).isEqualTo(WORKER);
    assertThat(machine().lastSeen()).contains(NOW.plusSeconds(60));

    Undo.Did again = done(new Forgotten(PC, "ana"));
    commit(new Assigned(PC, Assignment.NONE.withRole(Optional.of("other")), "leo"));
    assertThat(refusal(again)).isEqualTo(Kind.CHANGED_SINCE);
  }

  @Test
  void a_forgotten_ones_name_may_be_anothers_by_now() throws StoreFailure {
    Undo.Did did = done(new Forgotten(PC, "ana"));
    commit(
        new Assigned(
            CARD,
            new Assignment(
                Optional.of("PC1"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()),
            "x"));
    assertThat(refusal(did)).isEqualTo(Kind.HOSTNAME_TAKEN);
  }

  @Test
  void what_is_so_already_is_no_change() {
    Undo.Did did = Undo.did(machine(), Set.of(), List.of(new Assigned(PC, WORKER, "ana")));
    assertThat(did.isChange()).isFalse();
  }

  private Undo.Did done(InventoryChange... changes) throws StoreFailure {
    Undo.Did did = Undo.did(machine(), book.macs(PC), List.of(changes));
    commit(changes);
    return did;
  }

  private void undo(Undo.Did did) throws StoreFailure {
    commit(accepted(Undo.of(book, did, "ana")));
  }

  private Kind refusal(Undo.Did did) {
    return ((Decision.Refused) Undo.of(book, did, "ana")).refusals().get(0).kind();
  }

  private static InventoryChange[] accepted(Decision decision) {
    return ((Decision.Accepted) decision).changes().toArray(InventoryChange[]::new);
  }

  private void commit(InventoryChange... changes) throws StoreFailure {
    List<InventoryChange> committed = book.commit(now -> List.of(changes));
    assertThat(committed).hasSize(changes.length);
  }

  private Machine machine() {
    return book.machine(PC).orElseThrow();
  }

  private static Assignment withVars(Map<String, String> vars) {
    return new Assignment(WORKER.hostname(), WORKER.room(), WORKER.seat(), WORKER.role(), vars);
  }

  private static Sighting sighting(Instant at) {
    return new Sighting(
        PC, Hardware.UNKNOWN, Optional.of("sala5"), Optional.of(Ipv4.of("192.168.33.101")), at);
  }
}
