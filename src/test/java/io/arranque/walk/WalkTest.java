package io.arranque.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.walk.Question.Answer;
import io.arranque.walk.Walk.Elsewhere;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A walk as a table: what happens, in a line, and what came of it. PCs are A, B, …; {@code A@5} is A
 * switched on five seconds after the walk began, {@code A@5<sala6} one that people put into another
 * room.
 */
class WalkTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T08:00:00Z");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "A@1 B@9 C@20                  | 1=A 2=B 3=C      | 4",
        "A@1 A@3 A@70                  | 1=A              | 2",
        "skip:1 A@5                    | 2=A              | 3",
        "skip:1 skip:1 A@5             | 2=A              | 3",
        "A@1 back:1 B@20               | 1=B              | 2",
        "A@1 back:1 back:1             |                  | 1",
        "A@1 skip:2 B@9 back:3 back:2  | 1=A              | 2",
        "skip:1 skip:2 back:2 A@9      | 2=A              | 3",
        "pause A@3 resume B@9          | 1=B              | 2",
        "pause A@3 resume put:A        | 1=A              | 2",
        "A@1 B@2                       | 1=A              | 2",
        "A@1 B@2 take:B                | 1=A 2=B          | 3",
        "A@1 B@2 swap:B                | 1=B 2=A          | 3",
        "A@1 B@2 swap:B back:2         | 1=A              | 2",
        "A@1 B@2 ignore:B C@30         | 1=A 2=C          | 3",
        "A@1 B@2 take:C                | 1=A              | 2",
        "A@1 B@2 C@3 take:B            | 1=A 2=B          | 3",
        "A@1 B@2 C@3 take:B take:C     | 1=A 2=B 3=C      | 4",
        "A@1 B@2 C@30 swap:B           | 1=B 2=A 3=C      | 4",
        "A@1 B@3.5                     | 1=A 2=B          | 3",
        "A@1<sala6                     |                  | 1",
        "A@1<sala6 take:A              | 1=A              | 2",
        "A@1<sala6 ignore:A B@9        | 1=B              | 2",
        "A@1 B@9 put:A:2               | 1=B 2=A          | 3",
        "A@1 B@9 put:A:2 back:3        | 1=A 2=B          | 3",
        "A@1 put:B:1                   | 1=B              | 2",
        "A@1 go:4 B@9                  | 1=A 4=B          | 5",
        "A@1 go:1 B@9                  | 1=A 2=B          | 3",
        "skip:1 A@5 go:1 B@20          | 1=B 2=A          | 3",
        "A@1 B@9 C@19 D@29 E@39 F@49   | 1=A 2=B 3=C 4=D 5=E |",
      })
  void what_happens_and_who_sits_where(String happens, String seats, String next) {
    Room room = new Room(List.of("1", "2", "3", "4", "5"));
    room.play(happens);
    assertThat(room.seats()).isEqualTo(seats == null ? "" : seats.strip());
    assertThat(room.next()).isEqualTo(next == null ? "" : next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A@1                       | SEATED A 1",
        "A@1 A@70                  | ALREADY A 1",
        "A@1 B@2                   | TOGETHER B 2",
        "A@1 B@2 C@40              | QUEUED C",
        "A@1 B@2 B@3               | TOGETHER B 2",
        "A@1<sala6                 | ELSEWHERE A 1",
        "pause A@1                 | WHILE_PAUSED A",
        "skip:1                    | SKIPPED 1",
        "back:0                    | NOTHING_DONE",
        "A@1 back:1                | TAKEN_BACK A 1",
        "skip:1 back:1             | UNSKIPPED 1",
        "A@1 B@9 put:B:1           | SWAPPED B 1",
        "skip:1 skip:2 skip:3 A@9  | NO_SEAT A",
      })
  void each_thing_is_told(String happens, String note) {
    Room room = new Room(List.of("1", "2", "3"));
    room.play(happens);
    assertThat(room.lastNote()).isEqualTo(note);
  }

  @Test
  void a_room_that_nobody_drew_counts_its_seats() {
    Room room = new Room(List.of());
    room.play("A@1 B@9 skip:3 C@20 back:4 D@40");
    assertThat(room.seats()).isEqualTo("1=A 2=B 4=D");
    assertThat(room.next()).isEqualTo("5");
  }

  @Test
  void a_seat_that_has_a_pc_is_passed_over() {
    Room room = new Room(List.of("1", "2", "3"));
    room.seats.put("2", mac("Z"));
    room.play("A@1 B@9");
    assertThat(room.seats()).isEqualTo("1=A 2=Z 3=B");
  }

  @Test
  void a_room_switched_on_at_once_while_a_question_is_open_does_not_fill_the_memory() {
    Room room = new Room(List.of());
    room.play("A@1 B@2");
    for (int i = 0; i < 1_000; i++) {
      room.heard(new Mac(0x020000000000L + i), 3);
    }
    assertThat(room.walk.queue()).hasSize(200);
  }

  static Mac mac(String letter) {
    return new Mac(0x525400000000L + letter.charAt(0));
  }

  /** Commits what the walk wants, as the appliance would. */
  static final class Room {
    final Map<String, Mac> seats = new TreeMap<>();
    private final List<Map<String, Mac>> before = new ArrayList<>();
    private Optional<Note> note = Optional.empty();
    Walk walk;
    private final Route whole;

    Room(List<String> names) {
      whole = new Route("sala5", names, 1, Hostnames.NONE, Optional.empty(), false);
      walk = Walk.begin(whole, BEGAN);
    }

    void play(String happens) {
      for (String one : happens.strip().split(" +", -1)) {
        if (one.contains("@")) {
          String[] pc = one.split("[@<]", -1);
          Optional<Elsewhere> elsewhere =
              one.contains("<") ? Optional.of(new Elsewhere(pc[2], "9")) : Optional.empty();
          heard(mac(pc[0]), Double.parseDouble(pc[1]), elsewhere);
        } else {
          act(one.split(":", -1));
        }
        drain();
      }
    }

    void heard(Mac mac, double seconds) {
      heard(mac, seconds, Optional.empty());
    }

    private void heard(Mac mac, double seconds, Optional<Elsewhere> elsewhere) {
      Instant at = BEGAN.plusMillis((long) (seconds * 1000));
      apply(walk.heard(new Heard(mac, at), seating(), elsewhere));
    }

    private void act(String[] words) {
      Instant now = BEGAN.plusSeconds(3_600);
      switch (words[0]) {
        case "skip" -> apply(walk.skip(words[1], seating(), now));
        case "back" -> apply(walk.back(Integer.parseInt(words[1])));
        case "pause" -> apply(walk.pause(true));
        case "resume" -> apply(walk.pause(false));
        case "go" -> apply(walk.goTo(words[1], whole, seating()));
        case "put" -> {
          Optional<String> seat =
              words.length > 2 ? Optional.of(words[2]) : Optional.empty();
          apply(walk.place(mac(words[1]), seat, seating(), now));
        }
        default ->
            apply(
                walk.answered(
                    mac(words[1]), Answer.named(words[0]).orElseThrow(), seating()));
      }
    }

    private void drain() {
      while (walk.waiting().isPresent()) {
        Heard pc = walk.waiting().get();
        walk = walk.withoutFirstWaiting();
        apply(walk.heard(pc, seating(), Optional.empty()));
      }
    }

    private void apply(Outcome outcome) {
      if (outcome.undo().isPresent()) {
        seats.clear();
        seats.putAll(before.remove(before.size() - 1));
      } else if (!outcome.sits().isEmpty()) {
        before.add(new TreeMap<>(seats));
        outcome.sits().forEach(sit -> seats.values().remove(sit.mac()));
        outcome.sits().forEach(sit -> seats.put(sit.seat(), sit.mac()));
        seats.remove("");
      }
      walk = outcome.walk();
      outcome.note().ifPresent(told -> note = Optional.of(told));
    }

    private Seating seating() {
      return new Seating(seats);
    }

    String next() {
      return walk.next(seating()).orElse("");
    }

    String seats() {
      return seats.entrySet().stream()
          .map(e -> e.getKey() + "=" + letter(e.getValue()))
          .collect(Collectors.joining(" "));
    }

    String lastNote() {
      Note told = note.orElseThrow();
      return (told.kind() + " " + told.mac().map(Room::letter).orElse("") + " " + told.seat())
          .strip()
          .replaceAll(" +", " ");
    }

    private static String letter(Mac mac) {
      return String.valueOf((char) (mac.bits() & 0xff));
    }
  }
}
