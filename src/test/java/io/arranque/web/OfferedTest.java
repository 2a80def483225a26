package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Layout;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page offers nobody what would be refused. */
@Timeout(60)
class OfferedTest {
  @Test
  void anOperatorActsInHisRoomsAndIsToldThatHeOnlyLooksAtOthers(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    DemoRoom.people(world);
    world.book.with(
        new Room("sala6", "", Map.of(), OptionLines.NONE, new Layout(Layout.Front.TOP, List.of())));
    try (ControlPlane plane = world.plane()) {
      plane.start();
      Browser oscar = new Browser(plane);
      String password = DemoRoom.PASSWORD.replace(' ', '+');
      oscar.cookie = Browser.cookieOf(oscar.form("/login", "name=oscar&password=" + password));
      assertThat(oscar.get("/rooms/sala5").body()).contains("act-bar").doesNotContain("look-only");
      assertThat(oscar.get("/rooms/sala6").body()).contains("look-only").doesNotContain("act-bar");
    }
  }
}
