package io.arranque.cli.lab;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The appliance, as users start it: a process of its own, in the box's namespace. */
public final class ApplianceProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Children children;
  private final RoomNetwork network;
  private final Path root;
  private final Path folder;
  private final ApplianceClient client;
  private @Nullable Process process;

  ApplianceProcess(Children children, RoomNetwork network, Path root, Path folder) {
    this.children = children;
    this.network = network;
    this.root = root;
    this.folder = folder;
    this.client = new ApplianceClient(network.controlPlane(), folder.resolve("state/admin-token"));
  }

  public ApplianceClient client() {
    return client;
  }

  Path log() {
    return folder.resolve("appliance.log");
  }

  Path token() {
    return folder.resolve("state/admin-token");
  }

  /**
   * Starts it and waits until it says that it is ready.
   *
   * @throws LabFailure with the end of its log when it does not
   */
  public void start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Darranque.home=" + root);
    command.addAll(program());
    command.addAll(List.of("serve", "--site", folder.resolve("site").toString()));
    command.addAll(List.of("--state", folder.resolve("state").toString()));
    start(command);
  }

  /** Starts it by another command line; for tests that start it with parts of their own. */
  public void start(List<String> command) {
    Process started = network.startInBox(children, log(), command);
    process = started;
    boolean ready =
        Waiting.until(START_LIMIT, () -> !started.isAlive() || client.isReady())
            && started.isAlive();
    if (!ready) {
      String how = started.isAlive() ? "is not ready" : "ended with " + started.exitValue();
      Children.kill(started);
      throw new LabFailure(
          "the appliance %s; the end of %s:\n%s"
              .formatted(how, log(), String.join("\n", tail(15))));
    }
  }

  /** Ends it as a power cut would; {@link #start} brings it back. */
  public void kill() {
    if (process != null) {
      Children.kill(process);
    }
  }

  /** The one-time login link, as the appliance printed it, with the host that can be reached. */
  Optional<String> loginLink() {
    return tail(Integer.MAX_VALUE).stream()
        .flatMap(line -> List.of(line.split("\\s+", -1)).stream())
        .filter(word -> word.startsWith("http://") && word.contains("/login"))
        .map(link -> network.controlPlane() + link.replaceFirst("^http://[^/]*", ""))
        .findFirst();
  }

  List<String> tail(int count) {
    try {
      List<String> lines = Files.readAllLines(log());
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  /** The jar that runs now, or the one that a test names; the class path when there is no jar. */
  private static List<String> program() {
    String jar = System.getProperty("arranque.jar");
    if (jar != null) {
      if (!Files.exists(Path.of(jar))) {
        throw new LabFailure(jar + " is missing: mvn package makes it");
      }
      return List.of("-jar", jar);
    }
    try {
      Path source =
          Path.of(
              ApplianceProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(source)) {
        return List.of("-jar", source.toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own place is no URI", e);
    }
    return List.of("-cp", System.getProperty("java.class.path"), "io.arranque.cli.Main");
  }
}
