package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Installation;
import io.arranque.site.BootPolicy;
import io.arranque.timeline.Reason;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootPolicyTest {
  private static final String PC1 = "/machines/52-54-00-00-00-01";

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
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private void installed() {
    world.book.with(
        world
            .book
            .machine(World.PC1)
            .orElseThrow()
            .with(Installation.NONE.done("worker", world.now)));
  }

  private Installation installation() {
    return world.book.machine(World.PC1).orElseThrow().installation();
  }

  @Test
  void aPolicyIsSetAndClearedByProgramsAndKeptByAnAnswerThatIsSentBack() throws Exception {
    String set = browser.api("PATCH", PC1, "{\"policy\":\"install-once\"}").body();
    assertThat(set)
        .contains("\"policy\":\"install-once\"", "\"origin\":\"machine\"", "\"attempts\":3");
    assertThat(browser.api("PUT", PC1, set).statusCode()).isEqualTo(200);
    assertThat(world.book.machine(World.PC1).orElseThrow().assignment().policy())
        .contains(BootPolicy.INSTALL_ONCE);
    HttpResponse<String> wrong = browser.api("PATCH", PC1, "{\"policy\":\"often\"}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("A boot policy is always, install-once, next-boot or never.");
    assertThat(browser.api("PATCH", PC1, "{\"policy\":null}").body())
        .contains("\"boot\":{\"policy\":\"always\",\"origin\":\"role worker\"");
  }

  @Test
  void anInstalledMachineIsShownAndInstalledAgainByOneClick() throws Exception {
    installed();
    browser.api("PATCH", PC1, "{\"policy\":\"install-once\"}");
    assertThat(browser.api("GET", PC1 + "/plan", "").body())
        .contains("\"way\":\"local-disk\"", "\"reason\":\"INSTALLED\"");
    browser.logIn();
    assertThat(browser.get(PC1).body())
        .contains("install once, then its own disk", Reason.INSTALLED.sentence(), "Install again");

    browser.form(PC1 + "/install-again", "csrf=" + browser.csrf());

    assertThat(installation().finished()).isEmpty();
    assertThat(world.book.machine(World.PC1).orElseThrow().provisioning().window())
        .as("the boot that was asked for may have its secrets")
        .isPresent();
    assertThat(browser.get(PC1).body())
        .contains("to be booted again")
        .doesNotContain("/install-again");
    assertThat(world.timeline.last(World.PC1).orElseThrow().reason())
        .isEqualTo(Reason.INSTALL_AGAIN);
  }

  @Test
  void nobodyInstallsAgainWithoutSayingSo() throws Exception {
    installed();
    for (String policy : new String[] {"never", "next-boot", "always", "install-once"}) {
      browser.api("PATCH", PC1, "{\"policy\":\"" + policy + "\"}");
    }
    browser.api("PATCH", PC1, "{\"policy\":null,\"role\":\"local-disk\"}");
    browser.api("PATCH", PC1, "{\"role\":\"worker\"}");
    assertThat(installation().finished()).contains(world.now);
  }

  @Test
  void nextBootChosenAnewIsOneMoreAndTheFormSavedAgainIsNot() throws Exception {
    browser.api("PATCH", PC1, "{\"policy\":\"next-boot\"}");
    Installation booted = Installation.NONE.bootedOnce(world.now);
    world.book.with(world.book.machine(World.PC1).orElseThrow().with(booted));
    browser.logIn();
    browser.form(PC1, "csrf=" + browser.csrf() + "&hostname=renamed&policy=next-boot");
    assertThat(installation()).isEqualTo(booted);
    browser.api("PATCH", PC1, "{\"policy\":\"always\"}");
    browser.api("PATCH", PC1, "{\"policy\":\"next-boot\"}");
    assertThat(installation()).isEqualTo(Installation.NONE);
  }

  @Test
  void thereIsNothingToDoAgainWhereNothingWasDone() throws Exception {
    assertThat(browser.api("POST", PC1 + "/install-again", "").statusCode()).isEqualTo(409);
    assertThat(browser.api("POST", "/machines/52-54-00-00-00-99/install-again", "").statusCode())
        .isEqualTo(404);
    installed();
    assertThat(browser.api("POST", PC1 + "/install-again", "").body())
        .contains("\"installed\":\"\"");
  }
}
