package io.arranque.web;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Two thousand machines that stand in drawn rooms, each with a lease and events. */
final class BigSite {
  static final int MACHINES = 2_000;
  private static final long FIRST = 0x525400100000L;

  final World world;
  private final int seats;

  /**
   * @param rooms of equal size; one of two thousand is more than people may draw, but machines
   *     without a seat are as many as there are
   */
  BigSite(Path folder, int rooms) {
    world = new World(folder);
    seats = MACHINES / rooms;
    campus();
    for (int room = 0; room < rooms; room++) {
      world.book.with(new Room(room(room), "", Map.of()).with(layout()));
    }
    for (int i = 0; i < MACHINES; i++) {
      machine(i);
    }
  }

  static String room(int room) {
    return "room" + room;
  }

  static Mac mac(int machine) {
    return new Mac(FIRST + machine);
  }

  /** Another state for a machine, later than all before. */
  void move(int machine, Stage stage, String detail) {
    world.now = world.now.plusMillis(1);
    world.event(mac(machine), Duration.ZERO, stage, Reason.MACHINE_REPORTED, detail);
  }

  private Layout layout() {
    List<Seat> drawn = new ArrayList<>();
    int columns = seats > 400 ? 50 : 8;
    for (int i = 0; i < seats; i++) {
      drawn.add(new Seat(Integer.toString(i + 1), i % columns * 2, i / columns * 3));
    }
    return new Layout(Layout.Front.TOP, drawn);
  }

  private static String address(int machine) {
    return "10.9." + (1 + machine / 250) + "." + (1 + machine % 250);
  }

  private void machine(int i) {
    Mac mac = mac(i);
    world.book.with(
        new Machine(
            mac,
            new Machine.Assignment(
                Optional.of("h" + i),
                Optional.of(room(i / seats)),
                Optional.of(Integer.toString(i % seats + 1)),
                Optional.of("worker"),
                Map.of()),
            new Hardware(
                Optional.of(new UUID(mac.bits(), 7)),
                Optional.of("S" + i),
                Optional.of("Dell Inc."),
                Optional.of("OptiPlex 7010"),
                Optional.of("uefi-x64")),
            Optional.of("campus"),
            Optional.of(Ipv4.of(address(i))),
            Optional.of(world.now.minus(Duration.ofDays(12))),
            Optional.of(world.now)));
    world.network.lease(address(i), mac, Duration.ofHours(11), "");
    world.event(mac, Duration.ofMinutes(9), Stage.DISCOVER, Reason.OK, "PXEClient");
    world.event(mac, Duration.ofMinutes(8), Stage.INITRD, "initrd", 61_000_000, 640);
    world.event(mac, Duration.ofMinutes(7), Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined");
  }

  private void campus() {
    Site small = world.site;
    Map<String, Segment> segments = new TreeMap<>(small.segments());
    segments.put(
        "campus",
        new Segment(
            "campus",
            Cidr.of("10.9.0.0/20"),
            Optional.empty(),
            false,
            Segment.Mode.SERVER,
            false,
            List.of(AddressRange.of("10.9.1.0-10.9.8.255")),
            Optional.of(Ipv4.of("10.9.0.1")),
            List.of(),
            Optional.empty(),
            Duration.ofHours(12),
            List.of(),
            Map.of(),
            new Segment.UnknownMachines.Discover(),
            Optional.empty(),
            Map.of()));
    world.site =
        new Site(
            small.folder(),
            small.settings(),
            new TreeMap<>(segments),
            small.roles(),
            small.scripts(),
            small.images(),
            small.loaders());
  }
}
