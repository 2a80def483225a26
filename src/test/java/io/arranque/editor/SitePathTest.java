package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitePathTest {
  @ParameterizedTest
  @CsvSource({
    "arranque.yaml, SETTINGS, ",
    "dhcp/sala5.yaml, SEGMENT, ",
    "dhcp/quirks.yaml, SEGMENT, ",
    "dhcp/README.md, SEGMENT, ",
    "ipxe-scripts/boot.ipxe, SCRIPT, ",
    "ipxe-scripts/README.md, NOTE, ",
    "cloud-init/README.md, NOTE, ",
    "cloud-init/shared/report, SHARED, ",
    "cloud-init/lab-pc/role.yaml, ROLE, lab-pc",
    "cloud-init/lab-pc/user-data, DOCUMENT, lab-pc",
    "cloud-init/lab-pc/README.md, NOTE, lab-pc",
    "cloud-init/alpine/overlay/etc/hostname, OVERLAY, alpine",
    "cloud-init/alpine/overlay/etc/getty@tty1.service, OVERLAY, alpine",
  })
  void what_people_edit(String path, SitePath.Kind kind, String role) {
    SitePath parsed = SitePath.parse(path).orElseThrow();
    assertThat(parsed.kind()).isEqualTo(kind);
    assertThat(parsed.role().orElse(null)).isEqualTo(role);
    assertThat(parsed.text()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "..",
        "/etc/passwd",
        "arranque.yaml/",
        "./arranque.yaml",
        "other.yaml",
        "README.md",
        ".git/config",
        "state/admin-token",
        "state/secrets.key",
        "tftp/ipxe.efi",
        "images/rancheros/vmlinuz",
        "web/templates/base.html",
        "dhcp/../arranque.yaml",
        "dhcp/sala5.yml",
        "dhcp/a/b.yaml",
        "dhcp/.hidden.yaml",
        "dhcp\\sala5.yaml",
        "ipxe-scripts/run.sh",
        "ipxe-scripts/../state/admin-token",
        "cloud-init",
        "cloud-init/lab-pc",
        "cloud-init/lab-pc/",
        "cloud-init//role.yaml",
        "cloud-init/../state/admin-token",
        "cloud-init/lab-pc/../../state/admin-token",
        "cloud-init/lab-pc/sub/file",
        "cloud-init/lab-pc/.ssh",
        "cloud-init/lab-pc/user-data~",
        "cloud-init/.git/config",
        "cloud-init/lab-pc/overlay",
        "cloud-init/lab-pc/overlay/",
        "cloud-init/lab-pc/overlay/../role.yaml",
        "cloud-init/lab-pc/overlay/.hidden",
        "cloud-init/lab-pc/overlay//etc",
        "cloud-init/shared/overlay/etc/motd",
        "cloud-init/lab-pc/user\u0000data",
        "cloud-init/lab-pc/user\ndata",
        "cloud-init/lab-pc/ü",
        "cloud-init/lab pc/user-data",
        "cloud-init/$(id)/user-data",
        "-rf/role.yaml",
        "cloud-init/-rf/role.yaml",
        "http://example/arranque.yaml",
      })
  void everything_else_is_no_file_of_the_site(String path) {
    assertThat(SitePath.parse(path)).as(path).isEmpty();
  }

  @Test
  void a_path_longer_than_any_real_one_is_refused() {
    assertThat(SitePath.parse("cloud-init/a/overlay/" + "x/".repeat(200) + "y")).isEmpty();
  }

  @Test
  void what_concerns_the_network_is_for_administrators() {
    for (SitePath.Kind kind : SitePath.Kind.values()) {
      assertThat(kind.isForAdministrators())
          .as(kind.name())
          .isEqualTo(kind == SitePath.Kind.SETTINGS || kind == SitePath.Kind.SEGMENT);
    }
  }
}
