package io.arranque.documents.rancheros;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts about disks, as machines get them, run by real shells. */
@Timeout(60)
class DiskScriptsTest extends MachineFolder {
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void any_message_arrives_as_well_formed_json(String shell) throws Exception {
    run(shell, "report", "failed", "a \"b\" \\ c\nd\te $(id) `id` \u00e0 'q'");

    assertThat(reports)
        .containsExactly(
            "{\"stage\":\"failed\",\"message\":\"a \\\"b\\\" \\\\ c d e $(id) `id`    'q'\"}");
  }

  @Test
  void without_curl_wget_reports() throws Exception {
    path = root.resolve("bin").toString();
    for (String tool : List.of("wget", "tr", "cut", "sed")) {
      fake(tool, "exec /usr/bin/" + tool + " \"$@\"");
    }

    run("dash", "report", "up", "by wget");

    assertThat(reports).containsExactly("{\"stage\":\"up\",\"message\":\"by wget\"}");
  }

  /** Not busybox, whose shell would take its own mount, and really mount. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void a_blank_disk_is_formatted_and_mounted(String shell) throws Exception {
    disk(96);

    run(shell, "data-disk");

    assertThat(calls())
        .containsSubsequence(
            "mkfs -q -F -L ARRANQUE_DATA DISK", "mount -t ext4 -o noatime DISK POINT");
    assertThat(reports).singleElement().asString().contains("\"stage\":\"disk\"", "was blank");
  }

  @Test
  void a_disk_that_holds_anything_is_left_alone_and_why_is_told() throws Exception {
    disk(96);
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("dev/sdx").toFile(), "rw")) {
      file.seek(510);
      file.write(0x55);
    }
    assertSkipped("its first MiB is not empty");

    disk(96);
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("dev/sdx").toFile(), "rw")) {
      file.seek(96L * 1048576 - 1);
      file.write(1);
    }
    assertSkipped("its last MiB is not empty");

    disk(96);
    Files.writeString(root.resolve("signature"), "/dev/sdx: UUID=\"ab\" TYPE=\"ntfs\"\n");
    assertSkipped("it holds data, UUID=\\\"ab\\\" TYPE=\\\"ntfs\\\"");

    Files.delete(root.resolve("signature"));
    Files.writeString(root.resolve("partitions"), "   8        1     524288 sdx1\n");
    assertSkipped("it has partitions");

    Files.writeString(root.resolve("partitions"), "");
    Files.writeString(root.resolve("mounts"), root.resolve("dev/sdx") + " /x ext4 rw 0 0\n");
    assertSkipped("it is mounted already");

    Files.writeString(root.resolve("mounts"), "");
    Files.delete(root.resolve("block/sdx/size"));
    assertSkipped("its size is not known");

    disk(1);
    assertSkipped("smaller than 64 MiB");

    Files.delete(root.resolve("dev/sdx"));
    assertSkipped("there is no such disk");
  }

  @Test
  void a_disk_that_cannot_be_read_is_not_taken_for_a_blank_one() throws Exception {
    disk(96);
    fake("dd", "exit 1");

    assertSkipped("its first MiB is not empty");
  }

  @Test
  void a_data_disk_of_ours_that_does_not_mount_is_never_formatted_anew() throws Exception {
    disk(96);
    Files.writeString(
        root.resolve("signature"), "/dev/sdx: LABEL=\"ARRANQUE_DATA\" TYPE=\"ext4\"\n");

    assertSkipped("it has the label ARRANQUE_DATA, but cannot be mounted");
  }

  @Test
  void what_is_mounted_already_is_left_at_that() throws Exception {
    Files.writeString(
        root.resolve("mounts"), "/dev/sdx " + root.resolve("data") + " ext4 rw 0 0\n");

    run("dash", "data-disk");

    assertThat(calls()).isEmpty();
    assertThat(reports).isEmpty();
  }

  @Test
  void a_state_disk_that_was_not_taken_is_told_with_the_reason() throws Exception {
    Files.writeString(root.resolve("mounts"), "/dev/sdy /var/lib/rancher ext4 rw 0 0\n");
    run("dash", "state-disk");
    assertThat(reports.get(0)).contains("\"disk\"", "the state disk is mounted (ext4");

    Files.writeString(root.resolve("mounts"), "tmpfs /var/lib/rancher tmpfs rw 0 0\n");
    run("dash", "state-disk");
    assertThat(reports.get(1)).contains("disk-skipped", "there is no disk", "in RAM");

    Files.writeString(root.resolve("dev/sdy"), "NTFS");
    run("busybox sh", "state-disk");
    assertThat(reports.get(2)).contains("disk-skipped", "holds data");

    Files.write(root.resolve("dev/sdy"), new byte[4096]);
    Files.writeString(root.resolve("log/autoformat.log"), "x\nno such tool\n");
    run("bash", "state-disk");
    assertThat(reports.get(3)).contains("disk-skipped", "not formatted: no such tool");

    fake("findfs", "true");
    run("bash", "state-disk");
    assertThat(reports.get(4)).contains("the label RANCHER_STATE is there");
  }

  private void assertSkipped(String why) throws Exception {
    reports.clear();
    run("dash", "data-disk");

    assertThat(calls()).noneMatch(call -> call.startsWith("mkfs"));
    assertThat(reports).singleElement().asString().contains("disk-skipped", why, "is in RAM");
  }
}
