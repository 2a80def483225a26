package io.arranque.web.rooms;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Download;
import io.arranque.downloads.LoadProgress;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Identity;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Layouts;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Tile;
import io.arranque.web.access.Reach;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.rooms.RoomViews.CardView;
import io.arranque.web.rooms.RoomViews.CountView;
import io.arranque.web.rooms.RoomViews.LayoutView;
import io.arranque.web.rooms.RoomViews.MiniView;
import io.arranque.web.rooms.RoomViews.PlaceView;
import io.arranque.web.rooms.RoomViews.RoomDetail;
import io.arranque.web.rooms.RoomViews.SeatView;
import io.arranque.web.rooms.RoomViews.TileView;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rooms as they are now: one look at the inventory for all of them, no boot plan, nothing asked of
 * a machine.
 */
public final class RoomDesk {
  private static final Map<String, Tile.State> STATES =
      Stream.of(Tile.State.values()).collect(Collectors.toMap(Tile.State::label, s -> s));

  private static final int MINIS_IN_A_ROW = 10;
  private static final int MOST_STRANGERS = 300;

  private final Parts parts;
  private final Standings standings;

  public RoomDesk(Parts parts, Standings standings) {
    this.parts = parts;
    this.standings = standings;
  }

  /** All states, as pages list them. */
  static List<String> states() {
    return Stream.of(Tile.State.values()).map(Tile.State::label).toList();
  }

  static int order(String state) {
    return Optional.ofNullable(STATES.get(state)).map(Tile.State::ordinal).orElse(0);
  }

  /**
   * What is the same for each machine of one look.
   *
   * @param leases the end of each present lease
   * @param hidden machines that are one too many to be shown
   */
  record Look(
      Site site,
      Inventory inventory,
      Instant now,
      Map<Mac, Instant> leases,
      Map<Ipv4, List<Download>> downloads,
      Set<Mac> hidden) {}

  Look look() {
    Map<Mac, Instant> leases = new HashMap<>();
    for (LeaseView lease : parts.leases().get()) {
      leases.merge(lease.mac(), lease.expires(), (a, b) -> a.isAfter(b) ? a : b);
    }
    Inventory inventory = parts.book().view();
    return new Look(
        parts.site().get(),
        inventory,
        parts.clock().instant(),
        leases,
        parts.downloads().get().downloads().stream()
            .collect(Collectors.groupingBy(Download::address)),
        hidden(inventory));
  }

  /** Anybody on the wire can make up machines: of those that nobody entered, the last heard. */
  private static Set<Mac> hidden(Inventory inventory) {
    List<Machine> strangers =
        inventory.machines().stream()
            .filter(m -> m.assignment().equals(Machine.Assignment.NONE))
            .toList();
    return strangers.size() <= MOST_STRANGERS
        ? Set.of()
        : strangers.stream()
            .sorted(
                Comparator.comparing((Machine m) -> m.lastSeen().orElse(Instant.MIN)).reversed())
            .skip(MOST_STRANGERS)
            .map(Machine::mac)
            .collect(Collectors.toSet());
  }

  /** Rooms that people made, that segments name, and that machines were put in. */
  Set<String> names(Look look) {
    Set<String> names = new TreeSet<>(Comparator.comparing(Desk::natural));
    look.inventory().rooms().forEach(room -> names.add(room.name()));
    look.site().segments().values().forEach(s -> s.room().ifPresent(names::add));
    look.inventory().machines().forEach(m -> m.assignment().room().ifPresent(names::add));
    return names;
  }

  /** All rooms; those that stand nowhere come last, if there are any. */
  List<CardView> cards() {
    Look look = look();
    Map<String, List<TileView>> tiles = new HashMap<>();
    for (Machine machine : look.inventory().machines()) {
      if (look.hidden().contains(machine.mac())) {
        continue;
      }
      TileView tile = tile(look, machine);
      tiles.computeIfAbsent(tile.room(), room -> new ArrayList<>()).add(tile);
    }
    List<CardView> cards = new ArrayList<>();
    for (String name : names(look)) {
      cards.add(card(look, name, tiles.getOrDefault(name, List.of())));
    }
    if (tiles.containsKey("")) {
      cards.add(card(look, "", tiles.get("")));
    }
    return List.copyOf(cards);
  }

  /** One room; the empty name is nowhere. Empty: there is no such room. */
  Optional<CardView> card(String name) {
    Look look = look();
    List<TileView> tiles = tiles(look, name);
    return name.isEmpty() || !tiles.isEmpty() || names(look).contains(name)
        ? Optional.of(card(look, name, tiles))
        : Optional.empty();
  }

