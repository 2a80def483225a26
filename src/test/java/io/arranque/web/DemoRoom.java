package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.people.AuditEntry;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.Who;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.people.PeopleDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A school on a Monday morning, to look at and to test pages with: forty PCs in sala5, of which
 * some stand in every state there is, twelve in sala6 that nobody has switched on yet, and the
 * people who look after them.
 */
final class DemoRoom {
  /** A Monday, ten minutes before the class. */
  static final Instant MONDAY = Instant.parse("2026-03-09T10:50:00Z");

  static final String PASSWORD = "green tea at four";
  static final int SEATS = 40;
  static final String DOCUMENT = "cloud-init/worker/cloud-config";

  private final World world;

  private DemoRoom(World world) {
    this.world = world;
  }

  /** With machines only: nobody has an account yet. */
  static void fill(World world) {
    DemoRoom demo = new DemoRoom(world);
    demo.rooms();
    demo.registered();
    demo.others();
    demo.sala6();
    demo.lastSeen();
  }

  /** Accounts of each level, a token, and what they did. */
  static void people(World world) throws Exception {
    PeopleDesk desk = new PeopleDesk(world.people, () -> world.now);
    Who console = new Who("console", "127.0.0.1");
    desk.add(console, "ana", Grant.ADMINISTRATOR, PASSWORD);
    desk.add(console, "oscar", new Grant(Level.OPERATOR, Optional.of(Set.of("sala5"))), PASSWORD);
    desk.add(console, "vera", Grant.VIEWER, PASSWORD);
    Who ana = new Who("ana", "10.20.0.17");
    desk.addToken(
        ana,
        Grant.ADMINISTRATOR,
        Optional.of("ana"),
        "nightly export",
        Grant.VIEWER,
        Optional.of(90));
    world.people.record(
        new AuditEntry(
            world.now.minus(Duration.ofMinutes(12)),
            ana,
            "machine edited",
            Optional.of(mac(6)),
            Optional.of("sala5"),
            "role: worker → local-disk",
            AuditEntry.DONE));
  }

  /** Some of the site's files, where the world has a folder of its own. */
  static void files(World world) throws java.io.IOException {
    java.nio.file.Path document = world.site.folder().resolve(DOCUMENT);
    java.nio.file.Files.createDirectories(document.getParent());
    java.nio.file.Files.writeString(
        document, "#cloud-config\nhostname: {{ machine.hostname | yaml }}\n");
    java.nio.file.Files.writeString(
        document.resolveSibling("role.yaml"), "boot: rancheros\nimage: rancheros\n");
  }

  /** The PC at that seat of sala5, from 1. */
  static Mac mac(int seat) {
    return new Mac(World.PC1.bits() + seat - 1);
  }

