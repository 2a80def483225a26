package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said of PCs that are nothing but packets, each with a fault of its own, all in one room
 * with one appliance. Its clock is moved on in the middle, for what is said after an hour only.
 */
@TestMethodOrder(OrderAnnotation.class)
class SimulatedFaultsIT {
  /** For all together, from when the last was caused. */
  private static final Duration LIMIT = Duration.ofSeconds(80);

  /** Told only after so long that nobody waits for it. */
  private static final Set<Symptom> LATE =
      Set.of(
          Symptom.FELL_SILENT,
          Symptom.WOKEN_SILENT,
          Symptom.WAITED_AND_LEFT,
          Symptom.NEVER_REPORTED,
          Symptom.REGISTERING_STILL,
          Symptom.NEVER_REGISTERED);

  private static final Map<Symptom, Throwable> NOT_CAUSED = new EnumMap<>(Symptom.class);

  private static VirtualRoom room;
  private static SimulatedPcs pcs;
  private static ToldDiagnoses told;
  private static SmallDisk state;
  private static MovedClock clock;
  private static boolean moved;
  private static Instant deadline = Instant.EPOCH;

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>(AddressFaults.all());
    all.addAll(LoaderFaults.all());
    all.addAll(ScriptFaults.all());
    all.addAll(SystemFaults.all());
    return all;
  }

  static Stream<Fault> atOnce() {
    return all().stream().filter(fault -> !LATE.contains(fault.symptom()));
  }

  static Stream<Fault> later() {
    return all().stream().filter(fault -> LATE.contains(fault.symptom()));
  }

  @BeforeAll
  static void causeTheFaults() throws IOException {
    room = Rooms.open();
    FaultySite.write(room);
    state = SmallDisk.at(room.folder().resolve("state"));
    clock = MovedClock.start(room);
    pcs = SimulatedPcs.in(room);
    pcs.order("address", "add", AddressFaults.TAKEN);
    told = ToldDiagnoses.of(room, Stream.of(Symptom.values()).map(SimulatedPcs::mac).toList());
    for (Fault fault : all()) {
      SimulatedPc pc = pcs.pc(SimulatedPcs.mac(fault.symptom()));
      fault.role().ifPresent(role -> define(pcs, pc, hostname(fault.symptom()), role));
      try {
        fault.cause().by(pc);
      } catch (RuntimeException | AssertionError e) {
        NOT_CAUSED.put(fault.symptom(), e);
      }
    }
    // While somebody can still be entered.
    var unused = entered(Symptom.LEASE_NOT_WRITTEN, "plain");
    // Last, because the sixty that were heard of last are the measure.
    SystemFaults.others(pcs);
    deadline = Instant.now().plus(LIMIT);
  }

  static String hostname(Symptom symptom) {
    return symptom.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  static void define(SimulatedPcs pcs, SimulatedPc pc, String hostname, String role) {
    Map<String, String> vars =
        switch (role) {
          case "typed" -> Map.of("size", "many");
          case "secret", "guarded" -> Map.of("token", "tok-5150");
          default -> Map.of();
        };
    pcs.room().appliance().client().define(pc.mac(), hostname, role, vars);
  }

  /** What the operator does to the site while PCs boot. */
  @Test
  @Order(2)
  void is_told_of_a_site_that_changes_while_pcs_boot() {
    SimulatedPc first = entered(SimulatedPcs.bystander(60), "turn", "big");
    SimulatedPc queued = entered(Symptom.QUEUED, "big");
    SimulatedPc gone = entered(Symptom.ROLE_GONE, "gone");
    SimulatedPc typed = entered(Symptom.VALUE_WRONG, "typed");
    for (SimulatedPc pc : List.of(first, queued, gone, typed)) {
      pc.lease(SimulatedPc.IPXE);
    }
    deadline = Instant.now().plus(LIMIT);
    room.editSite("arranque.yaml", "name:", "downloads: { at-once: 1 }\nname:");
    room.editSite("cloud-init/typed/role.yaml", "type: string", "type: integer");
    pcs.removeFromSite("cloud-init/gone/user-data");
    pcs.removeFromSite("cloud-init/gone/role.yaml");
    pcs.removeFromSite("cloud-init/gone");
    gone.asksUntil("ROLE_UNKNOWN");
    typed.asksUntil("VARIABLE_INVALID");
    first.script();
    first.takes("/images/big/initrd", 4 << 20, "hold");
    queued.asksUntil("DOWNLOADS_FULL");
    assertTold(Fault.of(Symptom.ROLE_GONE, "gone", "gone", pc -> {}));
    assertTold(Fault.of(Symptom.VALUE_WRONG, "size", "typed", pc -> {}));
    assertTold(Fault.of(Symptom.QUEUED, "place 1", "big", pc -> {}));
  }

  private static boolean isTold(Symptom symptom) {
    return told.of(SimulatedPcs.mac(symptom)).containsKey(symptom);
  }

  private static SimulatedPc entered(Symptom symptom, String role) {
    return entered(SimulatedPcs.mac(symptom), hostname(symptom), role);
  }

  private static SimulatedPc entered(Mac mac, String hostname, String role) {
    SimulatedPc pc = pcs.pc(mac);
    define(pcs, pc, hostname, role);
    return pc;
  }

  /** Two that are there at once are two machines: only later is it one with another card. */
  @Test
  @Order(4)
  void is_told_of_a_machine_with_another_network_card() {
    deadline = Instant.now().plus(LIMIT);
    pcs.pc(SimulatedPcs.mac(Symptom.NEW_CARD)).told(SystemFaults.KNOWN_BOARD).boots();
    assertTold(Fault.ofStranger(Symptom.NEW_CARD, "other-0", pc -> {}));
  }

  @Test
  @Order(5)
  void is_told_of_a_full_disk() {
    SimulatedPc started = entered(Symptom.BOOT_NOT_WRITTEN, "plain");
    started.lease(SimulatedPc.IPXE);
    state.fill();
    deadline = Instant.now().plus(LIMIT);
    for (int i = 0; i < 40 && !isTold(Symptom.BOOT_NOT_WRITTEN); i++) {
      started.told("&serial=" + i).script();
    }
    assertTold(Fault.of(Symptom.BOOT_NOT_WRITTEN, "database", "plain", pc -> {}));
  }

  /** A full one does not stop leases, whose space is allocated; one that fails does. */
  @Test
  @Order(6)
  void is_told_of_a_disk_that_fails() throws IOException {
    SimulatedPc pc = pcs.pc(SimulatedPcs.mac(Symptom.LEASE_NOT_WRITTEN));
    List<String> offer = pc.dhcp("DISCOVER", SimulatedPc.ROM);
    assertThat(offer.get(0)).isEqualTo("OFFER");
    deadline = Instant.now().plus(LIMIT);
    try (var none = NoWrites.of(room)) {
      assertThat(none.processes()).isNotEmpty();
      String address = "requested=" + offer.get(1);
      pc.dhcp("REQUEST", SimulatedPc.ROM, address, "server=" + SimulatedPcs.SERVER, "answer=false");
      assertTold(Fault.of(Symptom.LEASE_NOT_WRITTEN, "written to disk", "plain", p -> {}));
    }
  }

  @AfterAll
  static void leaveTheRoom() {
    for (AutoCloseable closed : new AutoCloseable[] {told, pcs, room, state}) {
      if (closed != null) {
        try {
          closed.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("atOnce")
  @Order(1)
  void is_told(Fault fault) {
    assertTold(fault);
  }

  @ParameterizedTest
  @MethodSource("later")
  @Order(3)
  void is_told_after_an_hour(Fault fault) {
    if (!moved) {
      clock.moveTo(Duration.ofMinutes(90));
      moved = true;
      deadline = Instant.now().plus(LIMIT);
    }
    assertTold(fault);
  }

  private static List<String> story(Mac mac) {
    return pcs.pc(mac).timeline().stream()
        .map(event -> event.stage() + " " + event.reason() + " " + event.detail())
        .toList();
  }

  private static void assertTold(Fault fault) {
    Mac mac = SimulatedPcs.mac(fault.symptom());
    Throwable why = NOT_CAUSED.get(fault.symptom());
    assertThat(why).as("%s was not caused; its timeline: %s", fault, story(mac)).isNull();
    Optional<String> sentence =
        told.await(mac, fault.symptom(), Duration.between(Instant.now(), deadline));
    assertThat(sentence)
        .as("%s; told of it: %s; its timeline: %s", fault, told.of(mac).keySet(), story(mac))
        .isPresent();
    assertThat(sentence.orElseThrow()).contains(fault.words());
  }
}
