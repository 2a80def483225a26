package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.Octets;
import io.arranque.inventory.Machine;
import io.arranque.inventory.SwitchPort;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DHCP options, fixed addresses and switch ports by API and page; PC1 has a lease of .101. */
@Timeout(60)
class NetworkSettingsTest {
  private static final String PC1 = "/machines/52-54-00-00-00-01";
  private static final String PC2 = "/machines/52-54-00-00-00-02";

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "", "192.168.33.102", "S2");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private int patch(String machine, String json) throws Exception {
    return program.api("PATCH", machine, json).statusCode();
  }

  private Map<String, String> options() {
    return world.book.machine(World.PC1).orElseThrow().assignment().options().texts();
  }

  private Optional<Ipv4> reservation() {
    return world.book.machine(World.PC1).orElseThrow().assignment().reservation();
  }

  @Test
  void aMachinesOptionIsInItsPlanWithItsOriginAndNullTakesItAway() throws Exception {
    assertThat(patch(PC1, "{\"options\":{\"mtu\":1400,\"ntp\":[\"10.0.0.1\",\"10.0.0.2\"]}}"))
        .isEqualTo(200);
    assertThat(program.api("GET", PC1, "").body())
        .contains("\"options\":{\"mtu\":\"1400\",\"ntp\":\"[10.0.0.1, 10.0.0.2]\"}");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains(
            "{\"name\":\"option 26 interface-mtu\",\"value\":\"1400\",\"origin\":\"machine\",\"overrides\":[]}",
            "{\"name\":\"option 42 ntp-servers\",\"value\":\"10.0.0.1, 10.0.0.2\"");
    assertThat(patch(PC1, "{\"options\":{\"interface-mtu\":null,\"router\":\"none\"}}"))
        .isEqualTo(200);
    assertThat(options()).containsOnlyKeys("ntp", "router");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains(
            "{\"name\":\"option 3 router\",\"value\":\"\",\"origin\":\"machine\",\"overrides\":[]}");
  }

  @Test
  void aRoomsOptionReachesItsMachines() throws Exception {
    assertThat(
            program.api("PUT", "/rooms/sala5", "{\"options\":{\"42\":\"10.0.0.9\"}}").statusCode())
        .isEqualTo(200);
    assertThat(program.api("GET", "/rooms", "").body())
        .contains("\"options\":{\"42\":\"10.0.0.9\"}");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains("\"value\":\"10.0.0.9\",\"origin\":\"room sala5\"");
  }

  @Test
  void anOptionThatIsWrongOrNobodysToSetIsAProblemNamingIt() throws Exception {
    for (String wrong :
        new String[] {"\"mtu\":\"big\"", "\"53\":1", "\"nope\":1", "\"224\":\"naked\""}) {
      HttpResponse<String> answer = program.api("PATCH", PC1, "{\"options\":{" + wrong + "}}");
      assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("\"OPTION_INVALID\"", "\"field\":\"options.");
      assertThat(program.api("PUT", "/rooms/sala5", "{\"options\":{" + wrong + "}}").statusCode())
          .isEqualTo(422);
    }
    assertThat(program.api("PATCH", PC1, "{\"options\":[1]}").statusCode()).isEqualTo(422);
    assertThat(options()).isEmpty();
  }

  @Test
  void anAddressIsReservedListedAndGivenBack() throws Exception {
    assertThat(patch(PC1, "{\"reservation\":\"192.168.33.10\"}")).isEqualTo(200);
    assertThat(reservation()).contains(Ipv4.of("192.168.33.10"));
    assertThat(program.api("GET", "/reservations", "").body())
        .contains("\"address\":\"192.168.33.10\"", "\"source\":\"page\"", "\"name\":\"pc1\"");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains(
            "{\"name\":\"reservation\",\"value\":\"192.168.33.10\",\"origin\":\"machine\",\"overrides\":[]}");
    assertThat(patch(PC1, "{\"reservation\":null}")).isEqualTo(200);
    assertThat(reservation()).isEmpty();
  }

  @Test
  void anAddressOfAnotherOrOfNoMachineIsRefusedAndOneInUseOnlyTakenInClearWords() throws Exception {
    patch(PC1, "{\"reservation\":\"192.168.33.10\"}");
    assertThat(patch(PC2, "{\"reservation\":\"192.168.33.10\"}")).isEqualTo(409);
    assertThat(patch(PC2, "{\"reservation\":\"192.168.33.1\"}")).isEqualTo(422);
    assertThat(patch(PC2, "{\"reservation\":\"192.168.33.2\"}")).as("our own").isEqualTo(422);
    assertThat(patch(PC2, "{\"reservation\":\"10.9.9.9\"}")).isEqualTo(422);
    assertThat(patch(PC2, "{\"reservation\":\"ten\"}")).isEqualTo(422);

    HttpResponse<String> leased = program.api("PATCH", PC2, "{\"reservation\":\"192.168.33.101\"}");
    assertThat(leased.statusCode()).isEqualTo(409);
    assertThat(leased.body()).contains("RESERVATION_LEASED", "52:54:00:00:00:01");
    assertThat(patch(PC2, "{\"reservation\":\"192.168.33.101\",\"evenIfLeased\":true}"))
        .isEqualTo(200);
  }

  @Test
  void anAnswerCanBeSentBackWithOptionsReservationAndSwitchPort() throws Exception {
    Machine known = world.book.machine(World.PC1).orElseThrow();
    world.book.with(
        new Machine(
            known.mac(),
            known.assignment(),
            known.hardware(),
            known.segment(),
            known.address(),
            Optional.of(
                new SwitchPort(
                    Optional.of(Octets.ofHex("0004000c0107")),
                    Optional.of(Octets.ofHex("0006001122aabbcc")),
                    Optional.empty(),
                    world.now)),
            known.firstSeen(),
            known.lastSeen()));
    patch(PC1, "{\"options\":{\"mtu\":\"1400\"},\"reservation\":\"192.168.33.10\"}");

    String read = program.api("GET", PC1, "").body();

    assertThat(read)
        .contains("\"port\":\"vlan 12, module 1, port 7\"", "\"device\":\"00:11:22:aa:bb:cc\"");
    assertThat(program.api("PUT", PC1, read).statusCode()).isEqualTo(200);
    assertThat(options()).containsEntry("mtu", "1400");
    assertThat(reservation()).isPresent();
    program.logIn();
    assertThat(program.get(PC1).body())
        .contains("vlan 12, module 1, port 7", "title=\"0x0006001122aabbcc\"", "mtu = 1400");
  }

  @Test
  void theFormSetsOptionsLineByLineAndSaysWhichLineIsWrong() throws Exception {
    program.logIn();
    String form = "csrf=" + program.csrf() + "&options=";
    String lines =
        """
        ntp-servers = 10.0.0.1

        121: [10.0.0.0/8 via 10.0.0.1, 0.0.0.0/0 10.0.0.2]
        """;
    assertThat(program.form(PC1, form + encoded(lines)).statusCode()).isEqualTo(303);
    assertThat(options()).containsOnlyKeys("ntp-servers", "121");
    assertThat(program.form(PC1, form + encoded("42 = 10.0.0.3")).statusCode()).isEqualTo(303);
    assertThat(options()).as("lines that are gone are gone").containsOnlyKeys("42");

    for (String wrong : new String[] {"nonsense", "mtu =", "mtu = big", "mtu=1\rmtu=2"}) {
      HttpResponse<String> answer = program.form(PC1, form + encoded(wrong));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
      assertThat(answer.body()).contains("A DHCP option cannot be set like this");
    }
    assertThat(options()).containsOnlyKeys("42");
  }

  @Test
  void aRoomsOptionsAreSetOnTheNetworkPageAndItsValuesStay() throws Exception {
    program.api("PUT", "/rooms/sala5", "{\"description\":\"Sala 5\",\"vars\":{\"a\":\"b\"}}");
    program.logIn();
    String form = "csrf=" + program.csrf() + "&options=";
    assertThat(program.form("/rooms/sala5/options", form + encoded("mtu = 1400")).body())
        .contains("Options of room sala5 saved");
    assertThat(program.get("/network").body()).contains(">mtu = 1400</textarea>");
    assertThat(world.book.room("sala5").orElseThrow().vars()).containsEntry("a", "b");
    assertThat(program.form("/rooms/sala5/options", form + encoded("53 = 1")).statusCode())
        .isEqualTo(422);
    program.form("/rooms/sala5/options", form);
    assertThat(world.book.room("sala5").orElseThrow().options().texts()).isEmpty();
  }

  @Test
  void aMachineThatIsToMoveIsNotOfferedToKeepItsPresentAddress() throws Exception {
    patch(PC1, "{\"reservation\":\"192.168.33.10\"}");
    assertThat(program.api("GET", "/leases", "").body())
        .contains("\"reservation\":\"192.168.33.10\"");
    program.logIn();
    assertThat(program.get("/network/sala5").body())
        .contains("moves to 192.168.33.10 when it renews")
        .doesNotContain("value=\"192.168.33.101\"");
  }

  @Test
  void theListOfLeasesReservesWithOneClick() throws Exception {
    program.logIn();
    String csrf = "csrf=" + program.csrf();
    assertThat(program.get("/network/sala5").body()).contains("value=\"192.168.33.101\"");
    assertThat(program.form(PC1 + "/reserve", csrf + "&address=192.168.33.101").statusCode())
        .isEqualTo(303);
    assertThat(reservation()).contains(Ipv4.of("192.168.33.101"));
    assertThat(program.get("/network/sala5").body())
        .contains("Take away")
        .doesNotContain("value=\"192.168.33.101\"");
    assertThat(program.form(PC1 + "/reserve", csrf + "&address=").statusCode()).isEqualTo(303);
    assertThat(reservation()).isEmpty();
    assertThat(program.form(PC2 + "/reserve", csrf + "&address=192.168.33.101").statusCode())
        .isEqualTo(409);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
