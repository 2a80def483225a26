package io.arranque.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final String GOOD =
      """
      LAB: config begin user-data
      #cloud-config
      hostname: "lab-01"
      LAB: config end user-data
      LAB: mounted /dev/vda on /mnt/data ext4
      LAB: docker up, data-root /mnt/data/docker on /dev/vda
      LAB: container cluster-node running
      LAB: ready after 9.16 s
      """;

  @Test
  void aGoodBootLacksNothing() {
    assertThat(Findings.of(GOOD).missing("lab-01")).isEmpty();
  }

  @Test
  void anotherPcsConfigIsNoticed() {
    assertThat(Findings.of(GOOD).missing("lab-02")).containsExactly("its config was for lab-01");
  }

  @Test
  void whatTheSystemCallsAFailureIsOne() {
    assertThat(Findings.of(GOOD + "LAB: failed runcmd 1: status 7\n").missing("lab-01"))
        .containsExactly("failed runcmd 1: status 7");
  }

  @Test
  void aMountByLabelThatACommandMadeGoodIsNoFailure() {
    String first = "LAB: failed mount on /mnt/data: no LABEL=ARRANQUE_DATA\n";
    assertThat(Findings.of(first + GOOD).failures()).isEmpty();
    assertThat(Findings.of(first).failures()).as("it may still come").isEmpty();
    assertThat(Findings.of(first + "LAB: ready after 9 s\n").failures()).hasSize(1);
  }

  @Test
  void dockerInMemoryIsNotDockerOnTheDisk() {
    String memory = GOOD.replace("/mnt/data/docker on /dev/vda", "/var/lib/docker on memory");
    assertThat(Findings.of(memory).missing("lab-01")).containsExactly("docker was not on a disk");
  }

  @Test
  void anEmptyConsoleLacksEverything() {
    assertThat(Findings.of("").missing("lab-01")).hasSize(4);
  }

  @Test
  void aRealDebianSpeaksInTheWordsOfItsRole() {
    String console =
        """
        Debian GNU/Linux 12 lab-01 ttyS0
        lab-01 login: [   88.1] cloud-init[554]: Cloud-init v. 22.4.2 running
        Arranque: up: lab-01 is up
        Arranque: disk: formatted /dev/vda, ext4
        """;
    assertThat(Findings.ofDebian(console).missing("lab-01")).containsExactly("no container ran");
    assertThat(
            Findings.ofDebian(console + "Arranque: registered: container agent of x runs: y\n")
                .missing("lab-01"))
        .isEmpty();
    assertThat(Findings.ofDebian(console + "Arranque: failed: podman load\n").failures())
        .containsExactly("podman load");
  }
}
