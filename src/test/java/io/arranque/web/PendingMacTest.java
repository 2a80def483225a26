package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingMacTest {
  private static final Mac CARD = Mac.of("52:54:00:00:00:99");
  private static final String PC1 = "/machines/52-54-00-00-00-01";
  private static final String NEW = "/machines/52-54-00-00-00-99";

  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
    browser.logIn();
    // A minute later than "at once", with pc1's UUID and another firmware.
    world.book.with(
        Machine.unknown(CARD)
            .seen(
                new Sighting(
                    CARD,
                    new Hardware(
                        Optional.of(new UUID(World.PC1.bits(), 7)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("bios")),
                    Optional.of("sala5"),
                    Optional.of(Ipv4.of("192.168.33.102")),
                    world.now.plus(Duration.ofMinutes(3)))));
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void itIsShownWithItsEvidenceAndWaits() throws Exception {
    assertThat(browser.api("GET", "/pending", "").body())
        .contains(
            "\"mac\":\"52:54:00:00:00:99\"",
            "\"machine\":\"52:54:00:00:00:01\"",
            "\"basis\":\"uuid\"",
            "{\"what\":\"firmware\",\"here\":\"bios\",\"there\":\"uefi-x64\",\"agrees\":false,\"differs\":true}");
    assertThat(browser.api("GET", NEW + "/plan", "").body())
        .contains("\"way\":\"discover\"", "\"PENDING_MAC\"");
    assertThat(browser.get(NEW).body())
        .contains("Looks like pc1", "It is pc1", "It is another machine");
    assertThat(browser.get("/machines").body()).contains("Looks like pc1");
  }

  @Test
  void oneClickMergesItAndOneTakesItAway() throws Exception {
    browser.form(PC1 + "/macs", "csrf=" + browser.csrf() + "&mac=" + CARD);
    assertThat(browser.api("GET", NEW, "").body())
        .contains("\"hostname\":\"pc1\"", "\"macs\":[\"52:54:00:00:00:99\"]");
    assertThat(browser.get(PC1).body()).contains("52:54:00:00:00:99", "Take away");
    assertThat(browser.api("GET", "/pending", "").body()).isEqualTo("{\"machines\":[]}");

    browser.form(PC1 + "/macs/" + CARD + "/split", "csrf=" + browser.csrf());
    assertThat(world.book.machine(CARD)).isEmpty();
  }

  @Test
  void oneClickSaysThatItIsAnother() throws Exception {
    browser.form(PC1 + "/macs/52-54-00-00-00-99/refuse", "csrf=" + browser.csrf());
    assertThat(browser.get(NEW).body()).doesNotContain("Looks like");
    assertThat(browser.api("GET", NEW, "").body()).contains("\"macs\":[]");
  }

  @Test
  void programsDoTheSameAndAreToldWhyNot() throws Exception {
    assertThat(browser.api("POST", PC1 + "/macs", "{\"mac\":\"zz\"}").statusCode()).isEqualTo(422);
    assertThat(browser.api("DELETE", PC1 + "/macs/52-54-00-00-00-99", "").statusCode())
        .isEqualTo(404);
    assertThat(browser.api("POST", PC1 + "/macs", "{\"mac\":\"" + CARD + "\"}").body())
        .contains("\"macs\":[\"52:54:00:00:00:99\"]");
    assertThat(browser.api("POST", PC1 + "/macs", "{\"mac\":\"" + CARD + "\"}").statusCode())
        .isEqualTo(409);
    assertThat(browser.api("DELETE", PC1 + "/macs/52-54-00-00-00-99", "").body())
        .contains("\"macs\":[]");
  }

  @Test
  void withoutTheTokenOfTheFormNothingIsMerged() throws Exception {
    browser.form(PC1 + "/macs", "mac=" + CARD);
    assertThat(world.book.macs(World.PC1)).isEmpty();
  }
}
