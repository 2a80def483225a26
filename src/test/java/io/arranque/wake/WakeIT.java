package io.arranque.wake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Magic packets on real wires: a box with two cards, a room on each, and one behind a router. Five
 * network namespaces; needs root and iproute2.
 */
@Timeout(120)
final class WakeIT {
  private static final String BOX = "arrq-wol-box";
  private static final String SALA5 = "arrq-wol-5";
  private static final String SALA6 = "arrq-wol-6";
  private static final String ROUTER = "arrq-wol-r";
  private static final String FAR = "arrq-wol-far";
  private static final String PC5 = "52:54:00:00:05:01";
  private static final String PC6 = "52:54:00:00:06:01";
  private static final String PC44 = "52:54:00:00:44:01";

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void wires() throws Exception {
    removeNamespaces();
    for (String name : List.of(BOX, SALA5, SALA6, ROUTER, FAR)) {
      run("ip", "netns", "add", name);
    }
    cable(BOX, "eth5", "192.168.33.1/24", SALA5, "eth0", "192.168.33.9/24");
    cable(BOX, "eth6", "192.168.34.1/24", SALA6, "eth0", "192.168.34.9/24");
    cable(BOX, "wan", "10.9.0.1/24", ROUTER, "lan", "10.9.0.2/24");
    cable(ROUTER, "room", "192.168.44.1/25", FAR, "eth0", "192.168.44.9/25");
    run("ip", "-n", BOX, "route", "add", "192.168.44.0/25", "via", "10.9.0.2");
    run("ip", "-n", FAR, "route", "add", "default", "via", "192.168.44.1");
    // What "ip directed-broadcast" is on a router.
    run(
        "ip",
        "netns",
        "exec",
        ROUTER,
        "sh",
        "-c",
        "cd /proc/sys/net/ipv4; echo 1 >ip_forward;"
            + " for i in all lan room; do echo 1 >conf/$i/bc_forwarding; done");
  }

  @AfterEach
  void removeNamespaces() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
    started.clear();
    for (String name : List.of(BOX, SALA5, SALA6, ROUTER, FAR)) {
      new ProcessBuilder("ip", "netns", "del", name).redirectErrorStream(true).start().waitFor();
    }
  }

  @Test
  void each_room_hears_its_own_machine_and_no_other_and_a_router_passes_it_on() throws Exception {
    try (BufferedReader five = hear(SALA5, "192.168.33.255", "any");
        BufferedReader six = hear(SALA6, "192.168.34.255", "any");
        BufferedReader far = hear(FAR, "192.168.44.127");
        BufferedReader said = wake(PC5 + "@sala5", PC6 + "@sala6", PC44 + "@far")) {
      // Two rounds: each to the segment's directed broadcast and, out of the same card, to all.
      String inFive = "192.168.33.255 from 192.168.33.1 " + magic(PC5);
      String anyFive = "any from 192.168.33.1 " + magic(PC5);
      assertThat(lines(five, 6))
          .containsExactlyInAnyOrder(inFive, anyFive, anyFive, inFive, anyFive, anyFive);
      String inSix = "192.168.34.255 from 192.168.34.1 " + magic(PC6);
      String anySix = "any from 192.168.34.1 " + magic(PC6);
      assertThat(lines(six, 6))
          .containsExactlyInAnyOrder(inSix, anySix, anySix, inSix, anySix, anySix);
      assertThat(lines(far, 2)).containsOnly("192.168.44.127 from 10.9.0.1 " + magic(PC44));
      assertThat(lines(said, 3))
          .containsExactly(
              PC5 + " ASKED WAKE_SENT", PC6 + " ASKED WAKE_SENT", PC44 + " ASKED WAKE_SENT");
    }
  }

  @Test
  void without_a_route_or_a_card_that_is_up_the_kernels_word_is_told() throws Exception {
    run("ip", "-n", BOX, "link", "set", "eth5", "down");
    run("ip", "-n", BOX, "route", "del", "192.168.44.0/25");
    try (BufferedReader said = wake(PC5 + "@sala5", PC44 + "@far")) {
      assertThat(lines(said, 2))
          .containsExactly(PC5 + " FAILED WAKE_NOT_SENT", PC44 + " FAILED WAKE_NOT_SENT");
    }
  }

  private static String magic(String mac) {
    return "ff".repeat(6) + mac.replace(":", "").repeat(16);
  }

  private static List<String> lines(BufferedReader reader, int count) throws Exception {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      String line = reader.readLine();
      assertThat(line).as("after " + lines).isNotNull();
      lines.add(line);
    }
    return lines;
  }

  private BufferedReader hear(String namespace, String... addresses) throws Exception {
    BufferedReader reader = java(namespace, HearMain.class, addresses);
    assertThat(reader.readLine()).isEqualTo("listens");
    return reader;
  }

  private BufferedReader wake(String... machines) throws Exception {
    return java(BOX, WakeMain.class, machines);
  }

  private BufferedReader java(String namespace, Class<?> main, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static void cable(
      String one, String card, String address, String other, String peer, String far)
      throws Exception {
    run("ip", "-n", one, "link", "add", card, "type", "veth", "peer", "name", peer, "netns", other);
    run("ip", "-n", one, "addr", "add", address, "brd", "+", "dev", card);
    run("ip", "-n", other, "addr", "add", far, "brd", "+", "dev", peer);
    run("ip", "-n", one, "link", "set", card, "up");
    run("ip", "-n", other, "link", "set", peer, "up");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
  }
}
