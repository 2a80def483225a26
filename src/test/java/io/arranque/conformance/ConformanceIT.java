package io.arranque.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases against ours; with {@code -Dconformance.servers=arranque,kea,dhcpd,dnsmasq} against
 * others too, of which only the results are taken down. Needs root, iproute2 and QEMU.
 */
final class ConformanceIT {
  /** Cases that wait for the server to be completed; must become empty. */
  static final Set<String> AWAITS = Set.of();

  /** Where the project wants something else than the RFC, and why. */
  static final Map<String, String> BY_DESIGN =
      // Sorted, so that the document is the same each time.
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  "RFC 2131 §4.2: the client identifier is the client: with another network card it"
                      + " has the same lease",
                  "a machine is known by its MAC. ROM, iPXE and operating system of one machine"
                      + " send different identifiers, and cloned disks send the same one on many"
                      + " machines: by identifier a room would use its pool three times, and two"
                      + " machines would share an address",
                  "RFC 2131 §4.4.4: a DISCOVER by unicast to a server that is known already is"
                      + " answered",
                  "Linux gives what comes by unicast from 0.0.0.0 to raw sockets only, and no client"
                      + " is known that sends it; such a client asks by broadcast next")));

  static final Path DOCUMENT = Path.of("docs/conformance-dhcp.md");

  private static final int AT_ONCE = 16;

  private static final String HEAD =
      """
      # DHCP conformance

      What the RFCs want of a DHCP server, one case to each sentence, and what four servers do. The judge is the
      RFC's text. The cases are `src/test/java/io/arranque/conformance/*Cases.java`; each sends what a client or relay
      sends, octet by octet, to a server in a network namespace of its own, and reads the frames that come back, whoever they are
      for, with code that shares nothing with the server's. They run against ours in every build
      (`ConformanceIT`), where all must pass but those named below.

      Made by a run, not by hand. To make it anew, as root, with Debian's packages `kea-dhcp4-server`,
      `isc-dhcp-server` and `dnsmasq-base` installed:

          mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ConformanceIT \\
            -Dconformance.servers=arranque,kea,dhcpd,dnsmasq -Ddocs.rewrite=true

      The others are configured as their manuals say and as closely to the same network as they can be
      (`KeaProgram`, `DhcpdProgram`, `DnsmasqProgram`); a failure that was our configuration's is an error of ours:
      please tell us. They may take 4 s for an answer, and are judged by what they say, not when.

      ✓ does it · ✗ does not, with what it does instead at the end · – has no such thing, with the reason at the end.

      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> everyServer() throws Exception {
    Map<String, Map<Case<Lab>, Result>> results = new LinkedHashMap<>();
    Map<String, String> versions = new LinkedHashMap<>();
    List<String> wanted =
        List.of(System.getProperty("conformance.servers", "arranque").split(",", -1));
    Stream.Builder<DynamicContainer> tests = Stream.builder();
    for (DhcpProgram program : DhcpProgram.all()) {
      if (wanted.contains(program.name())) {
        Map<Case<Lab>, Result> of = results(program);
        results.put(program.title(), of);
        versions.put(program.title(), version(program));
        tests.add(DynamicContainer.dynamicContainer(program.title(), judged(program, of)));
      }
    }
    boolean sideBySide = results.size() == DhcpProgram.all().size();
    if (sideBySide && Boolean.getBoolean("docs.rewrite")) {
      new Table<>(HEAD, Cases.all(), BY_DESIGN).write(DOCUMENT, versions, results);
    }
    return tests.build();
  }

  private Map<Case<Lab>, Result> results(DhcpProgram program) throws Exception {
    Path own = Files.createDirectory(folder.resolve(program.name()));
    try (Bench bench = Bench.open(program, own)) {
      Map<Case<Lab>, Result> of = of(program, bench.lab(program));
      assertThat(bench.isServerAlive()).as(program.title() + " lives at the end").isTrue();
      return of;
    }
  }

  private static Map<Case<Lab>, Result> of(DhcpProgram program, Lab lab) throws Exception {
    return new Run<>(program.lacks(), lab, lab.remarks(), AT_ONCE).of(Cases.all());
  }

  private static String version(DhcpProgram program) throws Exception {
    String[] command = program.version().toArray(String[]::new);
    return Bench.run(command).lines().findFirst().orElse("").replaceFirst("  .*", "").strip();
  }

  private static Stream<DynamicTest> judged(DhcpProgram program, Map<Case<Lab>, Result> results) {
    boolean ours = program instanceof ArranqueProgram;
    return results.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().name(),
                    () -> {
                      if (ours) {
                        judge(entry.getKey(), entry.getValue());
                      }
                    }));
  }

  /** An exception that has become untrue fails too. */
  private static void judge(Case<Lab> one, Result result) {
    boolean excepted = AWAITS.contains(one.name()) || BY_DESIGN.containsKey(one.name());
    assertThat(result.outcome())
        .as(result.remark())
        .isEqualTo(excepted ? Result.Outcome.FAILED : Result.Outcome.PASSED);
  }
}
