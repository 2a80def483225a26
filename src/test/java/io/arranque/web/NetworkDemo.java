package io.arranque.web;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.Offer;
import io.arranque.dhcp.OtherServer;
import io.arranque.dhcp.PoolUse;
import io.arranque.dhcp.Surroundings;
import io.arranque.downloads.Download;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A room's network with something of everything, to look at. */
final class NetworkDemo {
  private NetworkDemo() {}

  static void fill(World world) {
    Instant now = world.now;
    for (int i = 1; i <= 40; i++) {
      Mac mac = new Mac(World.PC1.bits() + i - 1);
      world.network.lease(
          "192.168.33." + (100 + i),
          mac,
          i % 9 == 0 ? Duration.ofHours(-2) : Duration.ofMinutes(300 + 7L * i),
          i == 3 ? "DESKTOP-1" : "");
    }
    Ipv4 bad = Ipv4.of("192.168.33.150");
    world.network.setAside.put(bad, now.plus(Duration.ofMinutes(42)));
    world.network.offers =
        List.of(
            new Offer(
                Ipv4.of("192.168.33.142"),
                Mac.of("00:1a:2b:3c:4d:5e"),
                "sala5",
                now.plus(Duration.ofHours(1))));
    world.network.fullIn = Optional.of(Duration.ofHours(3));
    world.network.relays = java.util.Set.of(Ipv4.of("10.9.0.1"));
    world.network.silences.put(
        "sala5", Map.of(Reason.OTHER_DHCP_SERVER, 41L, Reason.POOL_KEPT_FOR_KNOWN, 3L));
    world.network.silences.put("", Map.of(Reason.UNKNOWN_SEGMENT, 12L));
    world.surroundings =
        new Surroundings(
            List.of(
                new OtherServer(
                    "sala5",
                    Ipv4.of("192.168.33.250"),
                    Optional.of(Mac.of("00:25:90:aa:bb:cc")),
                    true,
                    true,
                    Optional.of(Cidr.of("192.168.33.0/24")),
                    Optional.of(Ipv4.of("192.168.33.254")),
                    Optional.of("pxelinux.0"),
                    now.minus(Duration.ofHours(3)),
                    now,
                    true)),
            List.of(
                new PoolUse("sala5", 100, 36, 1, 1),
                new PoolUse("sala6", 100, 0, 0, 0),
                new PoolUse("sala7", 100, 5, 0, 0)),
            List.of(
                new Conflict(
                    bad,
                    "sala5",
                    Optional.of(Mac.of("00:25:90:11:22:33")),
                    Conflict.Found.PROBE,
                    World.PC2,
                    now.minus(Duration.ofMinutes(18)))),
            3,
            0,
            List.of());
    // Whoever asks for a script has given up what it was loading: so first who may load.
    for (int i = 1; i <= 5; i++) {
      Mac mac = new Mac(World.PC1.bits() + i - 1);
      Ipv4 at = Ipv4.of("192.168.33." + (100 + i));
      var standing = world.downloads.standing(mac, at, now);
      if (standing.mayGo()) {
        world.downloads.admit(mac, at, java.util.Set.of("rancheros/initrd"), now);
      } else {
        world.downloads.enqueue(mac, at, standing, now);
      }
    }
    Instant began = world.now;
    for (int i = 1; i <= 3; i++) {
      long speed = 5_400_000L * i;
      var unused =
          world.downloads.begin(
              Ipv4.of("192.168.33." + (100 + i)),
              i == 3 ? Download.Way.TFTP : Download.Way.HTTP,
              i == 3 ? "snponly.efi" : "rancheros/initrd",
              300_000_000,
              () -> Duration.between(began, world.now).toMillis() * speed / 1000,
              i == 3 ? Optional.of(new Download.Blocks(1468, 8)) : Optional.empty());
    }
  }
}
