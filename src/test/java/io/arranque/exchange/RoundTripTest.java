package io.arranque.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.exchange.Proposal.State;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.plan.Planned;
import io.arranque.site.BootPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was exported changes nothing when it is imported again, and comes back when all is lost. */
class RoundTripTest {
  private static final String LETTERS =
      "abc =+-@'\"\\,;:\t\n\r#{}[]&*!|>%`~?0é€漢\uFF1D\u00a0\u0085\u2028\u2003\ufeff\ufffd😀";
  private static final List<String> WORDS =
      List.of(
          "-", "--", "'", "''", "'-", "=1+1", "null", "~", "no", "007", " a ", "********x", "\n");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void an_export_changes_nothing_when_it_comes_back(long seed) {
    MemoryBook book = book(new Random(seed));
    for (Format format : Format.exports()) {
      String text = Export.write(format, Sample.SITE, book, Optional.empty());
      Reading reading = Reading.of(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
      assertThat(reading.format()).as("seed %d", seed).contains(format);
      Outcome outcome = Import.decide(reading, Sample.SITE, book, Sample.WIRE, Sample.TERMS);
      assertThat(outcome.refusals()).as("seed %d %s\n%s", seed, format, text).isEmpty();
      assertThat(outcome.proposals())
          .as("seed %d %s\n%s", seed, format, text)
          .hasSizeGreaterThanOrEqualTo(book.machines().size())
          .allSatisfy(row -> assertThat(row.state()).isEqualTo(State.UNCHANGED));
      assertThat(outcome.changes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void everything_that_people_decided_comes_back_into_an_empty_appliance(long seed) {
    MemoryBook book = book(new Random(seed));
    for (Format format : List.of(Format.YAML, Format.CSV)) {
      MemoryBook empty = new MemoryBook();
      Outcome outcome =
          Sample.take(empty, Export.write(format, Sample.SITE, book, Optional.empty()));
      assertThat(outcome.refusals()).as("seed %d %s", seed, format).isEmpty();
      for (Machine machine : book.machines()) {
        assertThat(empty.machine(machine.mac()).orElseThrow().assignment())
            .as("seed %d %s %s", seed, format, machine.mac())
            .isEqualTo(machine.assignment());
      }
      if (format == Format.YAML) {
        assertThat(List.copyOf(empty.rooms())).isEqualTo(List.copyOf(book.rooms()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void an_undo_brings_back_the_state_before(long seed) {
    Random random = new Random(seed);
    MemoryBook book = book(random);
    MemoryBook before = copy(book);
    String other = Export.write(Format.YAML, Sample.SITE, book(random), Optional.empty());
    Outcome done = Sample.take(book, other, Sample.SKIPPING);
    if (!done.undo().isEmpty()) {
      Outcome undone = Sample.take(book, done.undo());
      assertThat(undone.refusals()).as("seed %d\n%s", seed, done.undo()).isEmpty();
    }
    assertThat(List.copyOf(book.machines())).isEqualTo(List.copyOf(before.machines()));
    // A room that was only a word on machines is a room now; it says nothing.
    assertThat(told(book)).isEqualTo(told(before));
  }

  @Test
  void a_cell_that_begins_like_a_formula_is_no_formula_and_comes_back() {
    MemoryBook book = new MemoryBook();
    Map<String, String> vars = Map.of("a", "=cmd|' /C calc'!A0", "b", "@SUM(1)", "c", "'=x");
    book.with(Machine.unknown(Sample.PC1).with(assignment("pc1", vars)));

    String text = Export.write(Format.CSV, Sample.SITE, book, Optional.empty());

    assertThat(text).contains("\"'=cmd|' /C calc'!A0\",\"'@SUM(1)\",\"''=x\"");
    assertThat(Sample.look(book, text).changes()).isEmpty();
  }

  @Test
  void a_secret_is_in_no_export() {
    MemoryBook book = MemoryBook.of(Sample.machine(Sample.PC1, "pc1", "1", "worker", ""));
    book.with(new Room("sala5", "", Map.of("token", "s3cret")));
    for (Format format : Format.exports()) {
      assertThat(Export.write(format, Sample.SITE, book, Optional.empty()))
          .doesNotContain("s3cret");
    }
    assertThat(Masks.MASK).isEqualTo(Planned.MASK);
  }

  @Test
  void one_room_alone_can_be_exported() {
    MemoryBook book =
        MemoryBook.of(
            Sample.machine(Sample.PC1, "pc1", "1", "worker", ""),
            Machine.unknown(Sample.PC2).with(assignment("elsewhere", Map.of())));
    book.with(new Room("sala5", "", Map.of())).with(new Room("sala6", "", Map.of()));

    assertThat(Export.write(Format.YAML, Sample.SITE, book, Optional.of("sala5")))
        .contains("pc1", "\"sala5\"")
        .doesNotContain("elsewhere", "sala6");
  }

  private static Assignment assignment(String hostname, Map<String, String> vars) {
    return new Assignment(
        Optional.of(hostname), Optional.empty(), Optional.empty(), Optional.empty(), vars);
  }

  private static List<Room> told(MemoryBook book) {
    return book.rooms().stream()
        .filter(room -> !room.equals(new Room(room.name(), "", Map.of())))
        .toList();
  }

  private static MemoryBook copy(MemoryBook book) {
    MemoryBook copy = MemoryBook.of(book.machines().toArray(Machine[]::new));
    book.rooms().forEach(copy::with);
    return copy;
  }

  /** Machines with MACs out of a small set, so that two books have some in common. */
  private static MemoryBook book(Random random) {
    MemoryBook book = new MemoryBook();
    for (int i = 0; i < 12; i++) {
      Mac mac = new Mac(0x525400000000L | random.nextInt(20));
      String name = random.nextInt(4) == 0 ? "" : name(random, mac);
      Assignment assignment =
          new Assignment(
              Optional.of(name).filter(n -> !n.isEmpty()),
              Optional.of("sala" + random.nextInt(3)).filter(r -> random.nextBoolean()),
              Optional.of(mac.bits() % 100 + "A").filter(s -> random.nextBoolean()),
              Optional.of(random.nextBoolean() ? "worker" : "local-disk")
                  .filter(r -> random.nextBoolean()),
              vars(random),
              OptionLines.of(
                  random.nextBoolean()
                      ? Map.of("ntp-servers", "10.0.0.1", "150", "ip:10.0.0.1")
                      : Map.of()),
              Optional.of(new Ipv4(Ipv4.of("192.168.34.0").bits() + (int) (mac.bits() & 0xff)))
                  .filter(a -> random.nextBoolean()),
              Optional.of(BootPolicy.INSTALL_ONCE).filter(p -> random.nextInt(4) == 0));
      book.with(Machine.unknown(mac).with(assignment));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      book.with(
          new Room(
              "sala" + i,
              "Sala " + random.nextInt(9),
              vars(random),
              OptionLines.of(random.nextBoolean() ? Map.of("42", "10.0.0.1") : Map.of())));
    }
    return book;
  }

  private static String name(Random random, Mac mac) {
    String end = mac.bare().substring(10);
    return List.of("pc-", "PC", "0x", "a-b-c", "host").get(random.nextInt(5)) + end;
  }

  private static Map<String, String> vars(Random random) {
    Map<String, String> vars = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      vars.put(List.of("a", "B_c", "no", "x-y", "var").get(random.nextInt(5)), text(random));
    }
    return vars;
  }

  private static String text(Random random) {
    if (random.nextBoolean()) {
      return WORDS.get(random.nextInt(WORDS.size()));
    }
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}
