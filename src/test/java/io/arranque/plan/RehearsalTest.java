package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.site.Loaded;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    ExampleSite.copyTo(folder);
  }

  @Test
  void the_example_site_has_no_fault() {
    Loaded loaded = vet();

    assertThat(loaded.problems().all()).isEmpty();
    assertThat(loaded.site()).isPresent();
  }

  @Test
  void a_broken_document_is_an_error_of_its_file_and_line_and_takes_the_site_away()
      throws IOException {
    write("cloud-init/lab-pc/user-data", "#cloud-config\n\nhostname: {{ machine.hostnam }}\n");

    assertThat(vet().site()).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("cloud-init/lab-pc/user-data:3: ")
        .contains("hostnam");
  }

  @Test
  void a_broken_file_of_an_overlay_is_found_before_a_machine_asks_for_it() throws IOException {
    Files.createDirectories(folder.resolve("cloud-init/lab-pc/overlay/etc"));
    write("cloud-init/lab-pc/overlay/etc/motd", "{{ nope }}\n");

    assertThat(lines())
        .containsExactly("cloud-init/lab-pc/overlay/etc/motd:1: no value named \"nope\"");
  }

  @Test
  void a_secret_in_a_script_or_in_kernel_arguments_is_refused_whatever_filter_it_went_through()
      throws IOException {
    String role = Files.readString(folder.resolve("cloud-init/lab-pc/role.yaml"));
    write(
        "cloud-init/lab-pc/role.yaml",
        role.replace("{{ extra_arguments }}", "x={{ cluster_token | base64 }}"));
    assertThat(lines().toString())
        .contains("cloud-init/lab-pc/role.yaml", "the secret cluster-token would stand in kernel");
    write("cloud-init/lab-pc/role.yaml", role);
    String script = Files.readString(folder.resolve("ipxe-scripts/nocloud.ipxe"));
    write("ipxe-scripts/nocloud.ipxe", script + "\n# {{ cluster_token }}\n");
    assertThat(lines().toString()).contains("would stand in an iPXE script");
    write("ipxe-scripts/nocloud.ipxe", script + "\n# {{ cluster_url }}\n");
    assertThat(lines().toString()).doesNotContain("would stand");
  }

  @Test
  void a_broken_script_of_a_way_of_booting_is_found() throws IOException {
    write("ipxe-scripts/nocloud.ipxe", "#!ipxe\nkernel {{ imagee.url }}\n");

    assertThat(lines()).containsExactly("ipxe-scripts/nocloud.ipxe:2: no value named \"imagee\"");
  }

  @Test
  void the_scripts_of_the_appliance_are_played_too() throws IOException {
    write("ipxe-scripts/boot.ipxe", "#!ipxe\nchain {{ boot.uri }}\n");
    write("ipxe-scripts/discover.ipxe", "#!ipxe\n{{ a }}\n");
    write("ipxe-scripts/error.ipxe", "#!ipxe\n\n{{ b }}\n");

    assertThat(lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("ipxe-scripts/boot.ipxe:2: "))
        .contains(
            "ipxe-scripts/discover.ipxe:2: no value named \"a\"",
            "ipxe-scripts/error.ipxe:3: no value named \"b\"");
  }

  @Test
  void broken_templates_are_told_together_with_broken_yaml_elsewhere() throws IOException {
    write("dhcp/sala5.yaml", "subnet: 192.168.33.0/24\npool: [192.168.33.9]\nmode: servr\n");
    write("cloud-init/rancher-worker/cloud-config", "#cloud-config\nx: {{ nope }}\n");

    assertThat(lines())
        .hasSize(2)
        .contains("cloud-init/rancher-worker/cloud-config:2: no value named \"nope\"")
        .anySatisfy(line -> assertThat(line).startsWith("dhcp/sala5.yaml:3 mode: unknown word"));
  }

  @Test
  void broken_kernel_arguments_are_blamed_on_the_role() throws IOException {
    write("cloud-init/lab-pc/role.yaml", "boot: nocloud\nimage: lab\narguments: \"{{ nope }}\"\n");

    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("cloud-init/lab-pc/role.yaml:")
                    .endsWith("no value named \"nope\""));
  }

  @Test
  void an_image_that_is_not_there_hides_no_fault() throws IOException {
    Files.delete(folder.resolve("images/lab/vmlinuz"));
    write("ipxe-scripts/nocloud.ipxe", "#!ipxe\n{{ nope }}\n");

    assertThat(lines()).contains("ipxe-scripts/nocloud.ipxe:2: no value named \"nope\"");
  }

  private Loaded vet() {
    return Rehearsal.vet(new Planner(new Templates()), SiteLoader.load(folder));
  }

  private List<String> lines() {
    return vet().problems().all().stream().map(Object::toString).toList();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
