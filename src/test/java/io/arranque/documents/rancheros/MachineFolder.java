package io.arranque.documents.rancheros;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder that stands for a machine: its scripts with their paths turned into ones below it, and
 * stand-ins for what only such a machine has (docker, disks, mkfs). What they report goes over real
 * HTTP.
 */
class MachineFolder {
  static final Map<String, String> RANCHER2 =
      Map.of(
          "register.kind", "rancher2",
          "register.server", "https://r.example",
          "register.token", "t0.k*n",
          "register.labels", "room=a 1's",
          "data-disk.device", "/dev/sdx",
          "state-disk", "/dev/sdy");

  @TempDir Path root;
  final List<String> reports = Collections.synchronizedList(new ArrayList<>());
  String path = "";
  private HttpServer appliance;
  private Map<String, String> scripts;

  @BeforeEach
  final void start() throws IOException {
    path = root.resolve("bin") + ":" + System.getenv("PATH");
    appliance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    appliance.createContext(
        "/phone-home",
        exchange -> {
          reports.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    appliance.start();
    for (String folder : List.of("bin", "dev", "block/sdx", "log")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.writeString(root.resolve("mounts"), "");
    Files.writeString(root.resolve("partitions"), "");
    Files.writeString(root.resolve("calls"), "");
    fake("wait-for-docker", "echo wait-for-docker >>calls; [ -e up ] || { touch up; exit 1; }");
    fake("mount", "echo mount \"$@\" >>calls; [ -e mountable ]");
    fake("mkfs.ext4", "echo mkfs \"$@\" >>calls; touch mountable");
    fake("blkid", "cat signature 2>/dev/null");
    fake("findfs", "false");
    write(GeneratedScripts.of(url(), RANCHER2));
  }

  @AfterEach
  final void stop() {
    appliance.stop(0);
  }

  /** {@code docker} that remembers one container; {@code onRun} may fail. */
  final void docker(String onRun) throws IOException {
    fake("restarts", "echo 0");
    fake(
        "docker",
        """
        echo "$@" >>calls
        case $1 in
          run)
            %s
            for word; do case $word in arranque.config=*) echo "${word#*=}" >container ;; esac; done
            touch container
            ;;
          rm) rm -f container ;;
          logs) echo first; echo last words ;;
          start) ;;
          inspect)
            [ -e container ] || exit 1
            case $3 in
              *Labels*) cat container ;;
              *RestartCount*) echo "true $(restarts)" ;;
              *) echo true ;;
            esac
            ;;
        esac
        """
            .formatted(onRun));
  }

  final void disk(int mib) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("dev/sdx").toFile(), "rw")) {
      file.setLength(0);
      file.setLength(mib * 1048576L);
    }
    Files.writeString(root.resolve("block/sdx/size"), mib * 2048 + "\n");
  }

  final List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("calls")).stream()
        .map(call -> call.replace(root.resolve("dev/sdx").toString(), "DISK"))
        .map(call -> call.replace(root.resolve("data").toString(), "POINT"))
        .toList();
  }

  final void fake(String name, String body) throws IOException {
    Path file = root.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/sh\ncd '" + root + "'\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  final String url() {
    return "http://127.0.0.1:" + appliance.getAddress().getPort();
  }

  /** The scripts with the paths of a machine turned into ones below our folder. */
  final void write(Map<String, String> made) throws IOException {
    scripts = new HashMap<>();
    for (Map.Entry<String, String> script : made.entrySet()) {
      String name = script.getKey().substring(script.getKey().lastIndexOf('/') + 1);
      Path file = root.resolve(name);
      String text =
          script
              .getValue()
              .replace("/etc/arranque/", root + "/")
              .replace("/proc/", root + "/")
              .replace("/sys/class/block", root + "/block")
              .replace("/var/log/boot/", root + "/log/")
              .replace("/var/log/", root + "/log/")
              .replace("/mnt/data", root + "/data")
              .replace("/dev/sd", root + "/dev/sd")
              // Nobody but root makes a block device.
              .replace("[ ! -b ", "[ ! -f ");
      Files.writeString(file, text);
      assertThat(file.toFile().setExecutable(true)).isTrue();
      scripts.put(name, file.toString());
    }
  }

  final void run(String shell, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    command.set(0, "/bin/" + command.get(0));
    command.add(scripts.get(script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", path);
    builder.redirectOutput(root.resolve("output").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(root.resolve("output"))).isZero();
  }
}
