package io.arranque.plan;

import io.arranque.documents.Documents;
import io.arranque.documents.Finding;
import io.arranque.documents.Finding.Severity;
import io.arranque.documents.Format;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.Problem;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Judges the documents of a plan as the systems that read them will: with the machine's own values,
 * because a host name of digits or a key with a quote in it breaks what every sample passes.
 *
 * <p>What was judged is kept by its text, so that forty equal PCs, or one that asks again and
 * again, cost one look. Thread-safe.
 */
public final class DocumentCheck {
  /** Texts are some kilobytes each; beyond it everything is judged anew. */
  private static final int MAX_KEPT = 512;

  private static final int MAX_DETAIL = 200;

  /** In the place of the nonce, which would make each boot's text another one. */
  private static final String ANY_NONCE = "0".repeat(32);

  private final Planner planner;
  private final Map<Judgeable, List<Finding>> kept = new ConcurrentHashMap<>();

  private record Judgeable(Format format, String text) {}

  DocumentCheck(Planner planner) {
    this.planner = planner;
  }

  /**
   * A document as it was judged.
   *
   * @param name of the document, or its path in the overlay behind {@code overlay/}
   * @param file the template, relative to the site's folder
   */
  public record Judged(String name, Format format, String file, List<Found> findings) {
    /** As the operator's list of problems has them. */
    List<Problem> problems() {
      return findings.stream()
          .map(
              found ->
                  new Problem(
                      found.severity() == Severity.ERROR
                          ? Problem.Severity.ERROR
                          : Problem.Severity.WARNING,
                      file,
                      found.templateLine(),
                      "",
                      found.message()))
          .toList();
    }

    /** The format, in a word. */
    public String word() {
      return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean hasErrors() {
      return findings.stream().anyMatch(found -> found.severity() == Severity.ERROR);
    }
  }

  /**
   * A finding and its two lines; never with a secret in its words.
   *
   * @param line in the rendered text, from 1
   * @param templateLine in the template, from 1
   */
  public record Found(int line, int templateLine, Severity severity, String message) {}

  /** Every document and file of the overlay; what cannot be rendered at all is left out. */
  public List<Judged> of(BootPlan plan) {
    if (plan.role().isEmpty()) {
      return List.of();
    }
    Role role = plan.role().get().value();
    BootPlan same = plan.withNonce(ANY_NONCE);
    return Stream.concat(
            role.documents().values().stream().map(d -> judged(same, d.name(), d)),
            role.overlay().values().stream().map(d -> judged(same, "overlay/" + d.name(), d)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The documents that cannot even be rendered, and why. */
  List<String> unrendered(BootPlan plan) {
    return plan.role().stream()
        .map(Planned::value)
        .flatMap(
            role ->
                Stream.concat(role.documents().values().stream(), role.overlay().values().stream()))
        .map(template -> planner.rendered(template, plan, false))
        .filter(Rendered.Broken.class::isInstance)
        .map(Object::toString)
        .toList();
  }

  /** The plan, and with it the documents that would not be taken: then the machine is told so. */
  BootPlan judge(BootPlan plan) {
    if (plan.way() != Way.BOOT && plan.way() != Way.WAIT) {
      return plan;
    }
    List<Trouble> troubles = new ArrayList<>();
    for (Judged document : of(plan)) {
      document.findings().stream()
          .filter(found -> found.severity() == Severity.ERROR)
          .findFirst()
          .ifPresent(found -> troubles.add(trouble(document, found)));
    }
    troubles.addAll(planner.unfit(plan));
    return troubles.isEmpty() ? plan : plan.withUnfit(troubles);
  }

  private static Trouble trouble(Judged document, Found found) {
    return trouble(
        Reason.DOCUMENT_INVALID,
        document.file() + ":" + found.templateLine() + " " + found.message());
  }

  static Trouble trouble(Reason reason, String words) {
    // It goes to iPXE's screen too, whose shell takes quotes and expansions seriously.
    String detail = words.replaceAll("[\"'$\\\\]", "").replaceAll("[^ -~]", "?");
    return new Trouble(
        reason, detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail);
  }

  private Optional<Judged> judged(BootPlan plan, String name, Script template) {
    Optional<String> text = planner.rendered(template, plan, false).ifText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String script = plan.role().orElseThrow().value().boot();
    Format format = Format.of(template.name(), script, text.get());
    List<Finding> findings = findings(format, text.get());
    return Optional.of(
        new Judged(
            name,
            format,
            template.file(),
            findings.isEmpty() ? List.of() : located(plan, template, text.get(), format)));
  }

  /** The lines to look at. Rendered again for that, and so only when there is something to say. */
  private List<Found> located(BootPlan plan, Script template, String text, Format format) {
    TemplateLines lines =
        TemplateLines.read(
            planner.rendered(TemplateLines.marked(template), plan, false), text, template);
    String masked = planner.rendered(template, plan, true).ifText().orElse("");
    List<Finding> harmless = masked.equals(text) ? List.of() : findings(format, masked);
    List<Found> found = new ArrayList<>();
    for (Finding finding : findings(format, text)) {
      // A judge quotes what it does not like. What it says of the masked text too cannot be secret.
      boolean tells = masked.equals(text) || harmless.contains(finding);
      found.add(
          new Found(
              finding.line(),
              lines.lineOf(finding.line()),
              finding.severity(),
              tells
                  ? finding.message()
                  : "not valid with the value of a secret that is used here"));
    }
    return List.copyOf(found);
  }

  private List<Finding> findings(Format format, String text) {
    if (kept.size() > MAX_KEPT) {
      kept.clear();
    }
    return kept.computeIfAbsent(new Judgeable(format, text), DocumentCheck::judgement);
  }

  /** The one place that knows who judges what. */
  private static List<Finding> judgement(Judgeable document) {
    // What RancherOS loses hangs on how the text gets there: RancherOsPlan judges it.
    return document.format() == Format.RANCHEROS
        ? List.of()
        : Documents.check(document.format(), document.text());
  }
}
