package io.arranque.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Layout.Front;
import io.arranque.inventory.Layouts.Drawing;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {
  private static final Mac PC1 = Mac.of("52:54:00:00:00:01");
  private static final Mac PC2 = Mac.of("52:54:00:00:00:02");
  private static final Site SITE =
      new Site(
          Path.of("."),
          Site.Settings.DEFAULT,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          Set.of());

  private final MemoryBook book = new MemoryBook();

  @ParameterizedTest
  @CsvSource({
    "a, 0, 0, b, 2, 0, ",
    "a, 0, 0, b, 1, 1, SEATS_OVERLAP",
    "a, 0, 0, b, 0, 0, SEATS_OVERLAP",
    "a, 0, 0, a, 2, 0, SEAT_TWICE",
    "a, -1, 0, b, 2, 0, SEAT_OUTSIDE",
    "a, 0, 201, b, 2, 0, SEAT_OUTSIDE",
    "a, 200, 200, b, 2, 0, ",
    "'', 0, 0, b, 2, 0, SEAT_MALFORMED",
    "' a', 0, 0, b, 2, 0, SEAT_MALFORMED",
    "<b>, 0, 0, b, 2, 0, ",
  })
  void two_seats_fit_or_are_refused(
      String one, int x1, int y1, String other, int x2, int y2, Kind refused) {
    Layout layout = new Layout(Front.TOP, List.of(new Seat(one, x1, y1), new Seat(other, x2, y2)));
    assertThat(Layouts.refusals(layout).stream().map(Refusal::kind))
        .isEqualTo(refused == null ? List.of() : List.of(refused));
  }

  @Test
  void a_hall_has_its_limit() {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i <= Layouts.MAX_SEATS; i++) {
      seats.add(new Seat("s" + i, i % 100 * 2, i / 100 * 2));
    }
    assertThat(Layouts.refusals(new Layout(Front.TOP, seats)))
        .extracting(Refusal::kind)
        .containsExactly(Kind.SEATS_TOO_MANY);
    assertThat(Layouts.refusals(new Layout(Front.TOP, seats.subList(1, seats.size())))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // rows, columns, aisle after, from the left, snake, front, then where seats 1, 3 and 4 are
    "2, 3, '', true, false, TOP, '4,0 0,0 4,3'",
    "2, 3, '', false, false, TOP, '0,0 4,0 0,3'",
    "2, 3, '', true, true, TOP, '4,0 0,0 0,3'",
    "2, 3, 1, true, false, TOP, '6,0 0,0 6,3'",
    "2, 3, 2, true, false, TOP, '6,0 0,0 6,3'",
    "2, 3, '', true, false, BOTTOM, '0,3 4,3 0,0'",
    "2, 3, '', true, false, RIGHT, '3,4 3,0 0,4'",
    "2, 3, '', true, false, LEFT, '0,0 0,4 3,0'",
  })
  void rows_are_numbered_as_whoever_teaches_sees_them(
      int rows,
      int columns,
      String aisle,
      boolean fromLeft,
      boolean snake,
      Front front,
      String expected) {
    List<Integer> aisles = aisle.isEmpty() ? List.of() : List.of(Integer.valueOf(aisle));
    Layout layout = new RoomRows(rows, columns, aisles, fromLeft, snake, "", 1, front).layout();
    assertThat(Layouts.refusals(layout)).isEmpty();
    assertThat(at(layout, "1") + " " + at(layout, "3") + " " + at(layout, "4")).isEqualTo(expected);
  }

  private static String at(Layout layout, String seat) {
    Seat found = layout.seat(seat).orElseThrow();
    return found.x() + "," + found.y();
  }

  @Test
  void a_room_of_rows_has_its_limit_too() {
    assertThat(new RoomRows(21, 20, List.of(), true, false, "", 1, Front.TOP).refusal())
        .isPresent();
    assertThat(new RoomRows(20, 20, List.of(4, 40), true, true, "A", 1, Front.TOP).refusal())
        .isEmpty();
    assertThat(new RoomRows(0, 20, List.of(), true, true, "A", 1, Front.TOP).refusal()).isPresent();
  }

  @Test
  void whoever_sits_on_a_seat_that_gets_another_name_stays_there() {
    sit(PC1, "1");
    Decision decision = draw(Map.of("desk", "1"), Map.of(), Optional.empty(), "desk", "2");
    List<InventoryChange> changes = ((Decision.Accepted) decision).changes();
    assertThat(changes).hasSize(2);
    assertThat(((RoomSaved) changes.get(0)).room().layout().seats()).hasSize(2);
    assertThat(((Assigned) changes.get(1)).assignment().seat()).contains("desk");
  }

  @Test
  void two_change_places_but_do_not_share_one() {
    sit(PC1, "1");
    sit(PC2, "2");
    assertThat(draw(Map.of(), Map.of(PC1, "2", PC2, "1"), Optional.empty(), "1", "2"))
        .isInstanceOf(Decision.Accepted.class);
    assertThat(kinds(draw(Map.of(), Map.of(PC1, "2"), Optional.empty(), "1", "2")))
        .contains(Kind.SEAT_TAKEN);
    assertThat(kinds(draw(Map.of(), Map.of(PC1, "9"), Optional.empty(), "1", "2")))
        .containsExactly(Kind.SEAT_UNKNOWN);
    Mac nobody = Mac.of("52:54:00:00:00:99");
    assertThat(kinds(draw(Map.of(), Map.of(nobody, "1"), Optional.empty(), "1", "2")))
        .contains(Kind.MACHINE_UNKNOWN);
  }

  @Test
  void who_draws_on_what_has_changed_meanwhile_is_refused() {
    sit(PC1, "1");
    String seen = Layouts.version(SITE, book, "lab");
    assertThat(draw(Map.of(), Map.of(), Optional.of(seen), "1", "2"))
        .isInstanceOf(Decision.Accepted.class);
    sit(PC2, "2");
    assertThat(kinds(draw(Map.of(), Map.of(), Optional.of(seen), "1", "2")))
        .containsExactly(Kind.LAYOUT_CHANGED);
  }

  @Test
  void drawing_leaves_all_else_of_the_room_as_it_is_and_describing_leaves_the_drawing() {
    book.with(new Room("lab", "Old", Map.of("disk", "/dev/sda")));
    Decision drawn = draw(Map.of(), Map.of(), Optional.empty(), "1");
    Room room = ((RoomSaved) ((Decision.Accepted) drawn).changes().get(0)).room();
    assertThat(room.description()).isEqualTo("Old");
    assertThat(room.vars()).containsEntry("disk", "/dev/sda");
    book.with(room);
    Decision said = Layouts.describe(book, "lab", " New ", "test");
    Room described = ((RoomSaved) ((Decision.Accepted) said).changes().get(0)).room();
    assertThat(described)
        .isEqualTo(new Room("lab", "New", room.vars(), room.options(), room.layout()));
    assertThat(kinds(Layouts.create(SITE, book, "lab", "", "test")))
        .containsExactly(Kind.ROOM_TAKEN);
    assertThat(kinds(Layouts.create(SITE, book, "A room", "", "test")))
        .containsExactly(Kind.ROOM_MALFORMED);
  }

  private void sit(Mac mac, String seat) {
    book.with(
        Machine.unknown(mac)
            .with(
                new Machine.Assignment(
                    Optional.empty(),
                    Optional.of("lab"),
                    Optional.of(seat),
                    Optional.empty(),
                    Map.of())));
  }

  private Decision draw(
      Map<String, String> renamed,
      Map<Mac, String> seated,
      Optional<String> version,
      String... seats) {
    List<Seat> list = new ArrayList<>();
    for (String name : seats) {
      list.add(new Seat(name, list.size() * 2, 0));
    }
    Drawing drawing = new Drawing(new Layout(Front.TOP, list), renamed, seated, version);
    return Layouts.draw(SITE, book, "lab", drawing, "test");
  }

  private static List<Kind> kinds(Decision decision) {
    return ((Decision.Refused) decision).refusals().stream().map(Refusal::kind).toList();
  }
}
