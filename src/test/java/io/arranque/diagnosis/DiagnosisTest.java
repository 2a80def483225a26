package io.arranque.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.diagnosis.Circumstances.Dhcp;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  private static final String RIVAL = "10.0.0.3 (aa:bb:cc:00:00:01)";

  static Stream<Story> stories() {
    return Stream.of(
            good(),
            underWay(),
            waiting(),
            address(),
            loader(),
            script(),
            images(),
            OtherFileStories.all(),
            system())
        .flatMap(List::stream);
  }

  private static Story story(Symptom symptom, String words) {
    return Story.of(symptom, words);
  }

  private static List<Story> good() {
    return List.of(
        story(Symptom.REGISTERED, "took 61.0 s")
            .up()
            .then(12, Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined")
            .then(3, Stage.UP, Reason.MACHINE_REPORTED, "phone home"),
        story(Symptom.UP, "took 49.0 s").up().later(4_000),
        story(Symptom.INSTALLED, "installed")
            .documents()
            .then(300, Stage.INSTALLED, Reason.MACHINE_REPORTED, ""),
        story(Symptom.DISK_LEFT_ALONE, "/dev/sda holds data")
            .documents()
            .then(9, Stage.UP, Reason.DISK_SKIPPED, "/dev/sda holds data")
            .then(9, Stage.UP, Reason.MACHINE_REPORTED, ""),
        story(Symptom.RUNS, "prolongs")
            .then(0, Stage.REQUEST, Reason.ADDRESS_ONLY, "")
            .then(0, Stage.ACK, Reason.ADDRESS_ONLY, ""),
        story(Symptom.HANDED_OVER, "reports nothing")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "memtest/memtest.bin", 100_000)
            .withoutInitrd()
            .withoutDocuments()
            .later(3_000),
        story(Symptom.OWN_DISK_LOCKED, "exam")
            .addressed()
            .then(5, Stage.LOCAL_DISK, Reason.ROOM_LOCKED, "ana: exam"),
        story(Symptom.OWN_DISK_ROLE, "role")
            .addressed()
            .then(5, Stage.LOCAL_DISK, Reason.LOCAL_DISK, ""),
        story(Symptom.OWN_DISK_POLICY, "policy")
            .asks(1)
            .then(1, Stage.ACK, Reason.POLICY_NEVER, ""),
        story(Symptom.OWN_DISK_INSTALLED, "installed")
            .addressed()
            .then(5, Stage.LOCAL_DISK, Reason.INSTALLED, ""),
        story(Symptom.OWN_DISK_BOOTED_ONCE, "one boot")
            .addressed()
            .then(5, Stage.LOCAL_DISK, Reason.BOOTED_ONCE, ""));
  }

  private static List<Story> underWay() {
    return List.of(
        story(Symptom.WAKING, "20.0 s ago").then(0, Stage.WAKE, Reason.WAKE_SENT, "").later(20),
        story(Symptom.ASKING, "asks for an address").asks(1).later(2),
        story(Symptom.LOADING, "reached script").script().later(5),
        story(Symptom.LOADING, "reached initrd").loaded().later(30),
        story(Symptom.DOWNLOADING, "12.0 MB of 60.0 MB, 2.0 MB a second")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .downloads(12_000_000, false)
            .later(60),
        story(Symptom.QUEUED, "place 3 of 20")
            .loader()
            .then(3, Stage.WAITING, Reason.DOWNLOADS_FULL, "3 of 20")
            .seenAt(9),
        story(Symptom.MENDED, "put right")
            .loader()
            .then(3, Stage.SCRIPT, Reason.IMAGE_MISSING, "images/nowhere")
            .planLacks()
            .later(5));
  }

  private static List<Story> waiting() {
    return List.of(
        story(Symptom.NO_ROLE, "role")
            .loader()
            .then(3, Stage.WAITING, Reason.NO_ROLE, "")
            .seenAt(8),
        story(Symptom.NEW_CARD, "like lab-07 with")
            .loader()
            .then(3, Stage.WAITING, Reason.PENDING_MAC, "lab-07"),
        story(Symptom.NOT_ARMED, "secrets").loader().then(3, Stage.WAITING, Reason.NOT_ARMED, ""),
        story(Symptom.QUARANTINED, "theft").loader().then(3, Stage.WAITING, Reason.QUARANTINED, ""),
        story(Symptom.QUARANTINED, "theft").loader().then(3, Stage.SCRIPT, Reason.MAC_TWICE, ""),
        story(Symptom.LOCKED, "exam")
            .loader()
            .then(3, Stage.WAITING, Reason.ROOM_LOCKED, "ana: exam"),
        story(Symptom.NEVER_SEEN, "ever heard"),
        story(Symptom.WAITED_AND_LEFT, "for 59 min")
            .loader()
            .then(3, Stage.WAITING, Reason.NO_ROLE, "")
            .later(3_600)
            .seenAt(7),
        story(Symptom.WOKEN_SILENT, "20 min ago")
            .then(0, Stage.WAKE, Reason.WAKE_SENT, "")
            .later(1_200),
        story(Symptom.SEGMENT_OFF, "switched off").on(Dhcp.OFF).seenAt(-500));
  }

  private static List<Story> address() {
    return List.of(
        story(Symptom.HELD_BACK, "because " + RIVAL + " gives")
            .then(0, Stage.DISCOVER, Reason.OTHER_DHCP_SERVER, RIVAL + " gives addresses here"),
        story(Symptom.OTHER_SERVER_FIRST, "asked 4 times and never took our offer: " + RIVAL)
            .asks(4)
            .then(1, Stage.REQUEST, Reason.NOT_OUR_SERVER_ID, "chose 10.0.0.3")
            .beside("10.0.0.3", RIVAL, false),
        story(Symptom.OTHER_SERVER_FIRST, "3 times and never took our offer: " + RIVAL)
            .asks(3)
            .beside("10.0.0.3", RIVAL, true),
        story(Symptom.OFFER_NOT_TAKEN, "asked 4 times").asks(4).later(9),
        story(Symptom.OFFER_NOT_TAKEN, "asked 1 times").asks(1).later(25),
        story(Symptom.ADDRESS_REFUSED, "192.168.33.20")
            .then(0, Stage.REQUEST, Reason.WRONG_ADDRESS, "PXE")
            .then(2, Stage.REQUEST, Reason.WRONG_ADDRESS, "PXE"),
        story(Symptom.ADDRESS_IN_USE, "192.168.33.20 that it was to get is used by aa:bb")
            .then(0, Stage.DISCOVER, Reason.ADDRESS_IN_USE, "aa:bb"),
        story(Symptom.ADDRESS_IN_USE, "is used by aa:bb")
            .then(0, Stage.DISCOVER, Reason.ADDRESS_IN_USE, "aa:bb")
            .then(4, Stage.DISCOVER, Reason.ADDRESS_IN_USE, ""),
        story(Symptom.ADDRESS_IN_USE, "is used by cc:dd")
            .then(0, Stage.DISCOVER, Reason.ADDRESS_IN_USE, "")
            .usedBy("cc:dd"),
        story(Symptom.POOL_EMPTY, "used up")
            .then(0, Stage.DISCOVER, Reason.ADDRESS_IN_USE, "aa:bb")
            .then(4, Stage.DISCOVER, Reason.POOL_EXHAUSTED, "PXE"),
        story(Symptom.ADDRESS_DECLINED, "192.168.33.20 back")
            .asks(1)
            .then(2, Stage.REQUEST, Reason.ADDRESS_DECLINED, "PXE"),
        story(Symptom.POOL_EMPTY, "used up").then(0, Stage.DISCOVER, Reason.POOL_EXHAUSTED, "PXE"),
        story(Symptom.POOL_KEPT, "known").then(0, Stage.DISCOVER, Reason.POOL_KEPT_FOR_KNOWN, ""),
        story(Symptom.TOO_MANY_STRANGERS, "too many")
            .then(0, Stage.DISCOVER, Reason.TOO_MANY_STRANGERS, ""),
        story(Symptom.IGNORED, "ignores").then(0, Stage.DISCOVER, Reason.MACHINE_IGNORED, ""),
        story(Symptom.LEASE_NOT_WRITTEN, "disk")
            .asks(1)
            .then(0, Stage.REQUEST, Reason.COMMIT_FAILED, ""),
        story(Symptom.OVERLOADED, "more packets").then(0, Stage.DISCOVER, Reason.OVERLOADED, ""),
        story(Symptom.NO_CAMPUS_ADDRESS, "asked 3 times").asks(3).on(Dhcp.PROXY).later(9),
        story(Symptom.ARCHITECTURE_UNKNOWN, "PXE architecture 99")
            .then(0, Stage.DISCOVER, "PXE architecture 99")
            .then(0, Stage.OFFER, Reason.UNKNOWN_FIRMWARE, ""));
  }

  private static List<Story> loader() {
    String lost = "snponly.efi: 0 of 119 blocks of 1468: silent after block 0 of 119";
    return List.of(
        story(Symptom.LOADER_MISSING, "tftp/")
            .asks(1)
            .then(1, Stage.ACK, Reason.LOADER_MISSING, ""),
        story(Symptom.LOADER_NEVER_ASKED, "snponly.efi").addressed().later(20),
        story(Symptom.LOADER_NEVER_ASKED, "snponly.efi")
            .on(Dhcp.PROXY)
            .asks(1)
            .then(1, Stage.REQUEST, "PXE uefi-x64")
            .later(20),
        story(Symptom.LOADER_NOT_FOUND, "asked for pxelinux.0,")
            .addressed()
            .then(1, Stage.LOADER, Reason.FILE_MISSING, "pxelinux.0: no such file"),
        story(Symptom.LOADER_UNANSWERED, "never answered")
            .addressed()
            .then(
                20,
                Stage.LOADER,
                Reason.TRANSFER_TIMED_OUT,
                "snponly.efi: 0 of 119 blocks of 1468: the client never answered"),
        story(Symptom.LOADER_BLOCKS_LOST, "block 0 of 119: blocks of 1468 bytes do not pass")
            .addressed()
            .then(20, Stage.LOADER, Reason.TRANSFER_TIMED_OUT, lost),
        story(Symptom.LOADER_BLOCKS_LOST, "block 0 of 119")
            .addressed()
            .then(20, Stage.LOADER, Reason.TRANSFER_TIMED_OUT, lost)
            .then(15, Stage.DISCOVER, "UEFI HTTP uefi-x64")
            .then(0, Stage.ACK, "http://h/tftp/snponly.efi")
            .then(
                9,
                Stage.LOADER,
                Reason.TRANSFER_ABORTED,
                "snponly.efi: 78622 of 173792 bytes",
                78_622),
        story(Symptom.LOADER_STOPPED, "block 12 of 119")
            .addressed()
            .then(
                20,
                Stage.LOADER,
                Reason.TRANSFER_TIMED_OUT,
                "snponly.efi: 12 of 119 blocks of 1468: silent after block 12 of 119"),
        story(Symptom.LOADER_GIVEN_UP, "error 0: no room")
            .addressed()
            .then(
                1,
                Stage.LOADER,
                Reason.TRANSFER_ABORTED,
                "snponly.efi: 40 of 119 blocks of 1468: error 0: no room"),
        story(Symptom.FILE_CHANGED, "snponly.efi was changed")
            .addressed()
            .then(1, Stage.LOADER, Reason.FILE_CHANGED, "snponly.efi: 3 of 119 blocks of 1468"),
        story(Symptom.LOADER_NOT_STARTED_UEFI, "snponly.efi was fetched wholly").loader().later(60),
        story(Symptom.LOADER_NOT_STARTED_UEFI, "snponly.efi")
            .loader()
            .then(5, Stage.DISCOVER, "PXE uefi-x64")
            .then(0, Stage.OFFER, "snponly.efi"),
        story(Symptom.LOADER_NOT_STARTED_BIOS, "undionly.kpxe")
            .addressed()
            .then(1, Stage.LOADER, Reason.OK, "undionly.kpxe", 74_000)
            .bios()
            .later(60),
        story(Symptom.LOADER_LOST_ADDRESS, "took that of 10.0.0.3,")
            .loader()
            .ipxeAsks()
            .then(1, Stage.REQUEST, Reason.NOT_OUR_SERVER_ID, "chose 10.0.0.3"),
        story(Symptom.LOADER_NO_ADDRESS, "3 times").loader().ipxeAsks().ipxeAsks().ipxeAsks());
  }

  private static List<Story> script() {
    return List.of(
        story(Symptom.SCRIPT_NEVER_ASKED, "192.168.33.20")
            .loader()
            .ipxeAsks()
            .then(1, Stage.REQUEST, "iPXE")
            .then(0, Stage.ACK, "http://h/boot.ipxe")
            .later(20),
        story(Symptom.SCRIPT_NEVER_ASKED, "192.168.33.20")
            .asks(1)
            .then(0, Stage.ACK, "http://h/boot.ipxe")
            .later(20),
        story(Symptom.SCRIPT_OTHER_ADDRESS, "192.168.33.20")
            .addressed()
            .then(1, Stage.SCRIPT, Reason.OTHER_ADDRESS, "")
            .later(30),
        failedScript(Symptom.ROLE_GONE, Reason.ROLE_UNKNOWN),
        failedScript(Symptom.IMAGE_MISSING, Reason.IMAGE_MISSING),
        failedScript(Symptom.VALUE_MISSING, Reason.VARIABLE_MISSING),
        failedScript(Symptom.VALUE_WRONG, Reason.VARIABLE_INVALID),
        failedScript(Symptom.TEMPLATE_BROKEN, Reason.TEMPLATE_BROKEN),
        failedScript(Symptom.DOCUMENT_INVALID, Reason.DOCUMENT_INVALID),
        story(Symptom.BOOT_NOT_WRITTEN, "database")
            .loader()
            .then(1, Stage.SCRIPT, Reason.BOOT_NOT_WRITTEN, ""),
        story(Symptom.INSTALL_LOOP, "again and again")
            .loader()
            .then(1, Stage.LOCAL_DISK, Reason.INSTALL_LOOP, ""),
        story(Symptom.KERNEL_NEVER_ASKED, "30.0 s ago").script().later(30));
  }

  private static Story failedScript(Symptom symptom, Reason reason) {
    return story(symptom, "the detail")
        .loader()
        .then(1, Stage.SCRIPT, reason, "the detail")
        .then(30, Stage.SCRIPT, reason, "the detail")
        .planLacks(reason)
        .later(10);
  }

  private static List<Story> images() {
    String half = "lab/initrd: 1600000 of 4300000 bytes";
    return List.of(
        story(Symptom.INITRD_NEVER_ASKED, "never asked for its initrd")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .later(30),
        story(Symptom.FILE_NOT_FOUND, "asked for lab/vmlinuz")
            .script()
            .then(1, Stage.KERNEL, Reason.FILE_MISSING, "lab/vmlinuz"),
        // It starts over after ten seconds: what it does meanwhile is not what is the matter.
        story(Symptom.FILE_NOT_FOUND, "asked for lab/vmlinuz")
            .script()
            .then(1, Stage.KERNEL, Reason.FILE_MISSING, "lab/vmlinuz")
            .then(11, Stage.SCRIPT, "role worker"),
        story(Symptom.UPSTREAM_FAILED, "lab/vmlinuz")
            .script()
            .then(1, Stage.KERNEL, Reason.UPSTREAM_FAILED, "lab/vmlinuz"),
        story(Symptom.DOWNLOAD_BROKE_OFF, "lab/initrd at 1.6 MB of 4.3 MB")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .then(3, Stage.INITRD, Reason.TRANSFER_ABORTED, half, 1_600_000),
        story(Symptom.DOWNLOAD_TOO_SLOW, "1.6 MB of 4.3 MB (1.6 MB a second)")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .then(60, Stage.INITRD, Reason.TOO_SLOW, half, 1_600_000),
        story(Symptom.DOWNLOAD_STANDS_STILL, "stands at 12.0 MB of 60.0 MB")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .downloads(12_000_000, true)
            .later(60));
  }

  private static List<Story> system() {
    return List.of(
        story(Symptom.SYSTEM_NO_ADDRESS, "no driver for this card, or got no address within 10 s")
            .loaded()
            .later(130),
        story(
                Symptom.SYSTEM_NO_MEMORY,
                "256 MiB of memory are probably too few for an initrd of 60.0")
            .loaded()
            .withMemory(256)
            .later(130),
        story(Symptom.SYSTEM_NO_ADDRESS, "no driver").loaded().withMemory(2_048).later(130),
        story(Symptom.SYSTEM_NO_DOCUMENTS, "192.168.33.20").systemAddressed().later(40),
        story(Symptom.SYSTEM_LOST_ADDRESS, "took that of 10.0.0.3")
            .loaded()
            .then(9, Stage.DISCOVER, Reason.ADDRESS_ONLY, "udhcp")
            .then(1, Stage.REQUEST, Reason.NOT_OUR_SERVER_ID, "chose 10.0.0.3"),
        story(Symptom.SYSTEM_STARTS_OVER, "2 times").loaded().later(9).loaded().later(9).asks(1),
        story(Symptom.SYSTEM_OTHER_ADDRESS, "192.168.33.20")
            .systemAddressed()
            .then(1, Stage.CLOUD_CONFIG, Reason.OTHER_ADDRESS, "user-data"),
        story(Symptom.DOCUMENT_OF_OLD_BOOT, "user-data under")
            .systemAddressed()
            .then(1, Stage.CLOUD_CONFIG, Reason.NONCE_UNKNOWN, "user-data"),
        story(Symptom.DOCUMENT_UNKNOWN, "preseed.cfg, which")
            .systemAddressed()
            .then(1, Stage.CLOUD_CONFIG, Reason.DOCUMENT_UNKNOWN, "preseed.cfg"),
        story(Symptom.NEVER_REPORTED, "fetched user-data 6 min ago").documents().later(400),
        story(Symptom.NEVER_REGISTERED, "came up").up().asOthersRegister().later(400),
        story(Symptom.REGISTERING_STILL, "6 min now: cluster.example does not answer")
            .up()
            .then(5, Stage.REGISTERING, Reason.MACHINE_REPORTED, "cluster.example does not answer")
            .later(400),
        story(Symptom.SYSTEM_FAILED, "reported that it failed: no disk")
            .documents()
            .then(9, Stage.UP, Reason.MACHINE_FAILED, "no disk"),
        story(Symptom.FELL_SILENT, "after loader")
            .addressed()
            .then(2, Stage.LOADER, Reason.INTERNAL_ERROR, "snponly.efi"));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void what_happened_is_told_in_one_sentence(Story story) {
    Diagnosis diagnosis = story.diagnosis();
    assertThat(diagnosis.symptom()).isEqualTo(story.symptom);
    assertThat(diagnosis.sentence()).contains(story.words()).doesNotContain("{", "}");
    assertThat(diagnosis.advice()).noneMatch(advice -> advice.contains("{"));
    assertThat(story.newestFirst()).containsAll(diagnosis.evidence());
  }

  @Test
  void every_symptom_has_its_story() {
    Set<Symptom> told = stories().map(story -> story.symptom).collect(Collectors.toSet());
    assertThat(told).containsExactlyInAnyOrder(Symptom.values());
  }

  @Test
  void a_new_boot_that_comes_further_than_the_failed_one_is_told_for_itself() {
    Story story =
        Story.of(Symptom.LOADING, "")
            .script()
            .then(1, Stage.KERNEL, Reason.FILE_MISSING, "lab/vmlinuz")
            .then(11, Stage.SCRIPT, "role worker")
            .then(4, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .later(3);
    assertThat(story.diagnosis().symptom()).isEqualTo(Symptom.LOADING);
  }

  @Test
  void a_pc_that_was_switched_on_again_is_judged_by_its_new_boot() {
    Story story = Story.of(Symptom.OFFER_NOT_TAKEN, "").loaded().later(60).asks(4).later(5);
    assertThat(story.diagnosis().symptom()).isEqualTo(Symptom.OFFER_NOT_TAKEN);
  }

  @Test
  void what_a_machine_says_of_itself_opens_no_gap() {
    Story story =
        Story.of(Symptom.SYSTEM_FAILED, "")
            .documents()
            .then(9, Stage.UP, Reason.MACHINE_FAILED, "{words} {took} <b>");
    assertThat(story.diagnosis().sentence()).endsWith("failed: {words} {took} <b>");
  }
}
