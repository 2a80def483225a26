package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server with real sockets and busybox's client, in two network namespaces joined by a cable.
 * Needs root, iproute2 and busybox.
 */
final class DhcpServerIT {
  private static final String SERVER = "arrq-it-s";
  private static final String CLIENT = "arrq-it-c";

  @TempDir Path folder;

  @BeforeEach
  void cable() throws Exception {
    removeNamespaces();
    run("ip", "netns", "add", SERVER);
    run("ip", "netns", "add", CLIENT);
    run(
        "ip", "-n", SERVER, "link", "add", "room", "type", "veth", "peer", "name", "pc", "netns",
        CLIENT);
    run("ip", "-n", SERVER, "addr", "add", "192.168.33.1/24", "dev", "room");
    run("ip", "-n", SERVER, "link", "set", "room", "up");
    run("ip", "-n", CLIENT, "link", "set", "pc", "up");
  }

  @AfterEach
  void removeNamespaces() throws Exception {
    new ProcessBuilder("ip", "netns", "del", SERVER).start().waitFor();
    new ProcessBuilder("ip", "netns", "del", CLIENT).start().waitFor();
  }

  @Test
  @Timeout(60)
  void aClientGetsItsLeaseByBroadcastFromAServerWithoutDefaultRoute() throws Exception {
    Process server = server("SERVER");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      // The log, if the tests have one on the console, comes first.
      assertThat(said.lines().filter(line -> line.startsWith("answering")).findFirst())
          .hasValue("answering [sala5 (room, 192.168.33.1), mode server] problems []");
      assertThat(udhcpc()).contains("bound 192.168.33.100 router 192.168.33.1 lease 43200");
      server.getOutputStream().write('\n');
      server.getOutputStream().flush();
      List<String> rest = said.lines().toList();
      assertThat(rest).anyMatch(line -> line.contains("stage=ACK") && line.contains(".33.100"));
    } finally {
      server.destroy();
      server.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Test
  @Timeout(60)
  void aRelayIsHeardOnACardThatNoSegmentNames() throws Exception {
    run("ip", "-n", CLIENT, "address", "add", "192.168.33.2/24", "dev", "pc");
    run("ip", "-n", CLIENT, "address", "add", "10.6.0.1/24", "dev", "pc");
    run("ip", "-n", SERVER, "route", "add", "10.6.0.0/24", "via", "192.168.33.2");
    Process server = server("RELAYED");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines().filter(line -> line.startsWith("answering")).findFirst())
          .hasValue("answering [relays (room, 192.168.33.1)] problems []");
      assertThat(run(java(CLIENT, RelayMain.class, "10.6.0.1", "192.168.33.1")))
          .contains("OFFER 10.6.0.20");
    } finally {
      server.destroy();
      server.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Test
  @Timeout(60)
  void twoSegmentsOnOneCardServeOneAfterTheOther() throws Exception {
    run("ip", "-n", SERVER, "addr", "add", "10.6.0.1/24", "dev", "room");
    Process server = server("SHARED");
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines().filter(line -> line.startsWith("answering")).findFirst())
          .hasValue(
              "answering [sala5 (room, 192.168.33.1), mode server, sala6 (room, 10.6.0.1), mode"
                  + " server] problems []");
      assertThat(udhcpc()).contains("bound 192.168.33.100 router 192.168.33.1");
      run("ip", "-n", CLIENT, "link", "set", "pc", "address", "52:54:00:00:00:02");
      assertThat(udhcpc()).contains("bound 10.6.0.20 router 10.6.0.1");
      assertThat(udhcpc()).as("it stays there").contains("bound 10.6.0.20");
    } finally {
      server.destroy();
      server.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static Process server(String argument) throws IOException {
    return new ProcessBuilder(java(SERVER, DhcpServerMain.class, argument))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String[] java(String namespace, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private String udhcpc() throws Exception {
    Path script = folder.resolve("said.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        [ "$1" = bound ] && echo "bound $ip router $router lease $lease"
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
        "pc",
        "-f",
        "-q",
        "-n",
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
