package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.RoomLock;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.BootPolicy;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a PC is told that starts while its room is locked. */
class LockedPlanTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = NOON.plus(Duration.ofHours(1));

  private final Planner planner = new Planner(new Templates());
  private Site site;

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
  }

  /** Its policy, what has happened to it, and what becomes of it without and with a lock. */
  @ParameterizedTest
  @CsvSource({
    "always,       -,          BOOT,       OK,           BOOT,       OK",
    "always,       installed,  BOOT,       OK,           BOOT,       OK",
    "install-once, -,          BOOT,       OK,           LOCKED,     ROOM_LOCKED",
    "install-once, 2 boots,    BOOT,       OK,           LOCKED,     ROOM_LOCKED",
    "install-once, 3 boots,    LOCAL_DISK, INSTALL_LOOP, LOCAL_DISK, INSTALL_LOOP",
    "install-once, installed,  LOCAL_DISK, INSTALLED,    LOCAL_DISK, INSTALLED",
    "install-once, other role, BOOT,       OK,           LOCAL_DISK, ROOM_LOCKED",
    "next-boot,    -,          BOOT,       OK,           LOCAL_DISK, ROOM_LOCKED",
    "next-boot,    booted,     LOCAL_DISK, BOOTED_ONCE,  LOCAL_DISK, BOOTED_ONCE",
    "next-boot,    installed,  BOOT,       OK,           LOCAL_DISK, ROOM_LOCKED",
    "never,        -,          LOCAL_DISK, POLICY_NEVER, LOCAL_DISK, POLICY_NEVER",
  })
  void a_lock_puts_off_what_is_done_once_and_nothing_else(
      String policy, String done, Way open, Reason why, Way locked, Reason whyLocked) {
    Machine machine = machine(policy, done(done));
    BootPlan without = plan(machine, Optional.empty());
    BootPlan with = plan(machine, Optional.of("sala5"));

    assertThat(List.of(without.way(), without.reason())).containsExactly(open, why);
    assertThat(List.of(with.way(), with.reason())).containsExactly(locked, whyLocked);
    assertThat(plan(machine, Optional.of("sala6")).way()).isEqualTo(open);
    assertThat(plan(machine, Optional.of("")).way()).isEqualTo(locked);
  }

  @Test
  void a_lock_that_has_ended_and_a_plan_of_no_time_know_nothing_of_it() {
    MemoryBook book = MemoryBook.of(machine("install-once", Installation.NONE));
    book.with(lock(Optional.of("sala5")));
    assertThat(planner.plan(request(book).at(ONE.minusMillis(1))).way()).isEqualTo(Way.LOCKED);
    assertThat(planner.plan(request(book).at(ONE)).way()).isEqualTo(Way.BOOT);
    assertThat(planner.plan(request(book)).way()).isEqualTo(Way.BOOT);
  }

  @Test
  void a_machine_without_role_waits_for_one_as_always() {
    Machine machine =
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.empty(),
                    Optional.of("sala5"),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()));
    assertThat(plan(machine, Optional.of("sala5")).way()).isEqualTo(Way.DISCOVER);
  }

  @Test
  void the_screen_says_who_and_why_without_letting_their_words_be_commands() {
    RoomLock evil =
        new RoomLock(
            Optional.of("sala5"), NOON, Optional.of(ONE), "x\n||shell ${net0/ip} && é", "ana");
    MemoryBook book = MemoryBook.of(machine("install-once", Installation.NONE)).with(evil);
    String script = planner.script(planner.plan(request(book).at(NOON))).ifText().orElseThrow();

    assertThat(script).contains("is locked by ana (x   shell   net0/ip).", "prompt --key d");
    assertThat(planner.script(planner.plan(request(book).at(ONE))).ifText().orElseThrow())
        .contains("kernel");
  }

  @Test
  void a_machine_sent_to_its_own_disk_says_so_too() {
    String script =
        planner
            .script(plan(machine("next-boot", Installation.NONE), Optional.of("sala5")))
            .ifText()
            .orElseThrow();
    assertThat(script).contains("Its room is locked by ana").contains("exit 1");
  }

  private BootPlan plan(Machine machine, Optional<String> locked) {
    MemoryBook book = MemoryBook.of(machine);
    locked.ifPresent(room -> book.with(lock(Optional.of(room).filter(r -> !r.isEmpty()))));
    return planner.plan(request(book).at(NOON));
  }

  private static RoomLock lock(Optional<String> room) {
    return new RoomLock(room, NOON, Optional.of(ONE), "exam", "ana");
  }

  private PlanRequest request(MemoryBook book) {
    return new PlanRequest(
        site,
        book,
        new Client(MAC, Client.Kind.IPXE, Optional.of(0), Hardware.UNKNOWN),
        new Reach(
            site.segments().values().stream().findFirst(),
            Ipv4.of("192.168.33.1"),
            Optional.empty(),
            Optional.empty()));
  }

  private static Machine machine(String policy, Installation done) {
    return Machine.unknown(MAC)
        .with(
            new Assignment(
                    Optional.empty(),
                    Optional.of("sala5"),
                    Optional.empty(),
                    Optional.of("lab-pc"),
                    Map.of())
                .withPolicy(BootPolicy.named(policy)))
        .with(done);
  }

  private static Installation done(String what) {
    return switch (what) {
      case "installed" -> new Installation("lab-pc", Optional.of(NOON), 0, Optional.empty());
      case "2 boots" -> new Installation("lab-pc", Optional.empty(), 2, Optional.empty());
      case "3 boots" -> new Installation("lab-pc", Optional.empty(), 3, Optional.empty());
      case "other role" -> new Installation("alpine", Optional.of(NOON), 0, Optional.empty());
      case "booted" -> Installation.NONE.bootedOnce(NOON);
      default -> Installation.NONE;
    };
  }
}
