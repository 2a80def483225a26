package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.OtherServer;
import io.arranque.dhcp.PoolUse;
import io.arranque.dhcp.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NetworkTest {
  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    world.surroundings =
        new Surroundings(
            List.of(
                new OtherServer(
                    "sala5",
                    Ipv4.of("10.0.0.3"),
                    Optional.of(World.PC2),
                    true,
                    true,
                    Optional.of(Cidr.of("10.0.0.0/24")),
                    Optional.of(Ipv4.of("10.0.0.1")),
                    Optional.of("<script>alert(1)</script>"),
                    world.now,
                    world.now,
                    true)),
            List.of(new PoolUse("sala5", 100, 90, 1, 2)),
            List.of(
                new Conflict(
                    Ipv4.of("192.168.33.105"),
                    "sala5",
                    Optional.of(World.PC2),
                    Conflict.Found.PROBE,
                    World.PC1,
                    world.now)),
            3,
            0,
            List.of());
    world.problems = List.of("segment sala5: 10.0.0.3 gives addresses here", "other: x");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void a_segment_comes_with_its_pool_the_other_servers_and_its_own_warnings() throws Exception {
    assertThat(browser.api("GET", "/subnets", "").body())
        .contains("\"use\":{\"size\":100,\"used\":93,\"free\":7,")
        .contains("\"address\":\"10.0.0.3\",\"mac\":\"52:54:00:00:00:02\",\"givesAddresses\":true")
        .contains("\"warnings\":[\"10.0.0.3 gives addresses here\"]");
  }

  @Test
  void conflicts_tell_who_sits_on_the_address_and_whose_it_was_to_be() throws Exception {
    assertThat(browser.api("GET", "/conflicts", "").body())
        .contains("\"address\":\"192.168.33.105\"", "\"holder\":\"52:54:00:00:00:02\"")
        .contains("\"found\":\"probe\"", "\"name\":\"pc1\"");
  }

  @Test
  void the_page_shows_both_and_what_a_stranger_says_is_text() throws Exception {
    browser.logIn();
    assertThat(browser.get("/network/sala5").body())
        .contains("10.0.0.3 52:54:00:00:00:02", "gives addresses", "10.0.0.0/24")
        .contains(
            "93 of 100, 7 free",
            "90 leased, 1 on offer, 2 set aside",
            "192.168.33.105",
            "probe before the offer")
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert");
  }
}
