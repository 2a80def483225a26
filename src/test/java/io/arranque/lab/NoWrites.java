package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A room's appliance that cannot write to any file, as on a disk that fails: the kernel refuses to
 * let it write behind a file's first octet (RLIMIT_FSIZE), in files whose space was allocated long
 * ago too. Sockets go on.
 */
record NoWrites(List<Long> processes) implements AutoCloseable {

  static NoWrites of(VirtualRoom room) throws IOException {
    String state = room.folder().resolve("state").toString();
    List<Long> processes =
        ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::pid)
            .filter(pid -> isTold(pid, state))
            .toList();
    NoWrites none = new NoWrites(processes);
    assertThat(none.limit("0:")).as("prlimit").isTrue();
    return none;
  }

  private static boolean isTold(long pid, String argument) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return List.of(line.split("\0", -1)).contains(argument);
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  /** Where the hard limit is lower than that it stays: the room ends soon. */
  @Override
  public void close() throws IOException {
    limit("unlimited:");
  }

  /** The soft limit alone, which may be raised again. */
  private boolean limit(String octets) throws IOException {
    boolean done = true;
    for (long pid : processes) {
      try {
        List<String> command = List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + octets);
        done &= new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return done;
  }
}
