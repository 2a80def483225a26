package io.arranque.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document with the cases of all servers side by side.
 *
 * @param head all that stands before the counts
 * @param cases in the order of the table
 * @param byDesign where ours does something else than a case wants, and why
 */
public record Table<L>(String head, List<Case<L>> cases, Map<String, String> byDesign) {
  /**
   * The document.
   *
   * @param versions by the server's title, in the table's order
   */
  public String of(Map<String, String> versions, Map<String, Map<Case<L>, Result>> results) {
    StringBuilder text = new StringBuilder(head).append(summary(versions, results));
    Map<String, List<Case<L>>> themes = new LinkedHashMap<>();
    for (Case<L> one : cases) {
      themes.computeIfAbsent(one.theme(), t -> new ArrayList<>()).add(one);
    }
    themes.forEach((theme, of) -> theme(text, theme, of, results));
    byDesign(text);
    results.forEach((title, of) -> remarks(text, title, of));
    return text.toString();
  }

  /** How many cases each server passes. */
  public String summary(Map<String, String> versions, Map<String, Map<Case<L>, Result>> results) {
    StringBuilder text =
        new StringBuilder("| server | version | ✓ | ✗ | – |\n|---|---|---|---|---|\n");
    results.forEach(
        (title, of) -> {
          text.append("| ").append(title).append(" | ").append(versions.get(title)).append(" |");
          for (Result.Outcome outcome : Result.Outcome.values()) {
            long count = of.values().stream().filter(r -> r.outcome() == outcome).count();
            text.append(' ').append(count).append(" |");
          }
          text.append('\n');
        });
    return text.toString();
  }

  /**
   * Writes the document, and how many cases each server passes into {@code conformance.md} beside
   * it, under the heading that links to it.
   */
  public void write(
      Path document, Map<String, String> versions, Map<String, Map<Case<L>, Result>> results)
      throws IOException {
    Files.writeString(document, of(versions, results));
    Path contents = document.resolveSibling("conformance.md");
    String link = "(" + document.getFileName() + ")\n\n";
    String all = Files.readString(contents);
    int begin = all.indexOf(link) + link.length();
    int end = all.indexOf("\n\n", begin) + 1;
    Files.writeString(
        contents, all.substring(0, begin) + summary(versions, results) + all.substring(end));
  }

  private void theme(
      StringBuilder text,
      String theme,
      List<Case<L>> of,
      Map<String, Map<Case<L>, Result>> results) {
    text.append("\n## ").append(theme).append("\n\n| where | case |");
    results.keySet().forEach(title -> text.append(' ').append(title).append(" |"));
    text.append("\n|---|---|").append(":-:|".repeat(results.size())).append('\n');
    for (Case<L> one : of) {
      text.append(row(one)).append(" |");
      for (Map<Case<L>, Result> server : results.values()) {
        Result result = server.get(one);
        text.append(' ').append(result == null ? "?" : result.outcome().sign).append(" |");
      }
      text.append('\n');
    }
  }

  /** The beginning of a case's row, by which a test finds that the table is not the code's. */
  public static String row(Case<?> one) {
    return "| " + one.section() + " | " + one.sentence();
  }

  private void byDesign(StringBuilder text) {
    if (byDesign.isEmpty()) {
      return;
    }
    text.append("\n## Where ours differs on purpose\n\n");
    byDesign.forEach(
        (name, why) -> text.append("- ").append(name).append(": ").append(why).append('\n'));
  }

  private void remarks(StringBuilder text, String title, Map<Case<L>, Result> results) {
    Set<String> lines = new LinkedHashSet<>();
    results.forEach(
        (one, result) -> {
          if (!result.remark().isEmpty()) {
            lines.add(
                "- %s %s: %s%n"
                    .formatted(
                        result.outcome().sign, about(one, result, results), result.remark()));
          }
        });
    if (!lines.isEmpty()) {
      text.append("\n## ").append(title).append(": what it does instead\n\n");
      lines.forEach(text::append);
    }
  }

  /** One line is enough for all cases of a thing that a server does not have. */
  private String about(Case<L> one, Result result, Map<Case<L>, Result> results) {
    long same = results.values().stream().filter(result::equals).count();
    boolean missing = result.outcome() == Result.Outcome.NOT_APPLICABLE;
    return missing && same > 1 ? same + " cases of its kind" : one.name();
  }
}
