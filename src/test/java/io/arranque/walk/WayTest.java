package io.arranque.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Layout;
import io.arranque.inventory.Layout.Front;
import io.arranque.inventory.Seat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which seat comes after which, and what its PC is called. */
class WayTest {
  /** Two rows of three, the second half a seat further down on the right; listed as entered. */
  private static List<Seat> seats() {
    return List.of(
        new Seat("f", 8, 5),
        new Seat("a", 0, 0),
        new Seat("b", 4, 0),
        new Seat("c", 8, 1),
        new Seat("d", 0, 4),
        new Seat("e", 4, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "SEATS, TOP, true, fabcde",
    "ROWS, TOP, true, abcdef",
    "ROWS, BOTTOM, false, abcdef",
    "ROWS, BOTTOM, true, fedcba",
    "ROWS, LEFT, true, daebfc",
    "ROWS, RIGHT, true, cfbead",
    "SNAKE, TOP, true, abcfed",
    "SNAKE, BOTTOM, true, fedabc",
    "COLUMNS, TOP, true, adbecf",
    "COLUMNS, BOTTOM, true, fcebda",
  })
  void the_order_of_a_walk(SeatOrder order, Front front, boolean fromFront, String expected) {
    assertThat(String.join("", order.of(new Layout(front, seats()), fromFront)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "sala5-{seat}, 1, 7, sala5-7",
    "sala5-{seat}, 2, 7, sala5-07",
    "sala5-{seat}, 2, 123, sala5-123",
    "sala5-{seat}, 2, A7, sala5-a07",
    "sala5-{seat}, 2, Fila 2/7, sala5-fila-02-07",
    "{seat}, 3, 7, 007",
    "pc{seat}x, 1, -, pc-x",
    "pc-{seat}, 1, -, ",
    "'', 1, 7, ",
  })
  void a_host_name_from_a_seat(String pattern, int digits, String seat, String expected) {
    assertThat(new Hostnames(pattern, digits).at(seat).orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "sala5-{seat}, 2, true",
    "'', 1, true",
    "sala5, 2, false",
    "sala 5-{seat}, 2, false",
    "-{seat}, 2, false",
    "sala5-{seat}, 0, false",
    "sala5-{seat}, 9, false",
  })
  void a_pattern_that_gives_no_names_is_refused(String pattern, int digits, boolean good) {
    assertThat(new Hostnames(pattern, digits).isGood()).isEqualTo(good);
  }

  @Test
  void a_walk_begins_where_somebody_says_and_ends_at_the_last_seat() {
    Route route =
        Route.through(
            "sala5",
            List.of("1", "2", "3"),
            "2",
            Hostnames.NONE,
            java.util.Optional.empty(),
            false);
    assertThat(route.seats()).containsExactly("2", "3");
    assertThat(route.firstBut(java.util.Set.of("2"))).contains("3");
    assertThat(route.firstBut(java.util.Set.of("2", "3"))).isEmpty();
  }
}
