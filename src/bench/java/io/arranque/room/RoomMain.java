package io.arranque.room;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Switches a room on, first before the appliance, then before nginx and dnsmasq, several times in
 * turn, and says how long it took until the last PC was up.
 *
 * <p>{@code --pcs 40 --runs 3 --megabytes 80 --at-once N --only appliance|peers --keep}
 */
final class RoomMain {
  static final int WARM_UP = 8;
  static final int MAX_RUNS = 40;
  private static final long MB = 1_000_000;

  private final Room room;
  private final Path checkout;
  private final Namespaces net;

  private RoomMain(Room room, Path checkout, Namespaces net) {
    this.room = room;
    this.checkout = checkout;
    this.net = net;
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      boolean hasValue = i + 1 < args.length && !args[i + 1].startsWith("--");
      options.put(args[i], hasValue ? args[++i] : "");
    }
    long megabytes = Long.parseLong(options.getOrDefault("--megabytes", "80"));
    int runs = Integer.parseInt(options.getOrDefault("--runs", "3"));
    if (runs < 1 || runs > MAX_RUNS) {
      throw new IllegalArgumentException("--runs: 1 to " + MAX_RUNS);
    }
    Path folder = Files.createTempDirectory("arranque-room");
    Room room =
        new Room(
            Integer.parseInt(options.getOrDefault("--pcs", "40")),
            megabytes * MB / 10,
            megabytes * MB * 9 / 10,
            MB,
            Integer.parseInt(options.getOrDefault("--at-once", "0")),
            folder);
    Path checkout = Path.of(System.getProperty("arranque.home", "")).toAbsolutePath();
    try (Namespaces net = new Namespaces()) {
      Servers.files(room);
      new RoomMain(room, checkout, net)
          .run(runs, options.getOrDefault("--only", ""));
    } finally {
      if (options.containsKey("--keep")) {
        System.out.println("logs: " + folder);
      } else {
        delete(folder);
      }
    }
  }

  private void run(int runs, String only) throws Exception {
    System.out.printf(
        "%d PCs, %d MB each, %d CPUs%s%n",
        room.pcs(),
        (room.kernel() + room.initrd()) / MB,
        Runtime.getRuntime().availableProcessors(),
        room.atOnce() == 0 ? "" : ", at once " + room.atOnce());
    List<Double> ratios = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      double ours = only.equals("peers") ? 0 : measured("Arranque", run, true);
      double theirs = only.equals("appliance") ? 0 : measured("nginx + dnsmasq", run, false);
      if (ours > 0 && theirs > 0) {
        ratios.add(ours / theirs);
      }
    }
    if (!ratios.isEmpty()) {
      ratios.sort(null);
      System.out.printf(
          "Arranque takes %.2f times as long as nginx + dnsmasq (median of %d)%n",
          ratios.get(ratios.size() / 2), ratios.size());
    }
  }

  /** Seconds until the last PC is up. */
  private double measured(String name, int run, boolean ours) throws Exception {
    int port = ours ? Room.APPLIANCE_PORT : Room.NGINX_PORT;
    try (Servers unused = ours ? Servers.appliance(room, checkout, net) : Servers.peers(room, net)) {
      Map<String, String> result = powerOn(run, room.pcs(), port);
      double seconds = Long.parseLong(result.getOrDefault("last-ms", "0")) / 1000.0;
      double megabytes = Long.parseLong(result.getOrDefault("bytes", "0")) / (double) MB;
      System.out.printf(
          "%-16s run %d: last up after %6.2f s, %5.0f MB/s, failed %s; median/last ms:",
          name, run, seconds, megabytes / seconds, result.get("failed"));
      for (String stage : SimulatedPc.STAGES) {
        System.out.print("  " + stage + " " + result.getOrDefault(stage, "-").replace(' ', '/'));
      }
      System.out.println();
      return result.getOrDefault("failed", "").equals("0") ? seconds : 0;
    }
  }

  /** The client's words, by their first. */
  private Map<String, String> powerOn(int run, int pcs, int port) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.net.preferIPv4Stack=true",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.arranque.room.PowerOn",
            Integer.toString(run),
            Integer.toString(pcs),
            Integer.toString(port));
    Process process =
        net.inClient(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, String> words = new HashMap<>();
    new String(process.getInputStream().readAllBytes())
        .lines()
        .forEach(
            line -> {
              int blank = line.indexOf(' ');
              words.put(line.substring(0, blank), line.substring(blank + 1));
            });
    int unused = process.waitFor();
    return words;
  }

  /** Until something listens, or a minute is over; the PCs' DHCP waits for the rest. */
  static void awaitServer(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(Room.SERVER, port), 1_000);
        return;
      } catch (IOException e) {
        Thread.sleep(200);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
