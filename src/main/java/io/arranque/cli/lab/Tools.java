package io.arranque.cli.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Short-lived programs: run, wait, complain with what they said. */
final class Tools {
  /** Program or file, and the Debian package it comes in. */
  private static final List<Map.Entry<String, String>> NEEDED =
      List.of(
          Map.entry("ip", "iproute2"),
          Map.entry("setpriv", "util-linux"),
          Map.entry("radvd", "radvd"),
          Map.entry("qemu-system-x86_64", "qemu-system-x86"),
          Map.entry("/usr/share/seabios/bios-256k.bin", "seabios"),
          Map.entry("/usr/lib/ipxe/qemu/pxe-virtio.rom", "ipxe-qemu"),
          Map.entry("/usr/share/OVMF/OVMF_CODE_4M.fd", "ovmf"));

  private Tools() {}

  /**
   * Says what keeps the room from being made.
   *
   * @throws LabFailure when this is not root or a program is missing
   */
  static void require() {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new LabFailure(
          "the virtual room makes network namespaces, which needs root: sudo ./arranque lab");
    }
    List<String> packages =
        NEEDED.stream().filter(e -> !present(e.getKey())).map(Map.Entry::getValue).toList();
    if (!packages.isEmpty()) {
      throw new LabFailure(
          "the virtual room needs Debian's packages "
              + String.join(" ", packages)
              + "; 'sudo ./arranque lab' installs them");
    }
  }

  private static boolean present(String file) {
    if (file.startsWith("/")) {
      return Files.exists(Path.of(file));
    }
    return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, file)));
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed, errors too
   * @throws LabFailure when it cannot be started or ends with another status than 0
   */
  static String run(List<String> command) {
    return run(command, "");
  }

  static String run(List<String> command, String input) {
    Process process;
    byte[] output;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      output = process.getInputStream().readAllBytes();
      process.waitFor();
    } catch (IOException e) {
      throw new LabFailure(String.join(" ", command) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", e);
    }
    String said = new String(output, StandardCharsets.UTF_8).strip();
    if (process.exitValue() != 0) {
      throw new LabFailure(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  /** For tidying up, where what is gone already is as good. */
  static void attempt(List<String> command) {
    try {
      run(command);
    } catch (LabFailure e) {
      // Nothing is left to be done about it.
    }
  }
}
