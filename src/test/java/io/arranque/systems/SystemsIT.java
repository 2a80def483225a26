package io.arranque.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arranque.documents.Documents;
import io.arranque.documents.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts all that any shipped role hands out before the programs that read it, as far as Debian has
 * them; and documents that must not pass, so that nobody trusts a linter that lets everything pass.
 */
class SystemsIT {
  private static final Path REFUSED = Path.of("src/test/resources/documents/refused");

  @TempDir private static Path scratch;
  private static RealTools tools;

  @BeforeAll
  static void findTheTools() {
    tools = new RealTools(scratch);
  }

  @TestFactory
  Stream<DynamicTest> what_a_role_hands_out_is_accepted_by_those_who_read_it() {
    return ShippedRole.all().stream()
        .map(
            shipped ->
                DynamicTest.dynamicTest(
                    shipped.toString(), () -> assertThat(complaints(shipped)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> a_broken_document_is_refused_about_where_we_say() throws IOException {
    try (Stream<Path> files = Files.walk(REFUSED)) {
      return files.filter(file -> file.toString().contains("@")).sorted().toList().stream()
          .filter(file -> hasJudge(format(file)))
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      REFUSED.relativize(file).toString(), () -> assertRefused(file)));
    }
  }

  private static void assertRefused(Path file) throws IOException {
    String name = file.getFileName().toString();
    int line = Integer.parseInt(name.substring(name.indexOf('@') + 1));

    List<String> said = judged(format(file), Files.readString(file));

    assertThat(said).as("nothing was found wrong").isNotEmpty();
    // Not every complaint comes with a place, and some with that of what stands around the fault.
    said.stream()
        .flatMap(complaint -> RealTools.line(complaint).stream())
        .findFirst()
        .ifPresent(named -> assertThat(named).as(said.toString()).isCloseTo(line, within(2)));
  }

  private static String format(Path file) {
    return file.getParent().getFileName().toString();
  }

  /** Of the others Debian has no program that judges them; there is only our own word. */
  private static boolean hasJudge(String format) {
    return List.of("user-data", "preseed", "ignition", "meta-data", "yaml").contains(format);
  }

  private static List<String> judged(String format, String text) {
    return switch (format) {
      case "user-data" -> tools.cloudInit(text);
      case "preseed" -> tools.debconf(text);
      case "ignition" -> tools.ignition(text);
      case "meta-data", "yaml" -> tools.yaml(text);
      default -> throw new AssertionError(format);
    };
  }

  private static List<String> complaints(ShippedRole shipped) {
    List<String> all = new ArrayList<>();
    shipped
        .files()
        .forEach(
            (name, text) -> {
              for (String format : formats(name)) {
                judged(format, text).forEach(said -> all.add(name + ": " + said));
              }
              ourOwnWord(shipped, name, text).forEach(said -> all.add(name + ": " + said));
              EmbeddedShell.in(name, text)
                  .forEach(
                      (place, script) ->
                          tools.busyboxShell(script).forEach(said -> all.add(place + ": " + said)));
            });
    return all;
  }

  /** By name, as the systems themselves tell them apart. */
  private static List<String> formats(String name) {
    return switch (name) {
      case "user-data", "vendor-data" -> List.of("yaml", "user-data");
      case "meta-data", "network-config", "cloud-config" -> List.of("yaml");
      case "preseed.cfg" -> List.of("preseed");
      default ->
          name.endsWith(".json") || name.endsWith(".ign")
              ? List.of("ignition")
              : name.endsWith(".yaml") ? List.of("yaml") : List.of();
    };
  }

  /** What `arranque check` says of it: must be as content as those who really read it. */
  private static List<String> ourOwnWord(ShippedRole shipped, String name, String text) {
    return Documents.check(Format.of(name, shipped.role().boot(), text), text).stream()
        .map(finding -> "arranque check, line " + finding.line() + ": " + finding.message())
        .toList();
  }
}