  private List<TileView> tiles(Look look, String room) {
    return look.inventory().machines().stream()
        .filter(m -> Reach.roomOf(look.site(), m).orElse("").equals(room))
        .filter(m -> !look.hidden().contains(m.mac()))
        .map(m -> tile(look, m))
        .toList();
  }

  Optional<RoomDetail> detail(String name) {
    Look look = look();
    return card(name)
        .map(
            card -> {
              Room room = look.inventory().room(name).orElseGet(() -> new Room(name, "", Map.of()));
              return new RoomDetail(
                  name,
                  card.description(),
                  Views.masked(room.vars(), Views.secretNames(look.site())),
                  room.options().texts(),
                  card.machines(),
                  version(name),
                  layout(name),
                  card.counts(),
                  all(card));
            });
  }

  static List<TileView> all(CardView card) {
    List<TileView> all = new ArrayList<>();
    for (SeatView seat : card.seats()) {
      if (seat.tile() != null) {
        all.add(seat.tile());
      }
    }
    all.addAll(card.tray());
    return List.copyOf(all);
  }

  String version(String name) {
    return Layouts.version(parts.site().get(), parts.book().view(), name);
  }

  LayoutView layout(String name) {
    return layout(parts.book().view().room(name).map(Room::layout).orElse(Layout.NONE));
  }

  static LayoutView layout(Layout layout) {
    return new LayoutView(
        layout.front().label(),
        layout.seats().stream().map(s -> new PlaceView(s.name(), s.x(), s.y())).toList());
  }

  private CardView card(Look look, String name, List<TileView> tiles) {
    Optional<Room> room = look.inventory().room(name);
    Layout layout = room.map(Room::layout).orElse(Layout.NONE);
    Map<String, TileView> sitting = new HashMap<>();
    List<TileView> tray = new ArrayList<>();
    Set<String> drawn = layout.seats().stream().map(Seat::name).collect(Collectors.toSet());
    for (TileView tile : tiles) {
      if (!drawn.contains(tile.seat()) || sitting.putIfAbsent(tile.seat(), tile) != null) {
        tray.add(tile);
      }
    }
    tray.sort(
        Comparator.comparing((TileView t) -> t.seat().isEmpty())
            .thenComparing(t -> Desk.natural(t.seat()))
            .thenComparing(t -> Desk.natural(t.name())));
    List<SeatView> seats =
        layout.seats().stream()
            .map(s -> new SeatView(s.name(), s.x(), s.y(), sitting.get(s.name())))
            .toList();
    List<MiniView> minis = minis(seats, tray);
    return new CardView(
        name,
        room.map(Room::description).orElse(""),
        tiles.size(),
        minis.stream().mapToInt(MiniView::x).max().orElse(0) + Layout.SEAT_STEPS,
        minis.stream().mapToInt(MiniView::y).max().orElse(0) + Layout.SEAT_STEPS,
        layout.front().label(),
        seats,
        List.copyOf(tray),
        minis,
        counts(tiles),
        urgent(tiles));
  }

  /** Who has no seat stands below the seats, in rows. */
  private static List<MiniView> minis(List<SeatView> seats, List<TileView> tray) {
    List<MiniView> minis = new ArrayList<>();
    int right = (MINIS_IN_A_ROW - 1) * Layout.SEAT_STEPS;
    int top = 0;
    for (SeatView seat : seats) {
      minis.add(
          seat.tile() == null
              ? new MiniView("", "empty", seat.x(), seat.y())
              : new MiniView(seat.tile().id(), seat.tile().state(), seat.x(), seat.y()));
      right = Math.max(right, seat.x());
      top = Math.max(top, seat.y() + Layout.SEAT_STEPS + 1);
    }
    int inARow = right / Layout.SEAT_STEPS + 1;
    for (int i = 0; i < tray.size(); i++) {
      int x = i % inARow * Layout.SEAT_STEPS;
      int y = top + i / inARow * Layout.SEAT_STEPS;
      minis.add(new MiniView(tray.get(i).id(), tray.get(i).state(), x, y));
    }
    return List.copyOf(minis);
  }

  static List<CountView> counts(List<TileView> tiles) {
    Map<Integer, CountView> counts = new TreeMap<>();
    for (TileView tile : tiles) {
      counts.merge(
          order(tile.state()),
          new CountView(tile.state(), 1),
          (a, b) -> new CountView(a.state(), a.count() + 1));
    }
    return List.copyOf(counts.values());
  }

