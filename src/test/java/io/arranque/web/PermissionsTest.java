package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Permissions;
import io.arranque.web.access.Permissions.Need;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
  private static final Grant SALA5 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala5")));
  private static final Grant EVERYWHERE = new Grant(Level.OPERATOR, Optional.empty());

  @Test
  void every_route_has_its_rule_and_every_rule_its_route(@TempDir Path folder) {
    try (ControlPlane plane = new World(folder).plane()) {
      List<String> routes = plane.routes();
      assertThat(routes).hasSizeGreaterThan(60);
      assertThat(routes).allMatch(r -> written(r).isPresent(), "stands in Permissions");
      assertThat(Permissions.routes()).isSubsetOf(routes);
    }
  }

  @Test
  void what_the_table_opens_to_all_is_what_the_guard_lets_through(@TempDir Path folder) {
    try (ControlPlane plane = new World(folder).plane()) {
      for (String route : plane.routes()) {
        String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{\\w+}", "x");
        assertThat(Guard.isOpenToAll(path))
            .as(route)
            .isEqualTo(written(route).filter(Need.OPEN::equals).isPresent());
      }
    }
  }

  @Test
  void who_may_only_look_changes_nothing_but_his_own(@TempDir Path folder) {
    try (ControlPlane plane = new World(folder).plane()) {
      for (String route : plane.routes()) {
        Need need = written(route).orElseThrow();
        boolean changes = !route.startsWith("GET ");
        if (changes && need != Need.OPEN && need != Need.SELF) {
          assertThat(Permissions.allows(need, Grant.VIEWER, Optional.of("sala5"), true))
              .as(route)
              .isFalse();
        }
      }
    }
  }

  private static Optional<Need> written(String route) {
    String[] parts = route.split(" ", 2);
    return Permissions.written(parts[0], parts[1]);
  }

  @Test
  void a_route_that_nobody_thought_of_is_for_administrators() {
    assertThat(Permissions.need("POST", "/api/v1/new")).isEqualTo(Need.ADMINISTER);
  }

  @ParameterizedTest
  @CsvSource({
    // need, room, viewer, operator of sala5, operator everywhere, administrator
    "VIEW, sala6, true, true, true, true",
    "SELF, , true, true, true, true",
    "OPERATE_MACHINE, sala5, false, true, true, true",
    "OPERATE_MACHINE, sala6, false, false, true, true",
    "OPERATE_MACHINE, , false, false, true, true",
    "OPERATE_ROOM, sala5, false, true, true, true",
    "OPERATE_ROOM, sala6, false, false, true, true",
    "OPERATE_CHANGED, , false, true, true, true",
    "OPERATE_EVERYWHERE, , false, false, true, true",
    "ADMINISTER, , false, false, false, true",
  })
  void each_need_is_met_by(
      Need need,
      String room,
      boolean viewer,
      boolean sala5,
      boolean everywhere,
      boolean administrator) {
    Optional<String> in = Optional.ofNullable(room);
    assertThat(Permissions.allows(need, Grant.VIEWER, in, true)).isEqualTo(viewer);
    assertThat(Permissions.allows(need, SALA5, in, true)).isEqualTo(sala5);
    assertThat(Permissions.allows(need, EVERYWHERE, in, true)).isEqualTo(everywhere);
    assertThat(Permissions.allows(need, Grant.ADMINISTRATOR, in, true)).isEqualTo(administrator);
  }

  @Test
  void of_a_machine_that_is_new_only_the_change_tells_the_room() {
    Need need = Need.OPERATE_MACHINE;
    assertThat(Permissions.allows(need, SALA5, Optional.empty(), false)).isTrue();
    assertThat(Permissions.allows(need, Grant.VIEWER, Optional.empty(), false)).isFalse();
  }
}
