package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.BootPlan.Way;
import io.arranque.plan.DocumentCheck.Found;
import io.arranque.plan.DocumentCheck.Judged;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentCheckTest {
  private static final Mac MAC = Mac.of("52:54:00:00:00:77");
  @TempDir private Path folder;
  private final Planner planner = new Planner(new Templates());

  @BeforeEach
  void copy() throws IOException {
    ExampleSite.copyTo(folder);
  }

  @Test
  void a_document_that_passes_with_samples_fails_with_the_machines_own_value() throws IOException {
    document("#cloud-config\n\nhostname: {{ machine.hostname }}\n");
    BootPlan plan = plan("101", Map.of());

    BootPlan judged = planner.judged(plan);

    assertThat(plan.way()).isEqualTo(Way.BOOT);
    assertThat(judged.way()).isEqualTo(Way.FAIL);
    assertThat(judged.reason()).isEqualTo(Reason.DOCUMENT_INVALID);
    assertThat(planner.script(judged).ifText().orElseThrow())
        .contains("cloud-init/lab-pc/user-data:3 hostname: wanted text");
    assertThat(planner.judged(plan("pc-101", Map.of())).way()).isEqualTo(Way.BOOT);
  }

  @Test
  void a_finding_names_the_line_of_the_template() throws IOException {
    document(
        """
        #cloud-config
        {% if true %}
        # {{ extra_arguments }}
        {% endif %}
        runcmd: {{ machine.hostname }}
        """);

    assertThat(findings(plan("pc", Map.of("extra-arguments", "a\n# b\n# c"))))
        .extracting(Found::line, Found::templateLine)
        .containsExactly(tuple(7, 5));
  }

  @Test
  void a_secret_that_breaks_a_document_is_not_told() throws IOException {
    document("#cloud-config\nruncmd: {{ cluster_token }}\nmounts: no\n");

    List<Found> findings = findings(plan("pc", Map.of("cluster-token", "hunter2 is it")));

    assertThat(findings).extracting(Found::line).containsExactly(2, 3);
    assertThat(findings.toString()).doesNotContain("hunter2").contains("a secret");
    BootPlan judged = planner.judged(plan("pc", Map.of("cluster-token", "hunter2 is it")));
    assertThat(judged.troubles().toString()).doesNotContain("hunter2");
  }

  @Test
  void the_rehearsal_tells_file_and_line() throws IOException {
    document(
        "#cloud-config\nhostname: {{ machine.hostname | yaml }}\nwrite_files: none\nhostnme: x\n");

    assertThat(Rehearsal.vet(planner, SiteLoader.load(folder)).problems().all())
        .extracting(Object::toString)
        .containsExactly(
            "cloud-init/lab-pc/user-data:3: write_files: wanted a list, got a text (none)",
            "cloud-init/lab-pc/user-data:4: warning: hostnme: cloud-init 22.4 knows no such key and"
                + " ignores it, did you mean \"hostname\"?");
  }

  private List<Found> findings(BootPlan plan) {
    return planner.documentCheck().of(plan).stream()
        .filter(judged -> judged.name().equals("user-data"))
        .map(Judged::findings)
        .findFirst()
        .orElseThrow();
  }

  private void document(String text) throws IOException {
    Files.writeString(folder.resolve("cloud-init/lab-pc/user-data"), text);
  }

  private BootPlan plan(String hostname, Map<String, String> vars) {
    Site site = SiteLoader.load(folder).site().orElseThrow();
    Machine machine =
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.of(hostname),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("lab-pc"),
                    vars));
    return planner.plan(
        WhatIf.AS_IT_IS.about(
            MAC, site, FixedInventory.of(machine), segment -> Ipv4.of("192.0.2.1")));
  }
}
