package io.arranque.systems;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.Catalogue;
import io.arranque.site.VarType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * All that one machine of a role is given, word for word. After a change that is meant: {@code
 * -Dgoldens.rewrite=true}, then read the difference.
 */
class GoldenRolesTest {
  private static final Path GOLDENS = Path.of("src/test/resources/goldens");

  /** Systems of which everything is shipped; others may be looked at elsewhere. */
  private static final List<String> ROLES =
      List.of(
          "alpine",
          "debian-install",
          "fedora-coreos",
          "fedora-coreos-install",
          "flatcar",
          "k3s-agent",
          "k3s-server",
          "kairos",
          "local-disk",
          "memtest",
          "menu",
          "rocky-install",
          "talos",
          "ubuntu-install",
          "ubuntu-live");

  @TestFactory
  Stream<DynamicTest> a_role_with_everything_set_gives_what_was_looked_at_once() {
    return roles()
        .filter(shipped -> shipped.values() == ShippedRole.Values.MOST)
        .map(shipped -> DynamicTest.dynamicTest(shipped.toString(), () -> compare(shipped)));
  }

  @Test
  void every_role_says_in_a_readme_what_it_is_for_and_describes_each_of_its_values()
      throws IOException {
    for (ShippedRole shipped : roles().toList()) {
      String name = shipped.role().name();
      assertThat(Path.of("cloud-init", name, "README.md")).isRegularFile();
      String readme = Files.readString(Path.of("cloud-init", name, "README.md"));
      assertThat(readme).startsWith("# ");
      shipped
          .role()
          .vars()
          .forEach((key, var) -> assertThat(var.description()).as(name + " " + key).isNotBlank());
    }
  }

  @Test
  void a_secret_is_in_documents_only_and_never_on_a_kernels_command_line() {
    roles()
        .filter(shipped -> shipped.values() == ShippedRole.Values.MOST)
        .forEach(
            shipped ->
                shipped
                    .role()
                    .vars()
                    .forEach(
                        (name, var) -> {
                          if (var.type() == VarType.SECRET) {
                            assertThat(shipped.files().get("script.ipxe"))
                                .doesNotContain("the-" + name, "$6$salt");
                          }
                        }));
  }

  @Test
  void an_image_that_a_role_names_can_be_had_from_the_catalogue_or_its_readme_says_how()
      throws IOException {
    Catalogue catalogue = Catalogue.load(Path.of(""));
    for (ShippedRole shipped : roles().toList()) {
      Optional<String> image = shipped.role().image();
      if (image.isPresent() && !catalogue.entries().containsKey(image.get())) {
        assertThat(Files.readString(Path.of("cloud-init", shipped.role().name(), "README.md")))
            .contains("images/" + image.get());
      }
    }
  }

  private static Stream<ShippedRole> roles() {
    return ShippedRole.all().stream().filter(each -> ROLES.contains(each.role().name()));
  }

  private static void compare(ShippedRole shipped) throws IOException {
    StringBuilder actual = new StringBuilder();
    shipped
        .files()
        .forEach((name, text) -> actual.append("======== ").append(name).append('\n').append(text));
    Path golden = GOLDENS.resolve(shipped.role().name() + ".txt");
    if (Boolean.getBoolean("goldens.rewrite")) {
      Files.createDirectories(GOLDENS);
      Files.writeString(golden, actual);
    }
    assertThat(actual.toString()).isEqualTo(Files.readString(golden));
  }
}
