package io.arranque.store;

import static io.arranque.store.Samples.ADDRESS;
import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.OTHER_PC;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.Octets;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import io.arranque.inventory.SwitchPort;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, fixed addresses and switch ports over a real database. */
class InventoryNetworkTest {
  private static final OptionLines OPTIONS =
      OptionLines.of(Map.of("ntp-servers", "192.168.33.1", "224", "text:\"ñ\", 'quoted'"));

  @TempDir Path state;
  private Database database;
  private InventoryStore inventory;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    inventory = new InventoryStore(database, InstantSource.fixed(NOON));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() throws StoreFailure {
    close();
    open();
  }

  private void commit(InventoryChange... changes) throws StoreFailure {
    inventory.commit(view -> List.of(changes));
  }

  private static InventoryChange reserved(io.arranque.address.Mac mac, Optional<Ipv4> address) {
    return new InventoryChange.Assigned(mac, Assignment.NONE.withReservation(address), "ana");
  }

  private static InventoryChange seenAt(Instant at, String circuit) {
    SwitchPort port =
        new SwitchPort(
            Optional.of(Octets.ofHex(circuit)),
            Optional.of(Octets.ofHex("00ff" + "00".repeat(250))),
            Optional.of(ADDRESS),
            at);
    return new InventoryChange.Seen(
        new Sighting(
            PC, Hardware.UNKNOWN, Optional.of("aula"), Optional.empty(), Optional.of(port), at));
  }

  @Test
  void options_of_machine_and_room_and_the_fixed_address_are_the_same_after_a_restart()
      throws StoreFailure {
    Assignment assignment =
        Assignment.NONE.withOptions(OPTIONS).withReservation(Optional.of(ADDRESS));
    Room room = new Room("sala5", "", Map.of(), OptionLines.of(Map.of("router", "none")));
    commit(
        new InventoryChange.Assigned(PC, assignment, "ana"),
        new InventoryChange.RoomSaved(room, "ana"));
    restart();

    assertThat(inventory.view().machine(PC)).map(Machine::assignment).contains(assignment);
    assertThat(inventory.view().room("sala5")).contains(room);
    assertThat(inventory.view().reservedAt(ADDRESS)).contains(PC);

    commit(new InventoryChange.Assigned(PC, Assignment.NONE, "ana"));
    restart();
    assertThat(inventory.view().machine(PC)).map(Machine::assignment).contains(Assignment.NONE);
    assertThat(inventory.view().reservedAt(ADDRESS)).isEmpty();
  }

  @Test
  void who_has_an_address_reserved_is_known_at_once_whatever_becomes_of_the_machines()
      throws StoreFailure {
    commit(reserved(PC, Optional.of(ADDRESS)));
    commit(reserved(PC, Optional.empty()), reserved(OTHER_PC, Optional.of(ADDRESS)));
    assertThat(inventory.view().reservations()).containsExactly(Map.entry(ADDRESS, OTHER_PC));
    commit(reserved(OTHER_PC, Optional.of(ADDRESS.plus(1))));
    assertThat(inventory.view().reservations())
        .containsExactly(Map.entry(ADDRESS.plus(1), OTHER_PC));
    commit(new InventoryChange.Forgotten(OTHER_PC, "ana"));
    assertThat(inventory.view().reservations()).isEmpty();
  }

  @Test
  void the_switch_port_is_kept_verbatim_and_a_renewal_at_the_same_port_is_no_news()
      throws StoreFailure {
    commit(seenAt(NOON, "0004000c0107"));
    commit(seenAt(NOON.plusSeconds(59), "0004000c0107"));
    assertThat(port().lastSeen()).isEqualTo(NOON);
    commit(seenAt(NOON.plusSeconds(60), "0004000c0107"));
    commit(seenAt(NOON.plusSeconds(61), "0004000c0108"));
    SwitchPort moved = port();
    assertThat(moved.port()).isEqualTo("vlan 12, module 1, port 8");
    restart();
    assertThat(port()).isEqualTo(moved);

    commit(
        new InventoryChange.Seen(
            new Sighting(
                PC, Hardware.UNKNOWN, Optional.empty(), Optional.empty(), NOON.plusSeconds(200))));
    assertThat(port()).as("a message without option 82 tells nothing of it").isEqualTo(moved);
  }

  private SwitchPort port() {
    return inventory.view().machine(PC).flatMap(Machine::switchPort).orElseThrow();
  }
}
