package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.site.Quirk.Place;
import io.arranque.site.Quirk.Subject;
import io.arranque.site.Quirks.Treatment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dhcp/quirks.yaml}: the built-in rows, a site's changes to them, and its mistakes. */
final class QuirksTest {
  private static final Mac MAC = Mac.of("00:0c:29:12:34:56");

  @TempDir private Path folder;

  private static Subject subject(String client, int architecture, String model, boolean address) {
    return new Subject(
        client,
        Optional.of(architecture),
        Optional.of("PXEClient:Arch:00000:UNDI:002001"),
        Optional.of("Dell Inc."),
        Optional.of(model),
        MAC,
        address);
  }

  private Loaded load(String quirks) {
    if (!Files.exists(folder.resolve("dhcp"))) {
      SiteOnDisk.copyOf("minimal", folder);
    }
    new SiteOnDisk(folder).write("dhcp/quirks.yaml", quirks);
    return SiteLoader.load(folder);
  }

  private Treatment treated(String quirks) {
    Loaded loaded = load(quirks);
    assertThat(loaded.problems().errors()).isEmpty();
    return loaded.site().orElseThrow().quirks().of(subject("pxe", 0, "OptiPlex 3010", true));
  }

  private String problem(String quirks) {
    return load(quirks).problems().errors().stream()
        .map(Object::toString)
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  @Test
  void withoutAFileTheBuiltInTableCounts() {
    SiteOnDisk.copyOf("minimal", folder);
    Site site = SiteLoader.load(folder).site().orElseThrow();
    assertThat(site.quirks()).isEqualTo(Quirks.builtIn());
    assertThat(site.segments()).containsOnlyKeys("wire");
    Treatment bios = site.quirks().of(subject("pxe", 0, "", true));
    assertThat(bios.origins()).containsEntry(60, "pxe").containsEntry(43, "pxe");
    assertThat(bios.serverName()).isEqualTo(Place.OPTION);
    assertThat(bios.overload()).isFalse();
    assertThat(site.quirks().of(subject("pxe", 7, "", true)).overload()).isTrue();
    assertThat(site.quirks().of(subject("other", 0, "", true))).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void aRowOfTheSameNameReplacesTheBuiltInOneAndOthersAreAdded() {
    Treatment treatment =
        treated(
            """
            pxe:
              when: { client: pxe }
              boot-file: field
            optiplex:
              when: { vendor: "dell*", model: "*3010", mac: "00:0C:29:*", architecture: [0, 6] }
              options: { 224: "text:x" }
              server-name: both
              message-size-max: 576
              broadcast: true
              terminated-text: true
            """);
    assertThat(treatment.bootFile()).isEqualTo(Place.FIELD);
    assertThat(treatment.options()).extracting(DhcpOption::code).containsExactly(224);
    assertThat(treatment.origins()).containsEntry(224, "optiplex");
    assertThat(treatment.serverName()).isEqualTo(Place.BOTH);
    assertThat(treatment.messageSizeMax()).contains(576);
    assertThat(treatment.broadcast() && treatment.terminatedText()).isTrue();
    assertThat(treatment.overload()).as("bios-rom still stands").isFalse();
  }

  @Test
  void aRowCanBeSwitchedOff() {
    assertThat(treated("pxe: off\nbios-rom: off\n")).isEqualTo(Treatment.PLAIN);
  }

  @Test
  void mistakesAreToldWithFileAndLine() {
    assertThat(problem("x:\n  when: { client: pxee }\n"))
        .contains("dhcp/quirks.yaml:2 x.when.client: unknown word, wanted pxe or http-boot");
    assertThat(problem("x:\n  when: { arch: 0 }\n"))
        .contains("dhcp/quirks.yaml:2 x.when.arch: unknown key");
    assertThat(problem("x:\n  boot-file: both\n"))
        .contains("x.when: missing, wanted whom it is about, e.g. { client: pxe }");
    assertThat(problem("x:\n  when: { client: pxe }\n  boot: both\n"))
        .contains("dhcp/quirks.yaml:3 x.boot: unknown key");
    assertThat(problem("x:\n  when: { client: pxe }\n  message-size-max: 100\n"))
        .contains("not a number in range, wanted 576 to 1500");
    assertThat(problem("x:\n  when: { client: pxe }\n  options: { 53: 1 }\n"))
        .contains("x.options.53: not an option");
    assertThat(problem("pxo: off\n")).contains("dhcp/quirks.yaml:1 pxo: no such row");
  }

  @ParameterizedTest
  @CsvSource({
    "PXEClient*, PXEClient:Arch:00000, true",
    "*arch*, PXEClient:Arch:00000, true",
    "*, '', true",
    "a*b*c, aXbbYc, true",
    "a*b*c, aXbbYcd, false",
    "abc, ABC, true",
    "abc, abcd, false",
    "abc*, ab, false",
    "'', a, false",
  })
  void aGlobMatchesAsInRolesRules(String pattern, String text, boolean matches) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
  }
}
