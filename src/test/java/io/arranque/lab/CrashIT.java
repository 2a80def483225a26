package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The appliance killed at a random moment of a busy day, again and again: whatever it has
 * acknowledged it knows afterwards, and no address has two machines. {@code -Dcrash.rounds=50
 * -Dcrash.seed=1} say how often and with which dice. Needs root and iproute2.
 */
final class CrashIT {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final int CLIENTS = 3000;
  private static final int SHORTEST_MILLIS = 1;
  private static final int LONGEST_MILLIS = 3000;
  private static final int LOOK_MILLIS = 100;
  private static final String BOX = "arrq-crash-s";
  private static final String RELAY = "arrq-crash-c";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void cable() throws Exception {
    removeNamespaces();
    for (String namespace : List.of(BOX, RELAY)) {
      run("ip", "netns", "add", namespace);
      run("ip", "-n", namespace, "link", "set", "lo", "up");
    }
    run(
        "ip", "-n", BOX, "link", "add", "room", "type", "veth", "peer", "name", "uplink", "netns",
        RELAY);
    run("ip", "-n", BOX, "addr", "add", "192.168.33.1/24", "dev", "room");
    run("ip", "-n", RELAY, "addr", "add", "192.168.33.2/24", "dev", "uplink");
    run("ip", "-n", RELAY, "addr", "add", "10.77.0.1/16", "dev", "uplink");
    run("ip", "-n", BOX, "link", "set", "room", "up");
    run("ip", "-n", RELAY, "link", "set", "uplink", "up");
    run("ip", "-n", BOX, "route", "add", "10.77.0.0/16", "via", "192.168.33.2");
    Path dhcp = Files.createDirectories(folder.resolve("site/dhcp"));
    Files.writeString(
        dhcp.resolve("sala5.yaml"),
        """
        subnet: 192.168.33.0/24
        pool: [192.168.33.100-192.168.33.199]
        """);
    Files.writeString(
        dhcp.resolve("campus.yaml"),
        """
        subnet: 10.77.0.0/16
        interface: none
        pool: [10.77.1.0-10.77.20.255]
        """);
    Files.writeString(folder.resolve("site/arranque.yaml"), "name: Crash test\n");
    Path scripts = Files.createDirectories(folder.resolve("site/ipxe-scripts"));
    Path own = Path.of(System.getProperty("arranque.root", "")).resolve("ipxe-scripts");
    for (String script : List.of("boot.ipxe", "discover.ipxe", "error.ipxe")) {
      Files.copy(own.resolve(script), scripts.resolve(script));
    }
  }

  @AfterEach
  void removeNamespaces() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    new ProcessBuilder("ip", "netns", "del", BOX).start().waitFor();
    new ProcessBuilder("ip", "netns", "del", RELAY).start().waitFor();
  }

  @Test
  void no_acknowledged_lease_is_lost_and_none_is_given_twice() throws Exception {
    System.out.println("crash.seed=" + SEED + " crash.rounds=" + ROUNDS);
    Random random = new Random(SEED);
    Process clients = start(RELAY, clients());
    try (BufferedReader said = clients.inputReader(StandardCharsets.UTF_8);
        BufferedWriter orders = clients.outputWriter(StandardCharsets.UTF_8)) {
      Process appliance = appliance(orders, said);
      for (int round = 1; round <= ROUNDS; round++) {
        order(orders, "load " + random.nextLong());
        assertThat(said.readLine()).isEqualTo("BUSY");
        int after = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
        // Not to await anything: the length of the load is what is random.
        boolean ended = appliance.waitFor(after, TimeUnit.MILLISECONDS);
        assertThat(ended).as("the appliance ended by itself").isFalse();
        appliance.destroyForcibly().waitFor();
        order(orders, "stop");
        String load = said.readLine();

        appliance = appliance(orders, said);
        order(orders, "check");
        List<String> complaints = new ArrayList<>();
        String line = said.readLine();
        while (line != null && !line.startsWith("CHECKED")) {
          complaints.add(line);
          line = said.readLine();
        }
        System.out.println("round " + round + ", " + after + " ms: " + load + "; " + line);
        assertThat(complaints).as("round %d of crash.seed=%d", round, SEED).isEmpty();
        assertThat(line).endsWith("without answer 0");
      }
    }
  }

  private static void order(BufferedWriter orders, String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  private List<String> clients() {
    return List.of(
        "-cp",
        System.getProperty("java.class.path"),
        RelayedClientsMain.class.getName(),
        "" + CLIENTS,
        "10.77.0.1",
        "192.168.33.1",
        folder.resolve("state/admin-token").toString());
  }

  /** The jar as users have it; the class path when there is none. */
  private Process appliance(BufferedWriter orders, BufferedReader said) throws Exception {
    String jar = System.getProperty("arranque.jar");
    List<String> command = new ArrayList<>();
    command.addAll(
        jar != null
            ? List.of("-jar", jar)
            : List.of("-cp", System.getProperty("java.class.path"), "io.arranque.cli.Main"));
    command.addAll(List.of("serve", "--site", folder.resolve("site").toString()));
    command.addAll(List.of("--state", folder.resolve("state").toString()));
    Process process = start(BOX, command);
    String ready;
    do {
      boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(ended).as(Files.readString(folder.resolve("errors.log"))).isFalse();
      order(orders, "ready");
      ready = said.readLine();
    } while (!"READY true".equals(ready));
    return process;
  }

  private Process start(String namespace, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.log").toFile()));
    if (namespace.equals(BOX)) {
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(folder.resolve("appliance.log").toFile()));
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
  }
}
