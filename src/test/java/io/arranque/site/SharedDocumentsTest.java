package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDocumentsTest {
  @TempDir private Path folder;
  private SiteOnDisk site;

  @BeforeEach
  void copy() {
    site =
        SiteOnDisk.copyOf("minimal", folder)
            .write("cloud-init/shared/report", "#!/bin/sh\n")
            .write("cloud-init/shared/data-disk", "#!/bin/sh\n");
  }

  @Test
  void aRoleServesWhatItNamesAndNothingElseOfTheFolder() {
    site.write("cloud-init/kiosk/role.yaml", "boot: boot\ndocuments: [report]\n")
        .write("cloud-init/kiosk/user-data", "#cloud-config\n");
    SortedMap<String, Role> roles = site.load().site().orElseThrow().roles();
    assertThat(roles).doesNotContainKey("shared");
    assertThat(roles.get("kiosk"))
        .extracting(Role::documents)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "report",
                    new Script("report", "cloud-init/shared/report", "#!/bin/sh\n"),
                    "user-data",
                    new Script("user-data", "cloud-init/kiosk/user-data", "#cloud-config\n"))));
  }

  @Test
  void oneThatIsNotThereIsRefusedWithWhatThereIs() {
    site.write("cloud-init/kiosk/role.yaml", "boot: boot\ndocuments:\n  - reprt\n");
    assertThat(site.problems())
        .contains(
            "cloud-init/kiosk/role.yaml:3 documents[0]: not in cloud-init/shared, wanted data-disk or report, got \"reprt\", did you mean \"report\"?");
  }

  @Test
  void oneThatTheRoleHasItselfIsRefused() {
    site.write("cloud-init/kiosk/role.yaml", "boot: boot\ndocuments: [report]\n")
        .write("cloud-init/kiosk/report", "#!/bin/sh\nexit 1\n");
    assertThat(site.problems())
        .contains(
            "cloud-init/kiosk/role.yaml:2 documents[0]: twice, wanted it shared or the role's own, got cloud-init/shared/report as well");
  }
}
