package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is on the wire beside us: Debian's dnsmasq, and a device that sits on an address of ours.
 * Three network namespaces on one bridge; needs root, iproute2, busybox and dnsmasq.
 */
@Timeout(240)
final class WireIT {
  private static final String SERVER = "arrq-w-s";
  private static final String OTHER = "arrq-w-o";
  private static final String CLIENT = "arrq-w-c";
  private static final String OTHER_MAC = "52:54:00:00:33:02";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void room() throws Exception {
    removeNamespaces();
    run("ip", "netns", "add", SERVER);
    run("ip", "-n", SERVER, "link", "add", "br0", "type", "bridge");
    run("ip", "-n", SERVER, "addr", "add", "192.168.33.1/24", "dev", "br0");
    run("ip", "-n", SERVER, "link", "set", "br0", "up");
    for (String name : List.of(OTHER, CLIENT)) {
      run("ip", "netns", "add", name);
      String port = name.equals(OTHER) ? "other" : "client";
      run(
          "ip", "-n", SERVER, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
          name);
      run("ip", "-n", SERVER, "link", "set", port, "master", "br0", "up");
    }
    run("ip", "-n", OTHER, "link", "set", "eth0", "address", OTHER_MAC);
    run("ip", "-n", OTHER, "link", "set", "eth0", "up");
    run("ip", "-n", CLIENT, "link", "set", "eth0", "up");
  }

  @AfterEach
  void removeNamespaces() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
    for (String name : List.of(SERVER, OTHER, CLIENT)) {
      new ProcessBuilder("ip", "netns", "del", name).start().waitFor();
    }
  }

  @Test
  void beside_dnsmasq_we_fall_silent_and_say_so_and_take_up_service_when_it_is_gone()
      throws Exception {
    Process dnsmasq = dnsmasq();
    Process server = server("SERVER", "false");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      // Its MAC is the kernel's knowledge, which may come a moment after the first sight.
      String found =
          await(
              said, line -> line.contains("192.168.33.2 (" + OTHER_MAC + ") gives addresses here"));
      assertThat(found).contains("set mode: proxy").contains("authoritative: true");
      assertThat(udhcpc()).contains("bound 192.168.33.5");
      dnsmasq.destroyForcibly().waitFor();
      await(said, line -> line.startsWith("problems []"));
      assertThat(udhcpc()).contains("bound 192.168.33.10");
      List<String> rest = end(server, said);
      assertThat(rest).anyMatch(line -> line.startsWith("sent ") && line.contains("OFFER=1,"));
      assertThat(rest).filteredOn(line -> line.startsWith("machine ")).hasSize(1);
    }
  }

  @Test
  void authoritative_we_answer_beside_it() throws Exception {
    started.add(dnsmasq());
    Process server = server("SERVER", "true");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(await(said, line -> line.contains("servers [192.168.33.2")))
          .startsWith("problems []");
      assertThat(udhcpc()).contains("bound 192.168.33.");
      await(said, line -> line.contains("OFFER=1,"));
    }
  }

  @Test
  void as_a_proxy_we_miss_the_server_that_should_give_the_addresses() throws Exception {
    Process server = server("PROXY", "false");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      await(said, line -> line.contains("no DHCP server gives addresses here"));
      started.add(dnsmasq());
      await(said, line -> line.startsWith("problems []") && line.contains("[192.168.33.2"));
    }
  }

  @Test
  void an_address_that_a_device_uses_is_not_offered_and_shows_as_a_conflict() throws Exception {
    run("ip", "-n", OTHER, "addr", "add", "192.168.33.100/24", "dev", "eth0");
    Process server = server("SERVER", "false");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(udhcpc()).contains("bound 192.168.33.101");
      assertThat(await(said, line -> line.contains("conflicts [192")))
          .contains("192.168.33.100 Optional[" + OTHER_MAC + "] PROBE");
      assertThat(end(server, said))
          .anyMatch(line -> line.contains("reason=ADDRESS_IN_USE") && line.contains(".33.100"));
    }
  }

  @Test
  void what_the_kernel_remembers_of_a_device_that_is_gone_keeps_no_address_back() throws Exception {
    run(
        "ip",
        "-n",
        SERVER,
        "neigh",
        "add",
        "192.168.33.100",
        "lladdr",
        OTHER_MAC,
        "dev",
        "br0",
        "nud",
        "stale");
    Process server = server("SERVER", "false");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(udhcpc()).contains("bound 192.168.33.100");
      assertThat(end(server, said)).noneMatch(line -> line.contains("ADDRESS_IN_USE"));
    }
  }

  private Process dnsmasq() throws IOException {
    try {
      run("ip", "-n", OTHER, "addr", "add", "192.168.33.2/24", "dev", "eth0");
    } catch (Exception e) {
      throw new IOException(e);
    }
    Process process =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                OTHER,
                "dnsmasq",
                "--conf-file=/dev/null",
                "--keep-in-foreground",
                "--log-facility=-",
                "--user=root",
                "--pid-file=",
                "--port=0",
                "--interface=eth0",
                "--bind-interfaces",
                "--dhcp-leasefile=" + folder.resolve("other.leases"),
                "--dhcp-range=192.168.33.50,192.168.33.59,255.255.255.0,1h")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dnsmasq.log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private Process server(String mode, String authoritative) throws IOException {
    Process process =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                SERVER,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WireMain.class.getName(),
                mode,
                authoritative)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  private static String await(BufferedReader said, Predicate<String> wanted) {
    return said.lines()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the server ended without saying so"));
  }

  private static List<String> end(Process server, BufferedReader said) throws IOException {
    server.getOutputStream().write('\n');
    server.getOutputStream().flush();
    return said.lines().toList();
  }

  /** Asks every two seconds until it is bound: the server may still be starting. */
  private String udhcpc() throws Exception {
    Path script = folder.resolve("said.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        [ "$1" = bound ] && echo "bound $ip"
        exit 0
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return run(
        "ip",
        "netns",
        "exec",
        CLIENT,
        "busybox",
        "udhcpc",
        "-i",
        "eth0",
        "-f",
        "-q",
        "-n",
        "-t",
        "15",
        "-T",
        "2",
        "-s",
        script.toString());
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }
}
