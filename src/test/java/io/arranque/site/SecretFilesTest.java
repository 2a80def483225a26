package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
  private static final String SECRET = "s3cr3t-of-the-cluster";

  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  private Path token;

  @BeforeEach
  void write() throws IOException {
    SiteOnDisk.copyOf("minimal", folder);
    token = Files.writeString(elsewhere.resolve("token"), SECRET + "\n");
    mode("rw-------");
    write("cloud-init/node/role.yaml", "boot: local-disk\nvars:\n  token: { type: secret }\n");
    write("ipxe-scripts/local-disk.ipxe", "#!ipxe\nexit 1\n");
  }

  @Test
  void a_secret_in_a_file_of_its_own_is_read_wherever_the_site_names_it() throws IOException {
    write("arranque.yaml", "vars: { token: \"file:" + token + "\" }\n");
    write(
        "cloud-init/node/role.yaml",
        "boot: local-disk\nvars:\n  token: { type: secret, default: \"file:" + token + "\" }\n");
    Loaded loaded = SiteLoader.load(folder);
    assertThat(loaded.problems().all().toString()).doesNotContain("token");
    Site site = loaded.site().orElseThrow();
    assertThat(site.settings().vars()).containsEntry("token", SECRET);
    assertThat(site.roles().get("node").vars().get("token").defaultValue()).contains(SECRET);
  }

  @Test
  void as_plain_text_it_is_a_warning_that_does_not_quote_it() throws IOException {
    write("arranque.yaml", "name: x\nvars:\n  other: 1\n  token: " + SECRET + "\n");
    Loaded loaded = SiteLoader.load(folder);
    assertThat(loaded.site()).isPresent();
    assertThat(loaded.problems().toString())
        .contains("arranque.yaml:4", "vars.token: warning: a secret as plain text")
        .doesNotContain(SECRET);
  }

  @Test
  void a_file_that_everybody_can_read_is_an_error_and_one_that_is_not_there_a_warning()
      throws IOException {
    write("arranque.yaml", "vars: { token: \"file:" + token + "\" }\n");
    mode("rw-r--r--");
    assertThat(SiteLoader.load(folder).problems().errors().toString())
        .contains("is open to everybody, wanted chmod o= of it, got rw-r--r--");
    Files.delete(token);
    Loaded loaded = SiteLoader.load(folder);
    assertThat(loaded.site().orElseThrow().settings().vars()).doesNotContainKey("token");
    assertThat(loaded.problems().warnings().toString()).contains("cannot be read");
  }

  @Test
  void arming_and_pairing_are_read_from_segment_and_role() throws IOException {
    write(
        "dhcp/strict.yaml",
        "subnet: 10.9.0.0/24\nmode: off\narming: operator\npairing: required\n");
    write("cloud-init/node/role.yaml", "boot: local-disk\narming: always\n");
    Site site = SiteLoader.load(folder).site().orElseThrow();
    assertThat(site.segments().get("strict").secrecy())
        .isEqualTo(new Secrecy(java.util.Optional.of(ArmingRule.OPERATOR), true));
    assertThat(site.roles().get("node").arming()).contains(ArmingRule.ALWAYS);
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(mode));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
