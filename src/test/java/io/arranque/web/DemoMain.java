package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.web.base.Parts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The page with sample machines, to look at: arguments PORT and optionally "empty". */
final class DemoMain {
  private DemoMain() {}

  public static void main(String[] args) throws Exception {
    World world = new World(Path.of("."));
    if (args.length < 2) {
      world.problems =
          List.of("dhcp/sala5.yaml:7 pool: wanted addresses of 192.168.33.0/24, got 192.168.34.10");
      DemoRoom.fill(world);
      NetworkDemo.fill(world);
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
            p.previews(),
            p.people(),
            p.audit(),
            p.waker(),
            p.network(),
            p.schedule(),
            p.together());
    ControlPlane plane = new ControlPlane(parts, Ipv4.of("127.0.0.1"), Integer.parseInt(args[0]));
    plane.start();
    for (int i = 0; i < 40; i++) {
      System.out.println(plane.newLoginLink("127.0.0.1"));
    }
    System.out.flush();
    while (true) {
      // What is under way moves only while the world's clock does.
      world.now = Instant.now();
      Thread.sleep(200);
    }
  }
}
