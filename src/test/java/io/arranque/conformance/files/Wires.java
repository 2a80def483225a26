package io.arranque.conformance.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two network namespaces and the cable between them; nothing leads out of them. */
public final class Wires implements AutoCloseable {
  /** The server's. */
  public static final String SERVER = "10.9.0.1";

  /** The server's too, on the same card. */
  public static final String SECOND = "10.9.0.2";

  /** The server's, at the end of a {@link BadCable}. */
  public static final String BEHIND_BAD_CABLE = "10.10.0.1";

  /** The clients', at its other end. */
  public static final String BAD_CLIENT = "10.10.0.2";

  static final String SERVER_CARD = "conf0";

  /** Clients have the addresses 10.9.1.1 to 10.9.1.200, so that no limit per client is met. */
  public static final int CLIENTS = 200;

  private static final String NAMES = "arrq-file-";
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final String name =
      NAMES + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
  private final List<Process> children = new ArrayList<>();

  private Wires() {}

  /** Makes them; what a killed run has left is removed first. */
  public static Wires open() throws IOException, InterruptedException {
    removeLeftovers();
    Wires wires = new Wires();
    try {
      wires.lay();
    } catch (IOException | IllegalStateException e) {
      wires.close();
      throw e;
    }
    return wires;
  }

  public static String client(int number) {
    return "10.9.1." + (1 + number % CLIENTS);
  }

  private void lay() throws IOException, InterruptedException {
    for (String namespace : List.of(server(), clients())) {
      run("ip", "netns", "add", namespace);
      run("ip", "-n", namespace, "link", "set", "lo", "up");
    }
    StringBuilder batch = new StringBuilder();
    batch.append("link add card0 type veth peer name " + SERVER_CARD + " netns ");
    batch.append(server()).append("\nlink set card0 up\n");
    for (int i = 0; i < CLIENTS; i++) {
      batch.append("addr add ").append(client(i)).append("/16 brd + dev card0\n");
    }
    feed(batch.toString(), "ip", "-n", clients(), "-batch", "-");
    for (String address : List.of(SERVER, SECOND)) {
      run("ip", "-n", server(), "addr", "add", address + "/16", "brd", "+", "dev", SERVER_CARD);
    }
    run("ip", "-n", server(), "link", "set", SERVER_CARD, "up");
  }

  /**
   * Lays a bad cable besides.
   *
   * @param folder for the sockets of its ends
   */
  BadCable layBadCable(Path folder) throws IOException, InterruptedException {
    Path server = end(server(), BEHIND_BAD_CABLE, folder.resolve("bad-server"));
    Path clients = end(clients(), BAD_CLIENT, folder.resolve("bad-clients"));
    BadCable cable = BadCable.between(server, clients);
    for (String namespace : List.of(server(), clients())) {
      run("ip", "-n", namespace, "link", "set", BadCable.CARD, "up");
    }
    return cable;
  }

  private Path end(String namespace, String address, Path socket)
      throws IOException, InterruptedException {
    run("ip", "-n", namespace, "tuntap", "add", "dev", BadCable.CARD, "mode", "tap");
    run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", BadCable.CARD);
    Path log = socket.resolveSibling(socket.getFileName() + ".log");
    children.add(within(namespace, BadCable.end(socket)).redirectOutput(log.toFile()).start());
    return socket;
  }

  private String server() {
    return name + "-server";
  }

  private String clients() {
    return name + "-clients";
  }

  /** Runs in the server's namespace until this is closed. */
  public Process startServer(Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = within(server(), command);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(log.toFile()).start();
    children.add(process);
    return process;
  }

  /**
   * Runs in the clients' namespace, until it ends or this is closed.
   *
   * @param log what it prints, errors too
   */
  public Process startClient(Path log, Path folder, List<String> command) throws IOException {
    Process process =
        within(clients(), command).directory(folder.toFile()).redirectOutput(log.toFile()).start();
    children.add(process);
    return process;
  }

  /** So that it ends with us, however that happens. */
  private static ProcessBuilder within(String namespace, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
    all.addAll(command);
    return new ProcessBuilder(all).redirectErrorStream(true);
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

  private static String run(String... command) throws IOException, InterruptedException {
    return feed("", command);
  }

  private static String feed(String input, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
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
      for (String namespace : List.of(server(), clients())) {
        run("sh", "-c", "ip netns del " + namespace + " 2>/dev/null || true");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
