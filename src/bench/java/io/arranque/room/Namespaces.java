package io.arranque.room;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two network namespaces joined by a cable; gone when closed. Nothing leaves them. */
final class Namespaces implements AutoCloseable {
  private static final int POOL_NETWORKS = 4;

  private final String server = "arq-room-s" + ProcessHandle.current().pid();
  private final String client = "arq-room-c" + ProcessHandle.current().pid();

  Namespaces() throws IOException {
    run("ip", "netns", "add", server);
    run("ip", "netns", "add", client);
    run("ip", "link", "add", "rs0", "netns", server, "type", "veth", "peer", "name", "rc0", "netns",
        client);
    address(server, "rs0", Room.SERVER);
    address(client, "rc0", Room.CLIENT);
    for (String name : List.of(server, client)) {
      run("ip", "-n", name, "link", "set", "lo", "up");
    }
    run("ip", "-n", server, "link", "set", "rs0", "up");
    run("ip", "-n", client, "link", "set", "rc0", "up");
    // Each PC speaks from the address that it was given.
    for (int network = 1; network <= POOL_NETWORKS; network++) {
      run("ip", "-n", client, "route", "add", "local", "10.66." + network + ".0/24", "dev", "rc0");
    }
    // An answer to any of them: without, the kernel would ignore the question who has it.
    run("ip", "netns", "exec", client, "sysctl", "-qw", "net.ipv4.ip_nonlocal_bind=1");
    run("ip", "-n", client, "route", "add", "255.255.255.255", "dev", "rc0");
  }

  private static void address(String namespace, String card, String address) throws IOException {
    run("ip", "-n", namespace, "addr", "add", address + "/" + Room.PREFIX, "dev", card);
  }

  ProcessBuilder inServer(List<String> command) {
    return in(server, command);
  }

  ProcessBuilder inClient(List<String> command) {
    return in(client, command);
  }

  private static ProcessBuilder in(String namespace, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(command);
    return new ProcessBuilder(all);
  }

  static ProcessBuilder loggingTo(ProcessBuilder builder, Path log) {
    return builder.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    for (String name : List.of(client, server)) {
      try {
        run("ip", "netns", "del", name);
      } catch (IOException e) {
        System.err.println(e.getMessage());
      }
    }
  }
}
