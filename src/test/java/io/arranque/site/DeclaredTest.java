package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredTest {
  private static final String SEGMENT = "subnet: 10.7.0.0/24\npool: [10.7.0.10-10.7.0.20]\n";

  @TempDir private Path folder;
  private SiteOnDisk site;

  @BeforeEach
  void copy() {
    site = SiteOnDisk.copyOf("minimal", folder);
    site.write(
        "cloud-init/disks/role.yaml",
        "boot: discover\nvars:\n  disk: { type: device }\n  size: { type: integer }\n");
    site.write("cloud-init/words/role.yaml", "boot: discover\nvars:\n  size: { type: string }\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arranque.yaml                | vars: | arranque.yaml:2 vars.disk: not what role disks declares, wanted a device path",
        "dhcp/wire.yaml                | vars: | dhcp/wire.yaml:4 vars.disk: not what role disks declares",
        "cloud-init/disks/role.yaml   | values: | cloud-init/disks/role.yaml:6 values.disk: not what role disks declares",
        "cloud-init/words/role.yaml   | values: | cloud-init/words/role.yaml:5 values.disk: not what role disks declares",
      })
  void a_value_of_the_wrong_type_is_found_in_its_line_whatever_file_it_is_in(
      String file, String key, String expected) {
    add(file, key + "\n  disk: s3cret\n");
    assertThat(site.problems())
        .anyMatch(p -> p.startsWith(expected))
        .noneMatch(p -> p.contains("s3cret"));
    assertThat(site.load().problems().hasErrors()).isTrue();
  }

  @Test
  void what_one_of_two_roles_takes_is_a_warning() {
    add("arranque.yaml", "vars:\n  size: large\n");
    assertThat(site.load().problems().hasErrors()).isFalse();
    assertThat(site.problems())
        .anyMatch(p -> p.contains("vars.size: warning: not what role disks declares"));
  }

  @Test
  void a_roles_own_declaration_is_what_its_values_must_meet() {
    add("cloud-init/words/role.yaml", "values:\n  size: large\n");
    assertThat(site.load().problems().hasErrors()).isFalse();
    add("cloud-init/disks/role.yaml", "values:\n  size: large\n");
    assertThat(site.problems())
        .anyMatch(
            p -> p.startsWith("cloud-init/disks/role.yaml:6 values.size: not what role disks"));
  }

  private void add(String file, String text) {
    String before =
        switch (file) {
          case "arranque.yaml" -> "";
          case "dhcp/wire.yaml" -> SEGMENT;
          case "cloud-init/words/role.yaml" -> "boot: discover\nvars:\n  size: { type: string }\n";
          default -> "boot: discover\nvars:\n  disk: { type: device }\n  size: { type: integer }\n";
        };
    site.write(file, before + text);
  }
}
