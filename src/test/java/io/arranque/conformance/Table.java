package io.arranque.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** docs/conformance.md: the cases of all servers side by side. */
final class Table {
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

  private Table() {}

  /**
   * The document.
   *
   * @param versions by the server's title, in the table's order
   */
  static String of(Map<String, String> versions, Map<String, Map<Case, Result>> results) {
    StringBuilder text = new StringBuilder(HEAD);
    summary(text, versions, results);
    Map<String, List<Case>> themes = new LinkedHashMap<>();
    for (Case one : Cases.all()) {
      themes.computeIfAbsent(one.theme(), t -> new ArrayList<>()).add(one);
    }
    themes.forEach((theme, cases) -> theme(text, theme, cases, results));
    byDesign(text);
    results.forEach((title, of) -> remarks(text, title, of));
    return text.toString();
  }

  private static void summary(
      StringBuilder text, Map<String, String> versions, Map<String, Map<Case, Result>> results) {
    text.append("| server | version | ✓ | ✗ | – |\n|---|---|---|---|---|\n");
    results.forEach(
        (title, of) -> {
          text.append("| ").append(title).append(" | ").append(versions.get(title)).append(" |");
          for (Result.Outcome outcome : Result.Outcome.values()) {
            long count = of.values().stream().filter(r -> r.outcome() == outcome).count();
            text.append(' ').append(count).append(" |");
          }
          text.append('\n');
        });
  }

  private static void theme(
      StringBuilder text, String theme, List<Case> cases, Map<String, Map<Case, Result>> results) {
    text.append("\n## ").append(theme).append("\n\n| where | case |");
    results.keySet().forEach(title -> text.append(' ').append(title).append(" |"));
    text.append("\n|---|---|").append(":-:|".repeat(results.size())).append('\n');
    for (Case one : cases) {
      text.append(row(one)).append(" |");
      for (Map<Case, Result> of : results.values()) {
        Result result = of.get(one);
        text.append(' ').append(result == null ? "?" : result.outcome().sign).append(" |");
      }
      text.append('\n');
    }
  }

  /** The beginning of a case's row, by which a test finds that the table is not the code's. */
  static String row(Case one) {
    return "| " + one.section() + " | " + one.sentence();
  }

  private static void byDesign(StringBuilder text) {
    text.append("\n## Where ours differs on purpose\n\n");
    ConformanceIT.BY_DESIGN.forEach(
        (name, why) -> text.append("- ").append(name).append(": ").append(why).append('\n'));
  }

  private static void remarks(StringBuilder text, String title, Map<Case, Result> results) {
    Set<String> lines = new LinkedHashSet<>();
    results.forEach(
        (one, result) -> {
          if (!result.remark().isEmpty()) {
            lines.add(
                "- %s %s: %s%n".formatted(result.outcome().sign, one.name(), result.remark()));
          }
        });
    if (!lines.isEmpty()) {
      text.append("\n## ").append(title).append(": what it does instead\n\n");
      lines.forEach(text::append);
    }
  }
}
