package io.arranque.web.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.PeopleRefusal;
import io.arranque.web.ControlPlane;
import io.arranque.web.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiOfficeTest {
  private static final Grant SALAS =
      new Grant(Level.OPERATOR, Optional.of(Set.of("sala5", "sala6")));

  @Test
  void theRunningApplianceIsSpokenWithAsTheStateFolderIs(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    try (ControlPlane plane = world.plane()) {
      plane.start();
      PeopleOffice office = new ApiOffice("http://127.0.0.1:" + plane.port(), World.TOKEN, "root");
      office.addUser("Ana", Grant.ADMINISTRATOR, "green tea at four");
      office.addUser("leo", SALAS, "green tea at four");
      assertThat(office.people().user("leo").orElseThrow().grant()).isEqualTo(SALAS);
      office.changeGrant("leo", Grant.VIEWER);
      office.changePassword("leo", "black tea at five");
      office.changeActive("LEO", false);
      assertThat(office.people().user("leo").orElseThrow().active()).isFalse();
      assertThat(office.people().user("leo").orElseThrow().grant()).isEqualTo(Grant.VIEWER);

      String token = office.addToken("back up", SALAS, Optional.of(3));
      assertThat(token).startsWith("arranque_");
      String id = office.people().tokens().firstKey();
      assertThat(office.people().tokens().get(id).grant()).isEqualTo(SALAS);
      assertThat(office.people().tokens().get(id).expires()).isPresent();
      office.revokeToken(id);
      office.removeUser("leo");
      assertThat(office.people().tokens()).isEmpty();
      assertThatThrownBy(() -> office.removeUser("ana"))
          .isInstanceOfSatisfying(
              PeopleRefused.class,
              e -> assertThat(e.refusal()).isEqualTo(PeopleRefusal.LAST_ADMINISTRATOR));
      assertThat(world.people.told())
          .anyMatch(line -> line.startsWith("cli:root@127.0.0.1 | user removed"));

      PeopleOffice stranger = new ApiOffice("http://127.0.0.1:" + plane.port(), "no", "root");
      assertThatThrownBy(stranger::people).isInstanceOf(IOException.class);
    }
  }
}
