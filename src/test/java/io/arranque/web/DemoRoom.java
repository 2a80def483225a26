package io.arranque.web;

import io.arranque.ExampleSite;
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
import io.arranque.site.Loaded;
import io.arranque.site.SiteLoader;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.people.PeopleDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final String ROLE =
      """
      description: Rancher worker with docker on the local disk
      boot: rancheros
      image: rancheros
      arguments: console=tty0
      vars:
        rancher-url: { type: url, default: "https://rancher.sala5.lab", description: Where the machine registers itself }
        rancher-token: { type: secret, default: "" }
        disk: { type: device, default: /dev/sda, description: Formatted if empty. Never when it holds data. }
        debug: { type: boolean, default: false }
      """;
  private static final String CLOUD_CONFIG =
      """
      #cloud-config
      hostname: {{ machine.hostname | yaml }}
      mounts:
        - [{{ disk | yaml }}, /mnt/data, ext4, ""]
      rancher:
        environment:
          TOKEN: {{ rancher_token | yaml }}
          URL: {{ rancher_url | yaml }}
      """;

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
    demo.sala7();
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

  /** The example site with a role of this school's own, where the world has a folder of its own. */
  static void files(World world) throws IOException {
    Path folder = ExampleSite.copyTo(world.site.folder());
    Path document = folder.resolve(DOCUMENT);
    Files.createDirectories(document.getParent());
    Files.writeString(document, CLOUD_CONFIG);
    Files.writeString(document.resolveSibling("role.yaml"), ROLE);
    for (String room : List.of("sala6", "sala7")) {
      String subnet = "192.168.3" + room.charAt(4) + ".";
      Files.writeString(
          folder.resolve("dhcp/" + room + ".yaml"),
          """
          subnet: %s0/24
          interface: none
          mode: server
          pool: [%s100-%s199]
          router: %s1
          room: %s
          """
              .formatted(subnet, subnet, subnet, subnet, room));
    }
    Loaded loaded = SiteLoader.load(folder);
    world.site = loaded.site().orElseThrow(() -> new AssertionError(loaded.problems()));
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
    // Two benches that face each other.
    List<Seat> benches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      benches.add(new Seat(Integer.toString(i + 1), i % 6 * 3, i / 6 * 6));
    }
    world.book.with(
        new Room(
            "sala6",
            "Laboratory",
            Map.of("disk", "/dev/nvme0n1"),
            OptionLines.NONE,
            new Layout(Layout.Front.LEFT, benches)));
    // A new room: its seats are drawn, its PCs still to come.
    List<Seat> desks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      desks.add(new Seat(Integer.toString(i + 1), i % 4 * 3, i / 4 * 3));
    }
    world.book.with(
        new Room(
            "sala7",
            "Workshop, being set up",
            Map.of(),
            OptionLines.NONE,
            new Layout(Layout.Front.TOP, desks)));
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
      Mac mac = new Mac(0x525400060000L + seat);
      elsewhere(mac, "sala6", seat, "192.168.36." + (100 + seat), Duration.ofDays(30));
    }
  }

  /** Five of its PCs have been switched on so far. */
  private void sala7() {
    for (int seat = 1; seat <= 5; seat++) {
      Mac mac = new Mac(0x525400070000L + seat);
      elsewhere(mac, "sala7", seat, "192.168.37." + (100 + seat), Duration.ofMinutes(6 - seat));
      boot(mac, Duration.ofSeconds(350 - 60L * seat));
      world.event(
          mac, Duration.ofSeconds(340 - 60L * seat), Stage.LOCAL_DISK, Reason.LOCAL_DISK, "");
    }
  }

  private void elsewhere(Mac mac, String room, int seat, String address, Duration known) {
    world.book.with(
        new Machine(
            mac,
            new Machine.Assignment(
                Optional.of(room + "-pc" + seat),
                Optional.of(room),
                Optional.of(Integer.toString(seat)),
                Optional.of("worker").filter(role -> room.equals("sala6")),
                Map.of()),
            new Hardware(
                Optional.of(new UUID(mac.bits(), seat)),
                Optional.of("PF3" + (mac.bits() & 0xfffff)),
                Optional.of("LENOVO"),
                Optional.of("ThinkCentre M70q"),
                Optional.of("uefi-x64")),
            Optional.empty(),
            Optional.of(Ipv4.of(address)),
            Optional.of(world.now.minus(known)),
            Optional.empty()));
  }
}