  private void rooms() {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < SEATS; i++) {
      // Five rows of eight, with an aisle in the middle.
      int column = i % 8;
      seats.add(new Seat(Integer.toString(i + 1), column * 3 + (column > 3 ? 2 : 0), i / 8 * 3));
    }
    world.book.with(
        new Room(
            "sala5",
            "Computer room, first floor",
            Map.of(),
            OptionLines.NONE,
            new Layout(Layout.Front.TOP, seats)));
    world.book.with(new Room("sala6", "Laboratory", Map.of("disk", "/dev/nvme0n1")));
  }

  private void registered() {
    for (int seat = 1; seat <= SEATS; seat++) {
      String role = seat == 4 || seat == 9 ? "" : seat == 6 ? "local-disk" : "worker";
      String name = seat == 9 ? "" : "sala5-pc" + seat;
      world.machine(mac(seat), name, role, "192.168.33." + (100 + seat), "7XK" + (200 + seat));
      boot(mac(seat), switchedOn(seat));
    }
    for (int seat = 11; seat <= SEATS; seat++) {
      load(mac(seat), Duration.ofSeconds(590 - 3L * seat));
      Duration ago = Duration.ofSeconds(500 - 3L * seat);
      world.event(mac(seat), ago, Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined as worker");
    }
  }

  /** By hand, in seat order; some that had trouble once more. */
  private static Duration switchedOn(int seat) {
    return Duration.ofSeconds(
        switch (seat) {
          case 2, 7 -> 100;
          case 3, 4, 8 -> 95;
          case 5, 9, 10 -> 20;
          default -> 600 - 3L * seat;
        });
  }

  private void boot(Mac mac, Duration ago) {
    String address = "192.168.33." + (100 + (mac.bits() & 0xff));
    world.event(mac, ago, Stage.DISCOVER, Reason.OK, "PXEClient:Arch:00007");
    world.event(mac, ago.minusSeconds(1), Stage.ACK, Reason.OK, address);
    world.event(mac, ago.minusSeconds(2), Stage.LOADER, "snponly.efi", 297_984, 412);
    world.event(mac, ago.minusSeconds(4), Stage.SCRIPT, "rancheros", 1_210, 3);
  }

  private void load(Mac mac, Duration ago) {
    world.event(mac, ago, Stage.KERNEL, "vmlinuz", 8_388_608, 180);
    world.event(mac, ago.minusSeconds(3), Stage.INITRD, "initrd", 61_000_000, 1_640);
    world.event(mac, ago.minusSeconds(20), Stage.CLOUD_CONFIG, "cloud-config", 900, 2);
  }

  private void others() {
    load(mac(1), Duration.ofSeconds(560));
    say(1, 440, Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined as worker");
    load(mac(2), Duration.ofSeconds(90));
    say(2, 40, Stage.UP, Reason.MACHINE_REPORTED, "docker 19.03");
    say(3, 70, Stage.SCRIPT, Reason.IMAGE_MISSING, "images/rancheros/initrd");
    say(4, 90, Stage.WAITING, Reason.NO_ROLE, "");
    world.event(mac(5), Duration.ofSeconds(9), Stage.KERNEL, "vmlinuz", 8_388_608, 180);
    world.event(mac(5), Duration.ofSeconds(5), Stage.INITRD, "initrd", 61_000_000, 1_640);
    say(6, 500, Stage.LOCAL_DISK, Reason.LOCAL_DISK, "");
    load(mac(7), Duration.ofSeconds(80));
    String told = "mount /dev/sda1: wrong fs type, bad option, bad superblock";
    say(7, 20, Stage.UP, Reason.MACHINE_FAILED, told);
    say(8, 30, Stage.INSTALLED, Reason.MACHINE_REPORTED, "debian 13");
    say(9, 3, Stage.WAITING, Reason.NO_ROLE, "");
    say(10, 15, Stage.WAITING, Reason.DOWNLOADS_FULL, "");
    say(12, 5, Stage.WAKE, Reason.WAKE_SENT, "192.168.33.255");
    Mac foreign = new Mac(0x00155d3a0c41L);
    world.machine(foreign, "", "", "192.168.33.181", "");
    world.event(foreign, Duration.ofMinutes(40), Stage.DISCOVER, Reason.POOL_EXHAUSTED, "");
  }

  /** A machine was last seen when something last happened to it. */
  private void lastSeen() {
    for (Machine m : List.copyOf(world.book.machines())) {
      world
          .timeline
          .last(m.mac())
          .ifPresent(
              event ->
                  world.book.with(
                      new Machine(
                          m.mac(),
                          m.assignment(),
                          m.hardware(),
                          m.segment(),
                          m.address(),
                          m.firstSeen(),
                          Optional.of(event.at()))));
    }
  }

  private void say(int seat, long secondsAgo, Stage stage, Reason reason, String detail) {
    world.event(mac(seat), Duration.ofSeconds(secondsAgo), stage, reason, detail);
  }

  private void sala6() {
    for (int seat = 1; seat <= 12; seat++) {
      world.book.with(
          new Machine(
              new Mac(0x525400060000L + seat),
              new Machine.Assignment(
                  Optional.of("sala6-pc" + seat),
                  Optional.of("sala6"),
                  Optional.of(Integer.toString(seat)),
                  Optional.of("worker"),
                  Map.of()),
              new Hardware(
                  Optional.of(new UUID(6, seat)),
                  Optional.of("PF3" + (400 + seat)),
                  Optional.of("LENOVO"),
                  Optional.of("ThinkCentre M70q"),
                  Optional.of("uefi-x64")),
              Optional.of("sala5"),
              Optional.of(Ipv4.of("192.168.33." + (150 + seat))),
              Optional.of(world.now.minus(Duration.ofDays(30))),
              Optional.empty()));
    }
  }
}
