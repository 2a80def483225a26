package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.cli.lab.SeenEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PC says on the wire, step by step; each step is answered by the appliance. */
final class SimulatedPc {
  static final String ROM = "rom:0";
  static final String UEFI = "rom:7";
  static final String IPXE = "ipxe";
  static final String SYSTEM = "system";

  private static final Pattern DOCUMENTS = Pattern.compile("/boot/[0-9a-f-]{17}/[A-Za-z0-9_-]{8,}");
  private static final int ATTEMPTS = 100;

  private final SimulatedPcs pcs;
  private final Mac mac;
  private String address = "-";
  private String documents = "";
  private String hardware = "&serial=1";

  SimulatedPc(SimulatedPcs pcs, Mac mac) {
    this.pcs = pcs;
    this.mac = mac;
  }

  Mac mac() {
    return mac;
  }

  SimulatedPcs pcs() {
    return pcs;
  }

  String address() {
    return address;
  }

  /** From now on it says this of itself, too. */
  SimulatedPc told(String query) {
    hardware = query;
    return this;
  }

  /** The type of the answer, its address and its file; dashes for silence. */
  List<String> dhcp(String type, String kind, String... more) {
    List<String> words = new ArrayList<>(List.of("dhcp", mac.toString(), type, kind));
    words.addAll(Arrays.asList(more));
    return pcs.order(words.toArray(String[]::new));
  }

  /** Asks and hears nothing. */
  void askInVain(String kind, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("answer=false");
    dhcp("DISCOVER", kind, all.toArray(String[]::new));
  }

  /** Gets an address, and has it on the wire. */
  SimulatedPc lease(String kind) {
    List<String> offer = dhcp("DISCOVER", kind);
    // For some seconds after its start the appliance looks for other servers.
    for (int i = 0; offer.get(0).equals("-") && i < 3; i++) {
      offer = dhcp("DISCOVER", kind);
    }
    assertThat(offer.get(0)).as("%s of %s", offer, mac).isEqualTo("OFFER");
    List<String> ack =
        dhcp("REQUEST", kind, "requested=" + offer.get(1), "server=" + SimulatedPcs.SERVER);
    assertThat(ack.get(0)).as("%s of %s", ack, mac).isEqualTo("ACK");
    if (!address.equals(ack.get(1))) {
      address = ack.get(1);
      pcs.order("address", "add", address);
    }
    return this;
  }

  /** Asks another server for its address, which that one gives. */
  void takesAnother(String kind, String server) {
    dhcp("DISCOVER", kind);
    dhcp("REQUEST", kind, "requested=192.168.33.60", "server=" + server, "answer=false");
  }

  String tftp(String file, int blocks, String end) {
    return String.join(" ", pcs.order("tftp", address, file, Integer.toString(blocks), end));
  }

  /** The loader, wholly. */
  SimulatedPc fetchesLoader(String file) {
    assertThat(tftp(file, Integer.MAX_VALUE, "whole")).endsWith("whole");
    return this;
  }

  /** As iPXE does: an address, then its script. */
  SimulatedPc boots() {
    lease(IPXE);
    script();
    return this;
  }

  String script() {
    return scriptFrom(address);
  }

  String scriptFrom(String from) {
    String query = "/ipxe?mac=%s&platform=pcbios&buildarch=i386%s".formatted(mac, hardware);
    String script = text(pcs.order("get", from, query, "all", "close"));
    Matcher found = DOCUMENTS.matcher(script);
    documents = found.find() ? found.group() : documents;
    return script;
  }

  private static String text(List<String> answer) {
    return new String(Base64.getDecoder().decode(answer.get(1)), StandardCharsets.UTF_8);
  }

  String get(String path) {
    return pcs.order("get", address, path, "all", "close").get(0);
  }

  /** A part of a file, and then no more: {@code close} or {@code hold}. */
  void takes(String path, long octets, String end) {
    pcs.order("get", address, path, Long.toString(octets), end);
  }

  /** Script, kernel and initrd of the small image. */
  SimulatedPc loads() {
    boots();
    assertThat(get("/images/small/vmlinuz")).isEqualTo("200");
    assertThat(get("/images/small/initrd")).isEqualTo("200");
    return this;
  }

  /** All that, and its documents. */
  SimulatedPc starts() {
    loads().lease(SYSTEM);
    assertThat(document("user-data")).isEqualTo("200");
    return this;
  }

  String documents() {
    return documents;
  }

  String document(String name) {
    return get(documents + "/" + name);
  }

  String documentFrom(String from, String name) {
    return pcs.order("get", from, documents + "/" + name, "all", "close").get(0);
  }

  SimulatedPc reports(String stage, String message) {
    String body = "{\"stage\":\"%s\",\"message\":\"%s\"}".formatted(stage, message);
    String coded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    List<String> answer = pcs.order("post", address, documents + "/phone-home", coded);
    assertThat(answer.get(0)).isEqualTo("200");
    return this;
  }

  /** Asks for its script, as a PC does that shows an error, until this is the reason. */
  void asksUntil(String reason) {
    await(reason, true);
  }

  /** Waits for that reason in its timeline. */
  void await(String reason) {
    await(reason, false);
  }

  private void await(String reason, boolean asks) {
    awaitThat(
        reason,
        () -> {
          if (asks) {
            script();
          }
          return timeline().stream().anyMatch(event -> event.reason().equals(reason));
        });
  }

  private void awaitThat(String what, BooleanSupplier question) {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (question.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    throw new AssertionError("%s of %s; %s".formatted(what, mac, timeline()));
  }

  List<SeenEvent> timeline() {
    return pcs.room().appliance().client().timeline(mac, Instant.EPOCH);
  }
}
