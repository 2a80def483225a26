package io.arranque.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Faults that are really caused, each to a PC of its own, all in one room and at the same time: the
 * page says of each what is the matter. Other DHCP servers: {@code OtherServersIT}.
 */
class DiagnosisIT {
  private static final String REPORT_FAILURE =
      """
      #!/bin/sh
      curl -fsS -m 20 -H 'Content-Type: application/json' \\
        -d '{"stage":"failed","message":"mkfs: /dev/sdz is no disk"}' {{ (boot.documents ~ "/phone-home") | shell }}
      """;

  /** MiB: the kernel is loaded, and has no room to unpack itself or its root. */
  private static final int SMALL_MEMORY = 64;

  private static VirtualRoom room;
  private static VirtualPc good;
  private static VirtualPc tftpBlocked;
  private static VirtualPc narrow;
  private static VirtualPc httpBlocked;
  private static VirtualPc withoutImage;
  private static VirtualPc brokenTemplate;
  private static VirtualPc stopsAfterKernel;
  private static VirtualPc unplugged;
  private static VirtualPc reportsFailure;
  private static VirtualPc hearsNoOffer;
  private static VirtualPc signedOnly;
  private static VirtualPc tooSmall;
  private static VirtualPc panics;
  private static CompletableFuture<Void> plugPulled;
  private static ToldDiagnoses told;

