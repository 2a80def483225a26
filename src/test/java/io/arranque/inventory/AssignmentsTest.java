package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Role;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {
  private static final Mac MAC = Mac.of("52:54:00:00:00:01");
  private static final Mac OTHER = Mac.of("52:54:00:00:00:02");
  private static final Site SITE = site();

  private final MemoryBook known =
      MemoryBook.of(
          Machine.unknown(MAC).with(assignment("pc-one", "worker", Map.of("disk", "/dev/sdb"))),
          Machine.unknown(OTHER));

  @Test
  void an_edit_changes_what_it_names_and_keeps_the_rest() {
    assertThat(edit(hostname("PC-1")))
        .isEqualTo(accepted(MAC, assignment("PC-1", "worker", Map.of("disk", "/dev/sdb"))));
    assertThat(edit(AssignmentEdit.role("")))
        .isEqualTo(
            accepted(
                MAC,
                new Assignment(
                    Optional.of("pc-one"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("disk", "/dev/sdb"))));
    assertThat(edit(vars(Map.of("disk", "")))).isEqualTo(accepted(MAC, "pc-one", "worker"));
  }

  @Test
  void a_replacement_forgets_what_it_does_not_name() {
    assertThat(Assignments.replace(SITE, known, MAC, AssignmentEdit.role("worker"), "eva"))
        .isEqualTo(accepted(MAC, Assignment.NONE.withRole(Optional.of("worker"))));
  }

  @Test
  void a_role_that_the_site_lacks_is_refused_but_may_stay_while_other_things_change() {
    assertThat(kinds(edit(AssignmentEdit.role("wroker")))).containsExactly(Kind.ROLE_UNKNOWN);

    known.with(Machine.unknown(MAC).with(assignment("a", "gone", Map.of())));
    assertThat(edit(hostname("b"))).isEqualTo(accepted(MAC, "b", "gone"));
  }

  @Test
  void a_host_name_belongs_to_one_machine_whatever_its_case() {
    assertThat(kinds(Assignments.edit(SITE, known, OTHER, hostname("PC-ONE"), "eva")))
        .containsExactly(Kind.HOSTNAME_TAKEN);
    assertThat(edit(hostname("PC-ONE"))).isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void a_host_name_made_up_for_another_machine_is_taken_too() {
    assertThat(kinds(edit(hostname("pc-525400000002")))).containsExactly(Kind.HOSTNAME_TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-", "a.b", "a b", "a_b", "año", "a\nb", "{{x}}"})
  void a_host_name_is_one_dns_label(String name) {
    assertThat(kinds(edit(hostname(name)))).containsExactly(Kind.HOSTNAME_MALFORMED);
  }

  @Test
  void a_host_name_has_63_letters_at_most() {
    assertThat(edit(hostname("a".repeat(63)))).isInstanceOf(Decision.Accepted.class);
    assertThat(kinds(edit(hostname("a".repeat(64))))).containsExactly(Kind.HOSTNAME_MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "disk, sda, VARIABLE_INVALID",
    "disk, '/dev/sda; reboot', VARIABLE_INVALID",
    "url, ftp://x, VARIABLE_INVALID",
    "count, many, VARIABLE_INVALID",
    "debug, yes, VARIABLE_INVALID",
    "1st, x, VARIABLE_MALFORMED",
    "'a b', x, VARIABLE_MALFORMED",
  })
  void a_value_of_the_wrong_type_is_refused(String name, String value, Kind expected) {
    Decision decision = edit(vars(Map.of(name, value)));

    assertThat(kinds(decision)).containsExactly(expected);
    assertThat(((Decision.Refused) decision).refusals().get(0).detail())
        .as("it may be a secret")
        .doesNotContain(value + " ")
        .doesNotEndWith(value);
  }

  @ParameterizedTest
  @CsvSource({
    "disk, /dev/nvme0n1",
    "url, https://x.example/a",
    "count, -7",
    "debug, true",
    "undeclared, anything at all",
  })
  void a_value_of_the_right_type_is_taken(String name, String value) {
    assertThat(edit(vars(Map.of(name, value)))).isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void a_new_role_checks_the_values_the_machine_already_has() {
    known.with(
        Machine.unknown(OTHER)
            .with(
                new Assignment(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("disk", "nonsense"))));

    assertThat(kinds(Assignments.assignRole(SITE, known, List.of(OTHER), "worker", "eva")))
        .containsExactly(Kind.VARIABLE_INVALID);
  }

  @Test
  void every_mistake_is_told_at_once() {
    AssignmentEdit edit =
        new AssignmentEdit(
            Optional.of("a b"),
            Optional.of("Sala 5"),
            Optional.of("x".repeat(64)),
            Optional.of("nobody"),
            Map.of("a b", "c"));

    assertThat(kinds(Assignments.edit(SITE, known, Mac.of("01:00:00:00:00:01"), edit, "eva")))
        .containsExactlyInAnyOrder(
            Kind.MAC_IS_GROUP,
            Kind.HOSTNAME_MALFORMED,
            Kind.ROOM_MALFORMED,
            Kind.TEXT_TOO_LONG,
            Kind.ROLE_UNKNOWN,
            Kind.VARIABLE_MALFORMED);
  }

  @Test
  void many_machines_get_a_role_all_or_none() {
    assertThat(Assignments.assignRole(SITE, known, List.of(MAC, OTHER), "worker", "eva"))
        .isEqualTo(
            new Decision.Accepted(
                List.of(
                    new Assigned(
                        MAC, assignment("pc-one", "worker", Map.of("disk", "/dev/sdb")), "eva"),
                    new Assigned(OTHER, Assignment.NONE.withRole(Optional.of("worker")), "eva"))));

    Mac stranger = Mac.of("52:54:00:00:00:03");
    assertThat(Assignments.assignRole(SITE, known, List.of(MAC, stranger, OTHER), "worker", "eva"))
        .isEqualTo(
            new Decision.Refused(
                List.of(new Refusal(Kind.MACHINE_UNKNOWN, "macs", stranger.toString()))));
    assertThat(kinds(Assignments.assignRole(SITE, known, List.of(MAC, OTHER), "nobody", "eva")))
        .as("the same refusal once")
        .containsExactly(Kind.ROLE_UNKNOWN);
  }

  @Test
  void a_room_is_removed_only_when_nobody_was_put_there() {
    known.with(new Room("sala5", "", Map.of()));
    assertThat(Assignments.removeRoom(known, "sala5", "eva")).isInstanceOf(Decision.Accepted.class);

    known.with(
        Machine.unknown(OTHER)
            .with(
                new Assignment(
                    Optional.empty(),
                    Optional.of("sala5"),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of())));
    assertThat(kinds(Assignments.removeRoom(known, "sala5", "eva")))
        .containsExactly(Kind.ROOM_IN_USE);
    assertThat(kinds(Assignments.removeRoom(known, "sala6", "eva")))
        .containsExactly(Kind.ROOM_UNKNOWN);
    assertThat(kinds(Assignments.saveRoom(SITE, new Room("Sala 5", "a\u0007b", Map.of()), "eva")))
        .containsExactly(Kind.ROOM_MALFORMED, Kind.TEXT_UNPRINTABLE);
  }

  @Test
  void only_a_known_machine_can_be_forgotten() {
    assertThat(Assignments.forget(known, MAC, "eva")).isInstanceOf(Decision.Accepted.class);
    assertThat(kinds(Assignments.forget(known, Mac.of("52:54:00:00:00:03"), "eva")))
        .containsExactly(Kind.MACHINE_UNKNOWN);
  }

  private Decision edit(AssignmentEdit edit) {
    return Assignments.edit(SITE, known, MAC, edit, "eva");
  }

  private static AssignmentEdit hostname(String name) {
    return new AssignmentEdit(
        Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  private static AssignmentEdit vars(Map<String, String> vars) {
    return new AssignmentEdit(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), vars);
  }

  private static Assignment assignment(String hostname, String role, Map<String, String> vars) {
    return new Assignment(
        Optional.of(hostname), Optional.empty(), Optional.empty(), Optional.of(role), vars);
  }

  private static Decision accepted(Mac mac, String hostname, String role) {
    return accepted(mac, assignment(hostname, role, Map.of()));
  }

  private static Decision accepted(Mac mac, Assignment assignment) {
    return new Decision.Accepted(List.of(new Assigned(mac, assignment, "eva")));
  }

  private static List<Kind> kinds(Decision decision) {
    return decision instanceof Decision.Refused refused
        ? refused.refusals().stream().map(Refusal::kind).toList()
        : List.of();
  }

  private static Site site() {
    Map<String, Role.Var> vars =
        Map.of(
            "disk", var(VarType.DEVICE),
            "url", var(VarType.URL),
            "count", var(VarType.INTEGER),
            "debug", var(VarType.BOOLEAN));
    TreeMap<String, Role> roles = new TreeMap<>();
    roles.put(
        "worker",
        new Role(
            "worker",
            "",
            "linux",
            Optional.empty(),
            "",
            vars,
            List.of(),
            new TreeMap<>(),
            new TreeMap<>()));
    return new Site(
        Path.of("site"),
        Site.Settings.DEFAULT,
        new TreeMap<>(),
        roles,
        new TreeMap<>(),
        new TreeMap<>(),
        Set.of());
  }

  private static Role.Var var(VarType type) {
    return new Role.Var(type, false, Optional.empty(), "");
  }
}
