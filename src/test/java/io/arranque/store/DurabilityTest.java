package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives the process. That it also survives the power is not for a unit
 * test: docs/durability.md has the system calls.
 */
class DurabilityTest {
  @TempDir Path folder;

  @Test
  void every_acknowledged_commit_is_there_after_kill_9() throws Exception {
    Path state = folder.resolve("state");
    int acknowledged = -1;
    for (int round = 0; round < 3; round++) {
      try (ChildJvm child =
          ChildJvm.start(List.of(), Committing.class, state.toString(), "" + (acknowledged + 1))) {
        // Each round is killed at another moment of H2's background writing.
        for (int i = 0; i < 40 + 97 * round; i++) {
          acknowledged = number(child.await("ACK"));
        }
        acknowledged =
            child
                .kill()
                .filter(line -> line.matches("ACK \\d+\\."))
                .mapToInt(DurabilityTest::number)
                .reduce(acknowledged, (first, last) -> last);
      }
      try (Database database = Database.open(state, Optional.empty());
          LeaseStore leases = LeaseStore.open(database, state)) {
        assertThat(leases.load().leases())
            .extracting(lease -> lease.address())
            .contains(
                Samples.bound(0, acknowledged + 1).stream()
                    .map(change -> ((LeaseChange.Bound) change).lease().address())
                    .toArray(Ipv4[]::new));
      }
    }
  }

  private static int number(String acknowledgement) {
    return Integer.parseInt(acknowledgement.replaceAll("\\D", ""));
  }

  /** Commits one lease after the other and says so. */
  static final class Committing {
    private Committing() {}

    public static void main(String[] arguments) throws StoreFailure {
      Database database = Database.open(Path.of(arguments[0]), Optional.empty());
      LeaseStore leases = LeaseStore.open(database, Path.of(arguments[0]));
      for (int i = Integer.parseInt(arguments[1]); ; i++) {
        leases.commit(Samples.bound(i, 1));
        // The full stop tells a whole line from one cut off by the kill.
        System.out.println("ACK " + i + ".");
      }
    }
  }

  @Test
  void a_full_disk_fails_commits_and_space_makes_them_work_again() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    // A mount namespace of its own: the small disk vanishes with the child.
    List<String> onSmallDisk =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=14m tmpfs " + disk + " && exec \"$0\" \"$@\"");
    Assumptions.assumeTrue(canMount(disk), "needs the right to mount");
    try (ChildJvm child = ChildJvm.start(onSmallDisk, FillingDisk.class, disk.toString())) {
      assertThat(child.await("FAILED"))
          .contains(disk.toString())
          .contains("the disk is full; free some space");
      assertThat(child.await("STILL")).contains("disk is full");
      assertThat(child.await("PROBLEM")).contains("the disk is full");
      assertThat(child.await("RECOVERED")).isEqualTo("RECOVERED");
      assertThat(child.await("CALM")).isEqualTo("CALM again");
      String lost = child.await("LOST");
      assertThat(lost).isEqualTo("LOST []");
    }
  }

  private static boolean canMount(Path disk) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(
                  "unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", disk.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fills a small disk, commits until it fails, frees the disk and goes on. */
  static final class FillingDisk {
    private FillingDisk() {}

    public static void main(String[] arguments) throws Exception {
      Path disk = Path.of(arguments[0]);
      Path filler = disk.resolve("filler");
      Files.write(filler, new byte[7_000_000]);
      Database database = Database.open(disk.resolve("state"), Optional.empty());
      // Files of the usual size would hold more than H2 takes in a minute.
      LeaseJournal.Limits limits = new LeaseJournal.Limits(256 << 10, 64 << 20);
      LeaseStore leases =
          LeaseStore.open(database, disk.resolve("state"), FileChannel::open, limits);
      int committed = commitUntilFailure(leases);
      try {
        leases.commit(Samples.bound(100_000, 64));
        System.out.println("STILL it was accepted");
      } catch (StoreFailure e) {
        System.out.println("STILL " + e.getMessage());
      }
      System.out.println("PROBLEM " + leases.problem().orElse("none"));
      Files.delete(filler);
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!commits(leases) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      while ((database.problem().isPresent() || leases.problem().isPresent())
          && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      System.out.println("CALM " + database.problem().or(leases::problem).orElse("again"));
      leases.close();
      database.close();
      try (Database again = Database.open(disk.resolve("state"), Optional.empty());
          LeaseStore reopened = LeaseStore.open(again, disk.resolve("state"))) {
        var found =
            reopened.load().leases().stream()
                .map(lease -> lease.address())
                .collect(Collectors.toSet());
        System.out.println(
            "LOST "
                + Samples.bound(0, committed).stream()
                    .map(change -> ((LeaseChange.Bound) change).lease().address())
                    .filter(address -> !found.contains(address))
                    .toList());
      }
    }

    private static int commitUntilFailure(LeaseStore leases) {
      for (int committed = 0; ; committed += 64) {
        try {
          leases.commit(Samples.bound(committed, 64));
        } catch (StoreFailure e) {
          System.out.println("FAILED " + e.getMessage());
          return committed;
        }
      }
    }

    private static boolean commits(LeaseStore leases) {
      try {
        leases.commit(Samples.bound(200_000, 64));
        System.out.println("RECOVERED");
        return true;
      } catch (StoreFailure e) {
        return false;
      }
    }
  }
}