  @BeforeAll
  static void causeTheFaults() throws IOException {
    room = Rooms.open();
    role("no-image", "boot: nocloud\nimage: nowhere\n", "user-data", "#cloud-config\n{}\n");
    role(
        "fails",
        "boot: nocloud\nimage: lab\narguments: console=ttyS0\n",
        "user-data",
        REPORT_FAILURE);
    role(
        "panics",
        "boot: nocloud\nimage: lab\narguments: rdinit=/nowhere panic=1 console=ttyS0\n",
        "user-data",
        "#cloud-config\n{}\n");
    role("picky", "boot: picky\nimage: lab\n", "user-data", "#cloud-config\n{}\n");
    room.writeSite(
        "ipxe-scripts/picky.ipxe",
        "#!ipxe\n{% if machine.hostname == 'lab-06' %}{{ nowhere }}{% endif %}\nshell\n");
    room.appliance().start();
    good = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "lab-pc");
    tftpBlocked = powerOn(FaultyCable.without("udp:69", "tcp:8081"), 2, PcFirmware.UEFI);
    narrow = powerOn(FaultyCable.narrow(1000), 3, PcFirmware.UEFI);
    httpBlocked = powerOn(FaultyCable.without("tcp:8081"), 4, PcFirmware.BIOS);
    withoutImage = Rooms.powerOn(room, PcSpec.blank(5, PcFirmware.BIOS), "no-image");
    brokenTemplate = Rooms.powerOn(room, PcSpec.blank(6, PcFirmware.BIOS), "picky");
    stopsAfterKernel = Rooms.powerOn(room, PcSpec.blank(7, PcFirmware.BIOS), "lab-pc");
    plugPulled = CompletableFuture.runAsync(DiagnosisIT::pullThePlugAfterTheKernel);
    Path image = room.folder().resolve("site/images/lab");
    long half = Files.size(image.resolve("vmlinuz")) + Files.size(image.resolve("initrd")) / 2;
    unplugged = powerOn(FaultyCable.breakingAfter(half), 8, PcFirmware.BIOS);
    reportsFailure = Rooms.powerOn(room, PcSpec.blank(9, PcFirmware.BIOS), "fails");
    hearsNoOffer = powerOn(FaultyCable.without("udp:68"), 10, PcFirmware.BIOS);
    signedOnly = Rooms.powerOn(room, PcSpec.blank(11, PcFirmware.UEFI_SECURE), "lab-pc");
    tooSmall =
        Rooms.powerOn(room, PcSpec.blank(12, PcFirmware.BIOS).withMemory(SMALL_MEMORY), "lab-pc");
    panics = Rooms.powerOn(room, PcSpec.blank(13, PcFirmware.BIOS).rebooting(), "panics");
    told = ToldDiagnoses.of(room, 13);
  }

  /** With all that the appliance has for it in its memory. */
  private static void pullThePlugAfterTheKernel() {
    boolean handedOver =
        room.await(
            stopsAfterKernel,
            (SeenEvent e) -> e.stage().equals("initrd") && e.detail().contains("overlay"),
            Rooms.LIMIT);
    assertThat(handedOver).as(Rooms.story(room, stopsAfterKernel)).isTrue();
    stopsAfterKernel.pullPlug();
  }

  private static void role(String name, String yaml, String document, String text) {
    room.writeSite("cloud-init/" + name + "/role.yaml", "description: For a fault\n" + yaml);
    room.writeSite("cloud-init/" + name + "/" + document, text);
  }

  private static VirtualPc powerOn(FaultyCable cable, int number, PcFirmware firmware) {
    PcSpec spec = PcSpec.blank(number, firmware);
    room.appliance().client().define(spec.mac(), spec.hostname(), "lab-pc", Map.of());
    return cable.powerOn(room, spec);
  }

  @AfterAll
  static void leaveTheRoom() {
    if (told != null) {
      told.close();
    }
    if (room != null) {
      room.close();
    }
  }

  @Test
  void a_pc_that_stops_after_the_kernel_has_no_driver_or_no_address() {
    plugPulled.join();
    awaitSymptom(stopsAfterKernel, Symptom.SYSTEM_NO_ADDRESS, "no driver for this card");
  }

  @Test
  void a_pc_that_comes_up_has_nothing_wrong() {
    awaitSymptom(good, Symptom.REGISTERED, "that took");
  }

  @Test
  void a_blocked_tftp_port_is_a_loader_never_asked_for() {
    awaitSymptom(tftpBlocked, Symptom.LOADER_NEVER_ASKED, "snponly.efi");
  }

  @Test
  void a_path_for_small_packets_only_is_a_block_size_that_does_not_pass() {
    awaitSymptom(narrow, Symptom.LOADER_BLOCKS_LOST, "at block 0 of");
  }

  @Test
  void firmware_that_starts_signed_loaders_only_fetches_ours_and_does_not_start_it() {
    awaitSymptom(signedOnly, Symptom.LOADER_NOT_STARTED_UEFI, "snponly.efi was fetched wholly");
  }

  @Test
  void a_pc_without_room_for_its_system_has_too_little_memory() {
    awaitSymptom(tooSmall, Symptom.SYSTEM_NO_MEMORY, SMALL_MEMORY + " MiB");
  }

  @Test
  void a_kernel_that_panics_and_reboots_starts_over_without_a_word() {
    awaitSymptom(panics, Symptom.SYSTEM_STARTS_OVER, "times and started over");
  }

  @Test
  void a_blocked_http_port_is_a_script_never_asked_for() {
    awaitSymptom(httpBlocked, Symptom.SCRIPT_NEVER_ASKED, "192.168.33.");
  }

  @Test
  void a_missing_image_is_named() {
    awaitSymptom(withoutImage, Symptom.IMAGE_MISSING, "nowhere");
  }

  @Test
  void a_broken_template_is_named_with_its_file() {
    awaitSymptom(brokenTemplate, Symptom.TEMPLATE_BROKEN, "picky.ipxe");
  }

  @Test
  void a_cable_pulled_in_the_middle_of_the_initrd_shows_how_far_it_came() {
    awaitSymptom(unplugged, Symptom.DOWNLOAD_STANDS_STILL, "initrd");
    awaitSymptom(unplugged, Symptom.DOWNLOAD_TOO_SLOW, "initrd");
  }

  @Test
  void a_system_that_reports_failure_is_quoted() {
    awaitSymptom(reportsFailure, Symptom.SYSTEM_FAILED, "/dev/sdz is no disk");
  }

  @Test
  void an_offer_that_never_arrives_is_not_taken_and_nobody_else_is_blamed() {
    awaitSymptom(hearsNoOffer, Symptom.OFFER_NOT_TAKEN, "no other DHCP server");
  }

  @Test
  void the_page_says_it_in_both_languages() {
    awaitSymptom(withoutImage, Symptom.IMAGE_MISSING, "nowhere");
    awaitSymptom(httpBlocked, Symptom.SCRIPT_NEVER_ASKED, "");
    try (Chrome chrome = Chrome.open()) {
      Page page = chrome.page(Chrome.Look.DESKTOP);
      logIn(page);
      page.navigate(pageOf(httpBlocked));
      assertThat(page.locator("#diagnosis .dx-sentence"))
          .hasText(room.appliance().client().diagnosis(httpBlocked.mac()).sentence());
      assertThat(page.locator("#diagnosis .dx-advice")).containsText("TCP port 8081");
      assertThat(page.locator("#boots .boot-bar").first()).isVisible();

      Page phone = chrome.page(Chrome.Look.PHONE.in("es"));
      logIn(phone);
      phone.navigate(pageOf(withoutImage));
      assertThat(phone.locator("#diagnosis .dx-sentence"))
          .containsText("La imagen de su rol no está completa");
      assertThat(chrome.complaints()).isEmpty();
    }
  }

  private static void logIn(Page page) {
    page.navigate(room.controlPlane() + "/login");
    try {
      page.fill("#token", Files.readString(room.folder().resolve("state/admin-token")).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    page.click("button[type=submit]");
  }

  private static String pageOf(VirtualPc pc) {
    return room.controlPlane() + "/machines/" + pc.mac().hyphenated();
  }

  private static void awaitSymptom(VirtualPc pc, Symptom symptom, String words) {
    Optional<String> sentence = told.await(pc.mac(), symptom, Rooms.LIMIT);
    assertThat(sentence).as("%s of %s; %s", symptom, pc.name(), story(pc)).isPresent();
    assertThat(sentence.orElseThrow()).contains(words);
  }

  private static String story(VirtualPc pc) {
    return "told of it: " + told.of(pc.mac()) + "\n" + Rooms.story(room, pc);
  }
}
