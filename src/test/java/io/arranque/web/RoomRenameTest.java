package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.StoreFailure;
import io.arranque.inventory.Together;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The world's machines stand in sala5 by their segment, whose file goes on saying so. */
class RoomRenameTest {
  private static final Mac PHONE = Mac.of("52:54:00:00:00:09");
  private static final String PASSWORD = "green tea at four";
  private static final String NEW = "{\"name\":\"sala7\"}";

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    RoomRows rows = new RoomRows(1, 3, List.of(), false, false, "", 1, Layout.Front.TOP);
    world.book.with(new Room("sala5", "Lab", Map.of("disk", "/dev/vda")).with(rows.layout()));
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    world.book.with(
        new Machine(
            PHONE,
            Machine.Assignment.NONE,
            io.arranque.inventory.Hardware.UNKNOWN,
            Optional.of("sala5"),
            Optional.empty(),
            Optional.of(world.now),
            Optional.of(world.now)));
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private HttpResponse<String> rename(String body, int status) throws Exception {
    HttpResponse<String> answer = program.api("POST", "/rooms/sala5/rename", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  @Test
  void all_that_belongs_to_a_room_goes_with_its_name_and_files_that_stay_are_told()
      throws Exception {
    String user =
        "{\"name\":\"leo\",\"role\":\"operator\",\"rooms\":\"sala5,sala9\",\"password\":\"%s\"}";
    assertThat(program.api("POST", "/users", user.formatted(PASSWORD)).statusCode())
        .isLessThan(300);
    String wake = "{\"room\":\"sala5\",\"action\":\"wake\",\"days\":[\"mon\"],\"at\":\"7:45\"}";
    assertThat(program.api("POST", "/schedule", wake).statusCode()).isLessThan(300);

    assertThat(rename(NEW, 200).body())
        .isEqualTo("{\"name\":\"sala7\",\"staying\":[\"dhcp/sala5.yaml\"]}");

    assertThat(world.book.room("sala5")).isEmpty();
    Room room = world.book.room("sala7").orElseThrow();
    assertThat(room.description()).isEqualTo("Lab");
    assertThat(room.vars()).containsEntry("disk", "/dev/vda");
    assertThat(room.layout().seats()).hasSize(3);
    Machine.Assignment pc1 = world.book.machine(World.PC1).orElseThrow().assignment();
    assertThat(pc1.room()).contains("sala7");
    assertThat(pc1.seat()).contains("1");
    assertThat(pc1.role()).contains("worker");
    assertThat(world.book.machine(PHONE).orElseThrow().assignment().room())
        .as("it stood there by its segment, and is not to lose the room's locks")
        .contains("sala7");
    assertThat(world.schedule.view().entries().values())
        .extracting(entry -> entry.room().orElse(""))
        .containsExactly("sala7");
    assertThat(world.people.view().users().get("leo").grant().roomsText()).isEqualTo("sala7,sala9");
  }

  @Test
  void a_name_that_is_none_or_taken_and_a_room_that_is_locked_or_not_there_change_nothing()
      throws Exception {
    rename("{\"name\":\"Sala 7\"}", 422);
    rename("{\"name\":\"sala5\"}", 409);
    program.api("PUT", "/rooms/sala9", "{}");
    rename("{\"name\":\"sala9\"}", 409);
    assertThat(program.api("POST", "/rooms/nowhere/rename", NEW).statusCode()).isEqualTo(404);
    program.api("PUT", "/rooms/sala5/lock", "{\"minutes\":30}");
    assertThat(rename(NEW, 409).body()).contains("ROOM_LOCKED");
    assertThat(world.book.room("sala7")).isEmpty();
    assertThat(world.book.machine(World.PC1).orElseThrow().assignment().room()).isEmpty();
  }

  @Test
  void a_locked_room_without_machines_keeps_its_name_too() throws Exception {
    program.api("PUT", "/rooms/sala9", "{}");
    program.api("PUT", "/rooms/sala9/lock", "{\"minutes\":30}");
    HttpResponse<String> answer = program.api("POST", "/rooms/sala9/rename", NEW);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("ROOM_LOCKED");
    assertThat(world.book.room("sala7")).isEmpty();
  }

  @Test
  void it_is_all_made_in_one_transaction_and_nothing_of_it_when_that_fails() throws Exception {
    String wake = "{\"room\":\"sala5\",\"action\":\"wake\",\"days\":[\"mon\"],\"at\":\"7:45\"}";
    assertThat(program.api("POST", "/schedule", wake).statusCode()).isLessThan(300);
    world.together =
        work -> {
          throw new StoreFailure("disk full", new IOException("no space"));
        };
    rename(NEW, 503);
    assertThat(world.book.room("sala7")).isEmpty();
    assertThat(world.book.room("sala5")).isPresent();
    assertThat(world.schedule.view().entries().values())
        .extracting(entry -> entry.room().orElse(""))
        .containsExactly("sala5");

    world.together = Together.Work::run;
    rename(NEW, 200);
  }

  @Test
  void a_room_that_somebody_walks_through_keeps_its_name_until_the_walk_ends() throws Exception {
    assertThat(program.api("POST", "/rooms/sala5/walk", "{}").statusCode()).isLessThan(300);
    assertThat(rename(NEW, 409).body()).contains("walk");
    assertThat(program.api("DELETE", "/rooms/sala5/walk", "").statusCode()).isLessThan(300);
    rename(NEW, 200);
  }

  @Test
  void the_page_offers_it_to_administrators_with_what_does_not_follow() throws Exception {
    program.logIn();
    assertThat(program.get("/rooms/sala5").body())
        .contains("/rooms/sala5/rename", "<code>dhcp/sala5.yaml</code>");
  }

  @Test
  void after_it_the_page_names_the_files_that_say_the_old_name_until_they_do_not_or_it_is_hidden()
      throws Exception {
    String link = "<a href=\"/files/edit?path=dhcp/sala5.yaml\"><code>dhcp/sala5.yaml</code></a>";
    program.logIn();
    assertThat(program.get("/rooms/sala5").body()).contains(link).doesNotContain("left-behind");

    HttpResponse<String> moved =
        program.form("/rooms/sala5/rename", "name=sala7&csrf=" + program.csrf());

    assertThat(moved.headers().firstValue("Location")).contains("/rooms/sala7?was=sala5");
    String after = program.get("/rooms/sala7?was=sala5").body();
    assertThat(after)
        .contains("left-behind", link)
        .contains("class=\"btn-close\" href=\"/rooms/sala7\"");
    assertThat(program.get("/rooms/sala7").body()).doesNotContain("left-behind", "dhcp/sala5.yaml");
    assertThat(program.get("/rooms/sala7?was=%3Cb%3E").body()).doesNotContain("left-behind", "<b>");
    HttpResponse<String> back =
        program.form("/rooms/sala7/rename", "name=sala8&csrf=" + program.csrf());
    assertThat(back.headers().firstValue("Location")).contains("/rooms/sala8");
  }
}
