package io.arranque.diagnosis;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.diagnosis.Circumstances.Dhcp;
import io.arranque.diagnosis.Circumstances.Rival;
import io.arranque.diagnosis.Circumstances.Running;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.Pace;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happened to a machine, told in seconds, and what was known around it. */
final class Story {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Mac PC = Mac.of("52:54:00:00:00:01");
  private static final Ipv4 ADDRESS = Ipv4.of("192.168.33.20");

  final Symptom symptom;
  private final String words;
  private final List<BootEvent> events = new ArrayList<>();
  private long clock;
  private Optional<Instant> seen = Optional.empty();
  private Dhcp dhcp = Dhcp.SERVER;
  private final List<Rival> rivals = new ArrayList<>();
  private Optional<Integer> memory = Optional.empty();
  private Optional<Boolean> uefi = Optional.empty();
  private Optional<Set<Reason>> troubles = Optional.empty();
  private boolean reports = true;
  private int initrds = 1;
  private Optional<Running> download = Optional.empty();
  private Pace pace = Pace.UNKNOWN;
  private final Map<Ipv4, String> holders = new HashMap<>();

  private Story(Symptom symptom, String words) {
    this.symptom = symptom;
    this.words = words;
  }

  /** One that ends in this symptom, with these words in its sentence. */
  static Story of(Symptom symptom, String words) {
    return new Story(symptom, words);
  }

  Story then(long seconds, Stage stage, Reason reason, String detail, long bytes) {
    clock += seconds;
    events.add(
        new BootEvent(
            START.plusSeconds(clock),
            PC,
            stage,
            reason,
            Optional.of(ADDRESS),
            detail,
            bytes,
            Duration.ofSeconds(bytes > 0 ? 1 : 0)));
    return this;
  }

  Story then(long seconds, Stage stage, Reason reason, String detail) {
    return then(seconds, stage, reason, detail, 0);
  }

  Story then(long seconds, Stage stage, String detail) {
    return then(seconds, stage, Reason.OK, detail, 0);
  }

  Story asks(int times) {
    for (int i = 0; i < times; i++) {
      then(1, Stage.DISCOVER, "PXE uefi-x64").then(0, Stage.OFFER, "snponly.efi");
    }
    return this;
  }

  Story addressed() {
    return asks(1).then(1, Stage.REQUEST, "PXE uefi-x64").then(0, Stage.ACK, "snponly.efi");
  }

  Story loader() {
    return addressed().then(1, Stage.LOADER, Reason.OK, "snponly.efi", 170_000);
  }

  Story ipxeAsks() {
    return then(3, Stage.DISCOVER, "iPXE uefi-x64").then(0, Stage.OFFER, "http://h/boot.ipxe");
  }

  Story script() {
    return loader()
        .ipxeAsks()
        .then(1, Stage.REQUEST, "iPXE uefi-x64")
        .then(0, Stage.ACK, "http://h/boot.ipxe")
        .then(1, Stage.SCRIPT, "role worker");
  }

  Story loaded() {
    return script()
        .then(4, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
        .then(6, Stage.INITRD, Reason.OK, "lab/initrd", 60_000_000);
  }

  Story systemAddressed() {
    return loaded()
        .then(10, Stage.DISCOVER, Reason.ADDRESS_ONLY, "udhcp")
        .then(0, Stage.ACK, Reason.ADDRESS_ONLY, "");
  }

  Story documents() {
    return systemAddressed().then(2, Stage.CLOUD_CONFIG, "user-data");
  }

  Story up() {
    return documents().then(20, Stage.UP, Reason.MACHINE_REPORTED, "is up");
  }

  /** Time passes. */
  Story later(long seconds) {
    clock += seconds;
    return this;
  }

  Story seenAt(long seconds) {
    seen = Optional.of(START.plusSeconds(seconds));
    return this;
  }

  Story on(Dhcp mode) {
    dhcp = mode;
    return this;
  }

  Story beside(String address, String name, boolean gives) {
    rivals.add(new Rival(address, name, gives));
    return this;
  }

  Story usedBy(String holder) {
    holders.put(ADDRESS, holder);
    return this;
  }

  Story withMemory(int mib) {
    memory = Optional.of(mib);
    return this;
  }

  Story bios() {
    uefi = Optional.of(false);
    return this;
  }

  Story planLacks(Reason... reasons) {
    troubles = Optional.of(Set.of(reasons));
    return this;
  }

  Story withoutDocuments() {
    reports = false;
    return this;
  }

  Story withoutInitrd() {
    initrds = 0;
    return this;
  }

  Story downloads(long done, boolean stalled) {
    download = Optional.of(new Running("lab/initrd", done, 60_000_000, 2_000_000, START, stalled));
    return this;
  }

  /** Others of its role register. */
  Story asOthersRegister() {
    Story other =
        of(Symptom.REGISTERED, "").up().then(9, Stage.REGISTERED, Reason.MACHINE_REPORTED, "");
    pace = Pace.of(other.runs(), true);
    return this;
  }

  Story withPace(Pace given) {
    pace = given;
    return this;
  }

  private Instant now() {
    return START.plusSeconds(clock);
  }

  List<BootEvent> newestFirst() {
    List<BootEvent> newestFirst = new ArrayList<>(events);
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  List<BootRun> runs() {
    return BootRun.of(newestFirst(), seen, now());
  }

  Diagnosis diagnosis() {
    return Diagnosis.of(
        newestFirst(),
        new Circumstances(
            now(), seen, dhcp, rivals, memory, uefi, troubles, reports, initrds, 8081, download,
            pace, 0, holders));
  }

  String words() {
    return words;
  }

  @Override
  public String toString() {
    return symptom + " " + words;
  }
}