  /** Failed first, then whoever waits for somebody longest. */
  static List<TileView> urgent(List<TileView> tiles) {
    return tiles.stream()
        .filter(t -> t.urgency() <= order(Tile.State.WAITING.label()))
        .min(
            Comparator.comparingInt(TileView::urgency)
                .thenComparing(TileView::heard)
                .thenComparing(t -> Desk.natural(t.name())))
        .stream()
        .toList();
  }

  TileView tile(Look look, Machine machine) {
    BootStatus status = standings.of(machine, look.now());
    Optional<String> room = Reach.roomOf(look.site(), machine);
    Optional<String> heardIn = segment(look, machine).flatMap(Segment::room);
    boolean elsewhere = heardIn.isPresent() && !heardIn.equals(room);
    boolean entered = !machine.assignment().equals(Machine.Assignment.NONE);
    boolean loading = status.state() == BootStatus.State.LOADING;
    Tile tile =
        Tile.of(
            status,
            new Tile.Facts(
                entered,
                machine.provisioning().isQuarantined(),
                elsewhere,
                leaseEnds(look, machine, status),
                loading ? percent(look, machine) : OptionalInt.empty()),
            look.now());
    Optional<BootEvent> event = status.decisive();
    return new TileView(
        machine.mac().hyphenated(),
        machine.mac().toString(),
        machine.hostname(),
        room.orElse(""),
        machine.assignment().seat().orElse(""),
        tile.state().label(),
        event.map(e -> e.stage().label()).orElse(""),
        event.map(e -> e.reason().name()).orElse(""),
        tile.percent().orElse(-1),
        Views.text(tile.heard().map(Views::text)),
        sign(look, machine),
        elsewhere ? heardIn.orElse("") : "");
  }

  private static Optional<Segment> segment(Look look, Machine machine) {
    return machine.segment().flatMap(s -> Optional.ofNullable(look.site().segments().get(s)));
  }

  /** Of a lease that is over nothing is left but how long it can have lasted. */
  private static Optional<Instant> leaseEnds(Look look, Machine machine, BootStatus status) {
    Instant present = look.leases().get(machine.mac());
    if (present != null) {
      return Optional.of(present);
    }
    return segment(look, machine)
        .filter(s -> s.mode() == Segment.Mode.SERVER)
        .flatMap(s -> status.lastHeard().map(heard -> heard.plus(s.leaseTime())));
  }

  private static String sign(Look look, Machine machine) {
    if (machine.provisioning().isQuarantined()) {
      return "quarantine";
    }
    if (machine.provisioning().alarm().isPresent()) {
      return "alarm";
    }
    return Identity.pending(look.inventory(), machine).isPresent() ? "pending" : "";
  }

  private OptionalInt percent(Look look, Machine machine) {
    Optional<Boot> boot = look.inventory().boot(machine.mac());
    Optional<Image> image =
        boot.flatMap(b -> Optional.ofNullable(look.site().roles().get(b.role())))
            .flatMap(Role::image)
            .flatMap(name -> Optional.ofNullable(look.site().images().get(name)));
    if (boot.isEmpty() || image.isEmpty()) {
      return OptionalInt.empty();
    }
    List<Download> underWay =
        Stream.concat(machine.address().stream(), Stream.of(boot.get().address()))
            .distinct()
            .flatMap(address -> look.downloads().getOrDefault(address, List.of()).stream())
            .toList();
    return LoadProgress.percent(
        wanted(image.get()), fetched(machine.mac(), boot.get().startedAt()), underWay);
  }

  private static List<LoadProgress.Wanted> wanted(Image image) {
    return Stream.concat(Stream.of(image.kernel()), image.initrds().stream())
        .map(
            file -> {
              OptionalLong size =
                  Optional.ofNullable(image.details().files().get(file))
                      .flatMap(Image.File::size)
                      .map(OptionalLong::of)
                      .orElse(OptionalLong.empty());
              return new LoadProgress.Wanted(LoadProgress.name(file), size);
            })
        .toList();
  }

  private Map<String, Long> fetched(Mac mac, Instant since) {
    Map<String, Long> fetched = new HashMap<>();
    for (BootEvent event : standings.history(mac)) {
      if (event.at().isBefore(since)) {
        break;
      }
      boolean file = event.stage() == Stage.KERNEL || event.stage() == Stage.INITRD;
      if (file && event.reason() == Reason.OK && event.bytes() > 0) {
        fetched.put(LoadProgress.name(event.detail()), event.bytes());
      }
    }
    return fetched;
  }
}
