package io.arranque.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One server in a network namespace of its own, whose only card is a tap device; the other end of
 * that is {@link Lab}'s. Nothing leads out of the namespace.
 */
final class Bench implements AutoCloseable {
  private static final String NAMES = "arrq-conf-";
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final String namespace;
  private final Path folder;
  private final List<Process> children = new ArrayList<>();
  private final Wire wire;
  private final Process server;

  private Bench(DhcpProgram program, Path folder) throws IOException, InterruptedException {
    removeLeftovers();
    this.namespace = NAMES + ProcessHandle.current().pid() + "-" + program.name();
    this.folder = folder;
    try {
      cable();
      this.wire = plug();
      wire.configure(Net.RELAY, Net.RELAY_MAC);
      this.server = start(program.name() + ".log", program.prepare(folder));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param folder empty, of its own
   */
  static Bench open(DhcpProgram program, Path folder) throws IOException, InterruptedException {
    Bench bench = new Bench(program, folder);
    try {
      bench.awaitFirstAnswer(program);
    } catch (IllegalStateException e) {
      bench.close();
      throw e;
    }
    return bench;
  }

  Lab lab(DhcpProgram program) {
    return new Lab(wire, program.limits());
  }

  boolean isServerAlive() {
    return server.isAlive();
  }

  /** A name tells whose it is: what belongs to no living process was left by a killed run. */
  private static void removeLeftovers() throws IOException, InterruptedException {
    for (String line : run("ip", "netns", "list").lines().toList()) {
      String name = line.split(" ", -1)[0];
      if (name.startsWith(NAMES)
          && ProcessHandle.of(Long.parseLong(name.split("-", -1)[2])).isEmpty()) {
        run("ip", "netns", "del", name);
      }
    }
  }

  private void cable() throws IOException, InterruptedException {
    run("ip", "netns", "add", namespace);
    inside("ip", "link", "set", "lo", "up");
    inside("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 || true");
    inside("ip", "tuntap", "add", "dev", Net.CARD, "mode", "tap");
    inside("ip", "link", "set", Net.CARD, "address", Net.SERVER_MAC.toString());
    inside("ip", "addr", "add", Net.SERVER + "/16", "brd", "+", "dev", Net.CARD);
  }

  /** QEMU without a machine: only its network, from the tap device to a socket. */
  private Wire plug() throws IOException, InterruptedException {
    Path socket = folder.resolve("wire");
    start(
        "wire.log",
        List.of(
            "qemu-system-x86_64",
            "-machine",
            "none",
            "-nodefaults",
            "-display",
            "none",
            "-netdev",
            "tap,id=tap,ifname=" + Net.CARD + ",script=no,downscript=no",
            "-netdev",
            "stream,id=wire,server=on,addr.type=unix,addr.path=" + socket,
            "-netdev",
            "hubport,hubid=0,id=port1,netdev=tap",
            "-netdev",
            "hubport,hubid=0,id=port2,netdev=wire"));
    Instant limit = Instant.now().plus(START_LIMIT);
    while (!Files.exists(socket)) {
      if (Instant.now().isAfter(limit) || !children.get(0).isAlive()) {
        throw new IllegalStateException("no wire: " + Files.readString(folder.resolve("wire.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    inside("ip", "link", "set", Net.CARD, "up");
    for (Net.Subnet subnet : Net.BEHIND_RELAY) {
      String target = subnet.network() + "/" + subnet.prefix();
      inside("ip", "route", "add", target, "via", Net.RELAY.toString());
    }
    return Wire.open(socket);
  }

  private void awaitFirstAnswer(DhcpProgram program) throws InterruptedException, IOException {
    Lab impatient = new Lab(wire, new Lab.Limits(Duration.ofMillis(300), Duration.ZERO));
    Pc pc = impatient.pc(io.arranque.address.Mac.of("02:ee:00:00:00:01"));
    Instant limit = Instant.now().plus(START_LIMIT);
    while (true) {
      try {
        pc.discover().ask(Answer.OFFER);
        return;
      } catch (Violation notYet) {
        if (Instant.now().isAfter(limit) || !server.isAlive()) {
          throw new IllegalStateException(
              program.title()
                  + " does not answer:\n"
                  + Files.readString(folder.resolve(program.name() + ".log")),
              notYet);
        }
      }
    }
  }

  private Process start(String log, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    // So that it ends with us, however that happens.
    all.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
    all.addAll(command);
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .start();
    children.add(process);
    return process;
  }

  private void inside(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of(command));
    run(all.toArray(String[]::new));
  }

  /** What it prints; with another status than 0 that is the message of what is thrown. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process child : children) {
        child.destroy();
        if (!child.waitFor(10, TimeUnit.SECONDS)) {
          child.destroyForcibly().waitFor();
        }
      }
      run("ip", "netns", "del", namespace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
