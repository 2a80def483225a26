package io.arranque.documents.rancheros;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that register, as machines get them, run by real shells. */
@Timeout(60)
class RegistrationTest extends MachineFolder {
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void registration_waits_for_docker_and_tries_until_it_works(String shell) throws Exception {
    docker(
        "if [ $(grep -c ^run calls) -lt 3 ]; then echo a; echo 'pull of t0.k*n: \"refused\"' >&2; exit 1; fi");

    run(shell, "register", "0", "0");

    assertThat(calls().stream().filter("wait-for-docker"::equals)).hasSize(2);
    assertThat(calls().stream().filter(c -> c.startsWith("run "))).hasSize(3);
    assertThat(calls())
        .anySatisfy(
            call ->
                assertThat(call)
                    .contains("--node-name pc-07", "--address 192.168.33.107", "--label room=a 1's")
                    .endsWith(" --worker"));
    assertThat(reports).hasSize(3);
    assertThat(reports.get(0)).contains("registering", "with https://r.example as pc-07");
    assertThat(reports.get(1))
        .contains("\"failed\"", "pull of ********: \\\"refused\\\"")
        .doesNotContain("t0.k");
    assertThat(reports.get(2)).contains("\"registered\"", "runs for https://r.example");
  }

  @Test
  void a_second_run_starts_nothing_again() throws Exception {
    docker("");
    run("dash", "register", "0", "0");
    run("busybox sh", "register", "0", "0");

    assertThat(calls().stream().filter(c -> c.startsWith("run "))).hasSize(1);
    assertThat(reports).hasSize(4);
    assertThat(reports.get(3)).contains("registered");
  }

  @Test
  void an_agent_that_was_told_other_values_before_is_replaced() throws Exception {
    docker("");
    Files.writeString(root.resolve("container"), "of-last-week\n");

    run("dash", "register", "0", "0");

    assertThat(calls()).contains("rm -f rancher-node");
    assertThat(calls().stream().filter(c -> c.startsWith("run "))).hasSize(1);
  }

  @Test
  void an_agent_that_docker_starts_again_and_again_is_not_registered() throws Exception {
    docker("");
    fake("restarts", "echo x >>count; n=$(wc -l <count); [ \"$n\" -lt 6 ] || n=6; echo \"$n\"");

    run("dash", "register", "0", "0");

    assertThat(reports.get(1)).contains("failed", "the agent ends: last words");
    assertThat(reports.get(reports.size() - 1)).contains("registered");
  }

  @Test
  void rancher_1_6_is_told_the_same_host_each_time_and_its_url_is_kept_out_of_reports()
      throws Exception {
    String secret = "http://r.example:8080/v1/scripts/AB12:14831:cd34";
    write(
        GeneratedScripts.of(
            url(),
            Map.of(
                "register.kind", "rancher16", "register.url", secret, "register.labels", "a=b")));
    docker(
        "if [ $(grep -c ^run calls) -lt 2 ]; then echo \"ERROR: " + secret + " no\"; exit 1; fi");

    run("dash", "register", "0", "0");

    List<String> runs = calls().stream().filter(c -> c.startsWith("run ")).toList();
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0))
        .isEqualTo(runs.get(1))
        .contains("CATTLE_AGENT_IP=192.168.33.107", "CATTLE_HOST_LABELS=a=b", "DOCKER_UUID=")
        .endsWith("rancher/agent:v1.2.11 " + secret);
    assertThat(reports.toString()).doesNotContain("cd34").contains("/scripts/********");
    assertThat(reports.get(reports.size() - 1)).contains("registered");
  }

  @Test
  void rc_local_does_not_block_and_does_all_in_order() throws Exception {
    docker("");
    fake("sleep", "exit 0");
    Files.writeString(root.resolve("local"), "#!/bin/sh\necho local >>" + root + "/calls\n");
    root.resolve("local").toFile().setExecutable(true);

    run("dash", "rc.local");

    // It goes on in the background.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (reports.size() < 4 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(reports.get(0)).contains("disk-skipped");
    assertThat(reports.get(1)).contains("\"up\"", "pc-07 is up");
    assertThat(reports.get(2)).contains("registering");
    assertThat(reports.get(3)).contains("registered");
    assertThat(calls()).contains("local");
  }

  @Test
  void shellcheck_has_nothing_to_say() throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck", "--shell=sh", "--format=gcc"));
    for (Map<String, String> wishes :
        List.of(
            RANCHER2,
            Map.of("data-disk.device", "LABEL=X"),
            Map.of("register.kind", "rancher16", "register.url", "http://r/v1/scripts/a"),
            Map.of(
                "register.kind", "k3s", "register.server", "https://k", "register.token", "t"))) {
      Path folder = Files.createTempDirectory(root, "check");
      for (Map.Entry<String, String> script : GeneratedScripts.of(url(), wishes).entrySet()) {
        Path file = folder.resolve(script.getKey().replace('/', '_'));
        Files.writeString(file, script.getValue());
        command.add(file.toString());
      }
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String findings = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(findings).isEmpty();
    assertThat(command).hasSizeGreaterThan(12);
  }
}
