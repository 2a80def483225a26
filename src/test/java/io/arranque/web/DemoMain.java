package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The page with sample machines, to look at: arguments PORT and optionally "empty". */
final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws Exception {
    World world = new World(Path.of("."));
    if (args.length < 2) {
      fill(world);
    }
    Parts p = world.parts();
    Parts parts =
        new Parts(
                p.site(),
                p.problems(),
                p.book(),
                p.timeline(),
                p.planner(),
                Instant::now,
                p.explain(),
                p.capture(),
                p.leases(),
                p.serverAddress(),
                p.metrics(),
                p.ready(),
                p.adminToken(),
                p.surroundings(),
                p.downloads(),
                p.images(),
                p.people(),
                p.audit())
            .with(world.waker);
    ControlPlane plane = new ControlPlane(parts, Ipv4.of("127.0.0.1"), Integer.parseInt(args[0]));
    plane.start();
    for (int i = 0; i < 40; i++) {
      System.out.println(plane.newLoginLink("127.0.0.1"));
    }
    System.out.flush();
    new CountDownLatch(1).await();
  }

  static void fill(World world) {
    world.problems =
        List.of("dhcp/sala5.yaml:7 pool: wanted addresses of 192.168.33.0/24, got 192.168.34.10");
    for (int i = 1; i <= 12; i++) {
      Mac mac = new Mac(World.PC1.bits() + i - 1);
      String role = i == 4 || i == 9 ? "" : i == 6 ? "local-disk" : "worker";
      world.machine(mac, i == 9 ? "" : "sala5-pc" + i, role, "192.168.33." + (100 + i), "7XK" + i);
      world.event(mac, Duration.ofMinutes(9), Stage.DISCOVER, Reason.OK, "PXEClient:Arch:00007");
      world.event(mac, Duration.ofSeconds(539), Stage.ACK, Reason.OK, "192.168.33." + (100 + i));
      world.event(mac, Duration.ofSeconds(530), Stage.LOADER, "snponly.efi", 297_984, 412);
      world.event(mac, Duration.ofSeconds(520), Stage.SCRIPT, "rancheros", 1_210, 3);
    }
    Mac[] pcs = new Mac[13];
    for (int i = 1; i <= 12; i++) {
      pcs[i] = new Mac(World.PC1.bits() + i - 1);
    }
    world.event(pcs[1], Duration.ofSeconds(500), Stage.KERNEL, "vmlinuz", 8_388_608, 80);
    world.event(pcs[1], Duration.ofSeconds(495), Stage.INITRD, "initrd", 61_000_000, 640);
    world.event(pcs[1], Duration.ofSeconds(470), Stage.CLOUD_CONFIG, "cloud-config", 900, 2);
    world.event(
        pcs[1], Duration.ofSeconds(440), Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined");
    world.event(pcs[2], Duration.ofSeconds(40), Stage.UP, Reason.MACHINE_REPORTED, "docker 19.03");
    world.event(
        pcs[3], Duration.ofSeconds(70), Stage.SCRIPT, Reason.IMAGE_MISSING, "images/rancheros");
    world.event(pcs[4], Duration.ofSeconds(90), Stage.WAITING, Reason.NO_ROLE, "");
    world.event(pcs[5], Duration.ofSeconds(5), Stage.INITRD, "initrd", 61_000_000, 640);
    world.event(pcs[6], Duration.ofSeconds(500), Stage.LOCAL_DISK, Reason.LOCAL_DISK, "");
    world.event(
        pcs[7],
        Duration.ofSeconds(20),
        Stage.UP,
        Reason.MACHINE_FAILED,
        "<script>alert(1)</script> mount /dev/sda1: wrong fs type, bad option, bad superblock");
    world.event(pcs[9], Duration.ofSeconds(3), Stage.WAITING, Reason.NO_ROLE, "");
    for (int i : new int[] {8, 11}) {
      world.event(
          pcs[i], Duration.ofMinutes(5), Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined");
    }
    world.machine(Mac.of("52:54:00:00:00:20"), "sala5-pc13", "worker", "192.168.33.150", "7XK13");
    world.machine(Mac.of("52:54:00:00:00:21"), "sala5-pc14", "worker", "192.168.33.151", "7XK14");
    world.event(
        Mac.of("52:54:00:00:00:21"),
        Duration.ofMinutes(40),
        Stage.DISCOVER,
        Reason.POOL_EXHAUSTED,
        "");
  }
}
