package io.arranque.web.rooms;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.people.Who;
import io.arranque.walk.Question;
import io.arranque.walk.Seating;
import io.arranque.walk.Step;
import io.arranque.walk.Walk;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A walk as page and API show it. Empty texts where there is nothing. */
final class WalkViews {
  private WalkViews() {}

  /**
   * @param next the seat whose PC is to be switched on
   * @param hostname what that PC will be called
   * @param steps how many were done, as {@code back} wants to be told
   * @param number of the newest that was told
   * @param front the teacher's side of the picture
   * @param width of the picture, in steps of the grid
   */
  record WalkView(
      String room,
      boolean running,
      boolean paused,
      boolean counting,
      String next,
      String hostname,
      String role,
      boolean arm,
      String by,
      String began,
      int taken,
      int total,
      int steps,
      int number,
      int queued,
      QuestionView question,
      String front,
      int width,
      int height,
      List<SeatView> seats,
      List<DoneView> done,
      List<ToldView> told) {}

  /**
   * @param state {@code empty}, {@code next}, {@code taken}, {@code fresh} (by this walk) or {@code
   *     skipped}
   */
  record SeatView(String name, int x, int y, String state, String machine, String id) {}

  /**
   * @param kind {@code together}, {@code elsewhere}, or empty: none is open
   */
  record QuestionView(
      String kind, String seat, PcView pc, PcView other, String otherSeat, String otherRoom) {
    static final QuestionView NONE = new QuestionView("", "", PcView.NONE, PcView.NONE, "", "");
  }

  record PcView(String mac, String id, String name, String model) {
    static final PcView NONE = new PcView("", "", "", "");
  }

  record DoneView(String seat, PcView pc, String at) {}

  record ToldView(
      int number,
      String at,
      String kind,
      String tone,
      PcView pc,
      String seat,
      String other,
      String detail) {}

  static WalkView of(String room, Optional<Walking> walking, Inventory now, Seating seating) {
    Layout layout = now.room(room).map(Room::layout).orElse(Layout.NONE);
    Optional<Walk> walk = walking.map(Walking::walk);
    Optional<String> next = walk.flatMap(w -> w.next(seating));
    List<SeatView> seats = seats(layout, walk, now, seating, next);
    return new WalkView(
        room,
        walk.isPresent(),
        walk.filter(Walk::paused).isPresent(),
        walking.map(w -> w.whole().isCounting()).orElse(layout.seats().isEmpty()),
        next.orElse(""),
        next.flatMap(seat -> walk.flatMap(w -> w.route().hostnames().at(seat))).orElse(""),
        walk.flatMap(w -> w.route().role()).orElse(""),
        walk.filter(w -> w.route().arm()).isPresent(),
        walking.map(w -> Who.parse(w.by()).name()).orElse(""),
        walk.map(w -> Views.text(w.began())).orElse(""),
        seating.taken().size(),
        layout.seats().size(),
        walk.map(w -> w.steps().size()).orElse(0),
        walking.map(Walking::number).orElse(0),
        walk.map(w -> w.queue().size()).orElse(0),
        walk.flatMap(Walk::question).map(q -> question(q, now)).orElse(QuestionView.NONE),
        layout.front().label(),
        layout.seats().stream().mapToInt(Seat::x).max().orElse(0) + Layout.SEAT_STEPS,
        layout.seats().stream().mapToInt(Seat::y).max().orElse(0) + Layout.SEAT_STEPS,
        seats,
        walk.map(w -> done(w, now)).orElse(List.of()),
        walking.map(w -> w.told().stream().map(t -> told(t, now)).toList()).orElse(List.of()));
  }

  /** Those of the picture, and where somebody sits besides. */
  private static List<SeatView> seats(
      Layout layout, Optional<Walk> walk, Inventory now, Seating seating, Optional<String> next) {
    Set<Mac> fresh = new HashSet<>();
    walk.ifPresent(w -> w.steps().forEach(step -> step.mac().ifPresent(fresh::add)));
    Set<String> skipped = walk.map(Walk::skipped).orElse(Set.of());
    Set<String> drawn = new HashSet<>();
    layout.seats().forEach(seat -> drawn.add(seat.name()));
    Stream<String> besides =
        Stream.of(seating.taken(), skipped, Set.copyOf(next.stream().toList()))
            .flatMap(Set::stream)
            .distinct()
            .filter(name -> !drawn.contains(name))
            .sorted(Comparator.comparing(Desk::natural));
    List<SeatView> views = new ArrayList<>();
    Stream.concat(layout.seats().stream(), besides.map(name -> new Seat(name, -1, -1)))
        .forEach(
            seat -> {
              Optional<Machine> there = seating.at(seat.name()).flatMap(now::machine);
              String state =
                  there.isPresent()
                      ? fresh.contains(there.get().mac()) ? "fresh" : "taken"
                      : next.filter(seat.name()::equals).isPresent()
                          ? "next"
                          : skipped.contains(seat.name()) ? "skipped" : "empty";
              views.add(
                  new SeatView(
                      seat.name(),
                      seat.x(),
                      seat.y(),
                      state,
                      there.map(Machine::hostname).orElse(""),
                      there.map(m -> m.mac().hyphenated()).orElse("")));
            });
    return List.copyOf(views);
  }

  private static QuestionView question(Question question, Inventory now) {
    return new QuestionView(
        question.isTogether() ? "together" : "elsewhere",
        question.seat(),
        pc(question.about().mac(), now),
        question.other().map(mac -> pc(mac, now)).orElse(PcView.NONE),
        question.otherSeat(),
        question.otherRoom());
  }

  private static List<DoneView> done(Walk walk, Inventory now) {
    List<DoneView> done = new ArrayList<>();
    for (int i = walk.steps().size() - 1; i >= 0; i--) {
      Step step = walk.steps().get(i);
      PcView pc = step.mac().map(mac -> pc(mac, now)).orElse(PcView.NONE);
      done.add(new DoneView(step.seat(), pc, Views.text(step.at())));
    }
    return List.copyOf(done);
  }

  private static ToldView told(Walking.Told told, Inventory now) {
    return new ToldView(
        told.number(),
        Views.text(told.at()),
        told.note().kind().name(),
        told.note().kind().tone().name().toLowerCase(Locale.ROOT),
        told.note().mac().map(mac -> pc(mac, now)).orElse(PcView.NONE),
        told.note().seat(),
        told.note().other(),
        told.detail());
  }

  private static PcView pc(Mac mac, Inventory now) {
    Hardware hardware = now.machine(mac).map(Machine::hardware).orElse(Hardware.UNKNOWN);
    String model =
        Stream.of(hardware.vendor(), hardware.model(), hardware.firmware())
            .flatMap(Optional::stream)
            .reduce((a, b) -> a + " " + b)
            .orElse("");
    String name = now.machine(mac).map(Machine::hostname).orElse(mac.toString());
    return new PcView(mac.toString(), mac.hyphenated(), name, model);
  }
}
