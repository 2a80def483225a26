package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @Test
  void the_catalogue_of_the_repository_is_good_and_has_the_systems_that_people_ask_for() {
    Catalogue catalogue = Catalogue.load(Path.of("."));
    assertThat(catalogue.problems().all()).isEmpty();
    assertThat(catalogue.entries().keySet())
        .contains(
            "rancheros",
            "burmillaos",
            "debian-installer",
            "ubuntu-server",
            "flatcar",
            "fedora-coreos",
            "talos",
            "alpine",
            "rocky",
            "memtest");
    assertThat(catalogue.entries().values())
        .allSatisfy(
            entry -> {
              assertThat(entry.description()).as(entry.name()).isNotEmpty();
              assertThat(entry.page()).as(entry.name()).isPresent();
            });
  }

  @Test
  void mistakes_are_told_with_file_and_line_and_the_rest_is_read(@TempDir Path site)
      throws IOException {
    Files.createDirectory(site.resolve("images"));
    Files.writeString(
        site.resolve("images/catalogue.yaml"),
        """
        good:
          kernel: { from: "https://example.org/{version}/k", sha256: %s }
          initrd: [ "https://example.org/1", "http://example.org/2" ]
        bad:
          kernel: ftp://example.org/k
          sha: 1
        both:
          kernel: https://example.org/k
          iso: https://example.org/cd.iso
        """
            .formatted("A".repeat(64)));
    Catalogue catalogue = Catalogue.load(site);
    assertThat(catalogue.problems().all())
        .extracting(Object::toString)
        .satisfiesExactly(
            bad -> assertThat(bad).startsWith("images/catalogue.yaml:5 bad.kernel: not a URL"),
            none -> assertThat(none).contains("bad: wanted either a kernel or an iso"),
            both -> assertThat(both).contains("both: wanted either a kernel or an iso"));
    Catalogue.Entry good = catalogue.entries().get("good");
    assertThat(good.initrds()).containsExactly("initrd", "initrd2");
    assertThat(good.files().get(0))
        .isEqualTo(
            new Catalogue.Origin(
                "vmlinuz", "https://example.org/{version}/k", Optional.of("a".repeat(64))));
  }
}
