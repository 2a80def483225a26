package io.arranque.plan;

import io.arranque.documents.Finding.Severity;
import io.arranque.plan.DocumentCheck.Found;
import io.arranque.plan.DocumentCheck.Judged;
import io.arranque.site.Role;
import io.arranque.site.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything a machine would be handed, for people's eyes: secrets are masked, and each document
 * comes with what its reader would say of it.
 *
 * @param plan with its documents judged
 * @param script the iPXE script
 * @param kernelLine that line of it which names kernel and arguments; empty when there is none
 * @param documents of its role, by name
 * @param overlay the files of its initrd overlay, by path
 */
public record Preview(
    BootPlan plan, Part script, String kernelLine, List<Part> documents, List<Part> overlay) {

  /**
   * @param file the template, relative to the site's folder
   * @param format in a word, e.g. {@code cloud-init}
   */
  public record Part(String name, String file, String format, Rendered text, List<Found> findings) {
    public boolean hasErrors() {
      return findings.stream().anyMatch(found -> found.severity() == Severity.ERROR)
          || text instanceof Rendered.Broken;
    }
  }

  /** Judges the plan's documents and renders all of it, masked. */
  public static Preview of(Planner planner, BootPlan plan) {
    BootPlan judged = planner.judged(plan);
    Map<String, Judged> byName =
        planner.documentCheck().of(judged).stream()
            .collect(Collectors.toMap(Judged::name, Function.identity()));
    Optional<Role> role = judged.role().map(Planned::value);
    Script script = judged.script().value();
    Rendered shown = planner.previewScript(judged);
    return new Preview(
        judged,
        new Part(script.name(), script.file(), "ipxe", shown, List.of()),
        kernelLine(shown),
        withMade(
            planner,
            judged,
            parts(planner, judged, role.map(Role::documents).orElseGet(TreeMap::new), "", byName)),
        withEarly(
            planner,
            judged,
            parts(
                planner,
                judged,
                role.map(Role::overlay).orElseGet(TreeMap::new),
                "overlay/",
                byName)));
  }

  /** With the document that was made of what the role wants, in the place of its own part of it. */
  private static List<Part> withMade(Planner planner, BootPlan plan, List<Part> parts) {
    List<Part> all = new ArrayList<>(parts);
    for (String name : plan.documents()) {
      if (plan.role().filter(r -> !r.value().wants().isNothing()).isPresent()
          && name.equals(RancherOsPlan.DOCUMENT)) {
        String file = "cloud-init/" + plan.role().orElseThrow().value().name() + "/role.yaml";
        all.removeIf(part -> part.name().equals(name));
        planner
            .preview(plan, name)
            .ifPresent(text -> all.add(0, new Part(name, file, "rancheros", text, List.of())));
      }
    }
    return List.copyOf(all);
  }

  /** With the files of the overlay that no template of the role is for. */
  private static List<Part> withEarly(Planner planner, BootPlan plan, List<Part> parts) {
    List<Part> all = new ArrayList<>(parts);
    planner
        .overlay(plan, true)
        .forEach(
            (path, text) -> {
              if (parts.stream().noneMatch(part -> part.name().equals(path))) {
                String file = "cloud-init/" + plan.role().orElseThrow().value().name();
                all.add(new Part(path, file + "/role.yaml", "rancheros", text, List.of()));
              }
            });
    return List.copyOf(all);
  }

  private static List<Part> parts(
      Planner planner,
      BootPlan plan,
      SortedMap<String, Script> templates,
      String prefix,
      Map<String, Judged> byName) {
    List<Part> parts = new ArrayList<>();
    for (Script template : templates.values()) {
      Optional<Judged> judged = Optional.ofNullable(byName.get(prefix + template.name()));
      parts.add(
          new Part(
              template.name(),
              template.file(),
              judged.map(Judged::word).orElse(""),
              planner.rendered(template, plan, true),
              judged.map(Judged::findings).orElse(List.of())));
    }
    return List.copyOf(parts);
  }

  private static String kernelLine(Rendered script) {
    return script.ifText().stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.startsWith("kernel "))
        .findFirst()
        .orElse("");
  }
}
