package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Channel;
import io.arranque.documents.rancheros.Choice;
import io.arranque.documents.rancheros.CloudConfigLinter;
import io.arranque.documents.rancheros.KernelLine;
import io.arranque.documents.rancheros.RancherOs;
import io.arranque.documents.rancheros.Remark;
import io.arranque.documents.rancheros.Subject;
import io.arranque.documents.rancheros.Told;
import io.arranque.documents.rancheros.Wish;
import io.arranque.site.Problem;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Wants.Want;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a machine with RancherOS is told: what its role wants, and what its own files say. */
final class RancherOsPlan {
  /** The document that RancherOS fetches. */
  static final String DOCUMENT = "cloud-config";

  /** In a script, what has to be on the kernel's command line for it. */
  static final String SCOPE = "rancheros";

  private static final String SCRIPT = "rancheros";
  private static final String EARLY_FILES = "var/lib/rancher/conf/cloud-config.d/";

  private final Planner planner;
  private final Templates templates;

  RancherOsPlan(Planner planner, Templates templates) {
    this.planner = planner;
    this.templates = templates;
  }

  /** Names of all documents, also of one that is made from what is wanted. */
  static List<String> documents(Role role) {
    List<String> names = new ArrayList<>(role.documents().keySet());
    if (!role.wants().isNothing() && !names.contains(DOCUMENT)) {
      names.add(0, DOCUMENT);
    }
    return List.copyOf(names);
  }

  /** Whether the role is of this system: by what it wants, or by the script that starts it. */
  private static boolean concerns(Role role) {
    return !role.wants().isNothing() || role.boot().equals(SCRIPT);
  }

  private static Optional<Role> wanting(BootPlan plan) {
    return plan.role().map(Planned::value).filter(role -> !role.wants().isNothing());
  }

  /** The document that is made; empty when the role wants nothing. */
  Optional<Rendered> document(BootPlan plan, boolean masked) {
    return outcome(plan, masked).map(Outcome::document);
  }

  List<Choice> choices(BootPlan plan) {
    return outcome(plan, true).flatMap(Outcome::told).map(Told::choices).orElse(List.of());
  }

  /** The document as a file of the overlay, if it goes that way. */
  void addEarlyConfig(BootPlan plan, boolean masked, SortedMap<String, Rendered> files) {
    outcome(plan, masked)
        .filter(o -> o.told().filter(t -> t.channel() == Channel.URL).isEmpty())
        .ifPresent(o -> files.put(Told.OVERLAY_FILE, o.document()));
  }

  /** What {@code {{ rancheros.arguments }}} and its like stand for in a script. */
  Map<String, Object> scope(BootPlan plan, boolean masked) {
    Optional<Told> told =
        plan.way() == BootPlan.Way.BOOT
            ? outcome(plan, masked).flatMap(Outcome::told)
            : Optional.empty();
    String fetch =
        "rancher.cloud_init.datasources=[url:%s/%s]".formatted(plan.documentsUrl(), DOCUMENT);
    return Map.of(
        "arguments",
        told.map(t -> String.join(" ", t.words())).orElse(fetch),
        "channel",
        told.map(Told::channel).orElse(Channel.URL).label());
  }

  /** What it is told, or which of its templates is broken; empty when its role wants nothing. */
  private Optional<Outcome> outcome(BootPlan plan, boolean masked) {
    Optional<Role> role = wanting(plan);
    if (role.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> scope = Scope.of(plan, masked);
    Map<String, Wish> wishes = new TreeMap<>();
    for (Map.Entry<String, Want> want : role.get().wants().texts().entrySet()) {
      List<String> values = new ArrayList<>();
      for (Script template : want.getValue().templates()) {
        Rendered rendered = templates.render(template, scope);
        if (rendered instanceof Rendered.Broken broken) {
          // The line that it tells counts within the value.
          int line = want.getValue().line();
          return Outcome.of(new Rendered.Broken(broken.file(), line, broken.message()));
        }
        values.add(rendered.ifText().orElse(""));
      }
      wishes.put(want.getKey(), new Wish(want.getValue().line(), values));
    }
    Optional<Rendered> own = own(plan, masked);
    if (own.isPresent() && own.get() instanceof Rendered.Broken broken) {
      return Outcome.of(broken);
    }
    Told told = RancherOs.tell(subject(plan), wishes, own.flatMap(Rendered::ifText));
    return Optional.of(new Outcome(Optional.of(told), Optional.empty()));
  }

  private Optional<Rendered> own(BootPlan plan, boolean masked) {
    return plan.role()
        .flatMap(role -> Optional.ofNullable(role.value().documents().get(DOCUMENT)))
        .map(script -> planner.rendered(script, plan, masked));
  }

  private static Subject subject(BootPlan plan) {
    return new Subject(
        plan.machine().mac(),
        plan.hostname().value(),
        plan.reach().machineAddress().or(plan.machine()::address).map(Ipv4::toString).orElse(""),
        plan.documentsUrl());
  }

  /** Exactly one of both. */
  private record Outcome(Optional<Told> told, Optional<Rendered.Broken> broken) {
    static Optional<Outcome> of(Rendered.Broken broken) {
      return Optional.of(new Outcome(Optional.empty(), Optional.of(broken)));
    }

    Rendered document() {
      return broken
          .<Rendered>map(b -> b)
          .orElseGet(() -> new Rendered.Text(told.orElseThrow().document()));
    }
  }

  /** A template of what is wanted that cannot be rendered. */
  Optional<Rendered.Broken> broken(BootPlan plan) {
    return outcome(plan, false).flatMap(Outcome::broken);
  }

  /** What is wrong with what the machine would be told, by file and line of the site. */
  List<Fault> faults(BootPlan plan) {
    Optional<Role> concerned = plan.role().map(Planned::value).filter(RancherOsPlan::concerns);
    if (concerned.isEmpty()) {
      return List.of();
    }
    Role role = concerned.get();
    Map<String, Object> scope = Scope.of(plan, false);
    Optional<Told> told = outcome(plan, false).flatMap(Outcome::told);
    List<Fault> faults = new ArrayList<>();
    Optional<Script> template = Optional.ofNullable(role.documents().get(DOCUMENT));
    Optional<String> own = own(plan, false).flatMap(Rendered::ifText);
    for (Remark remark : told.map(Told::remarks).orElse(List.of())) {
      faults.add(
          switch (remark.place()) {
            case DOCUMENT -> fault(plan, template.orElseThrow(), own.orElse(""), remark.finding());
            case ROLE -> new Fault(roleFile(role), remark.finding(), true, false);
            case ABSENT -> new Fault(roleFile(role), remark.finding(), true, true);
          });
    }
    if (wanting(plan).isEmpty() && own.isPresent()) {
      CloudConfigLinter.lint(own.get(), Channel.URL)
          .forEach(finding -> faults.add(fault(plan, template.orElseThrow(), own.get(), finding)));
    }
    role.overlay().values().stream()
        .filter(file -> file.name().startsWith(EARLY_FILES))
        .forEach(file -> faults.addAll(early(plan, file, told)));
    if (plan.way() == BootPlan.Way.BOOT) {
      planner.script(plan).ifText().ifPresent(text -> faults.addAll(line(plan, text, scope)));
    }
    return List.copyOf(faults);
  }

  private List<Fault> early(BootPlan plan, Script file, Optional<Told> told) {
    String text = planner.rendered(file, plan, false).ifText().orElse("");
    List<Fault> faults = new ArrayList<>();
    if (file.name().equals(Told.OVERLAY_FILE)
        && told.filter(t -> t.channel() == Channel.OVERLAY).isPresent()) {
      faults.add(
          new Fault(
              file.file(),
              Finding.error(1, "made from role.yaml as well, wanted it in the file cloud-config")));
    }
    CloudConfigLinter.lint(text, Channel.OVERLAY)
        .forEach(finding -> faults.add(fault(plan, file, text, finding)));
    return faults;
  }

  private static String roleFile(Role role) {
    return "cloud-init/" + role.name() + "/role.yaml";
  }

  /** The command line as the script has it, with all that the script adds. */
  private List<Fault> line(BootPlan plan, String script, Map<String, Object> scope) {
    Role role = plan.role().orElseThrow().value();
    String file = roleFile(role);
    boolean wanted = wanting(plan).isPresent();
    String arguments = planner.arguments(plan, scope).ifText().orElse("");
    String path = plan.site().script(role.boot()).file();
    List<Fault> faults = new ArrayList<>();
    List<String> lines = script.lines().toList();
    if (wanted && !plan.site().script(role.boot()).text().contains("{{ rancheros.arguments }}")) {
      faults.add(
          new Fault(
              file,
              Finding.error(
                  1,
                  "boot: what is wanted here goes by {{ rancheros.arguments }}, which the script "
                      + role.boot()
                      + " does not have, wanted rancheros")));
    }
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).strip().split("\\s+", 3);
      if (!words[0].equals("kernel") || words.length < 3) {
        continue;
      }
      String line = words[2].replaceFirst("\\s*\\|\\|.*", "");
      String name = words[1].substring(words[1].lastIndexOf('/') + 1);
      for (Finding finding : KernelLine.check(line, name)) {
        String key = finding.message().substring(0, finding.message().indexOf(':'));
        boolean ofRole = arguments.contains(key) || wanted || !script.contains(key);
        faults.add(
            ofRole
                ? new Fault(file, at(role.wants().argumentsLine(), finding))
                : new Fault(path, at(i + 1, finding)));
      }
    }
    return faults;
  }

  private static Finding at(int line, Finding finding) {
    return new Finding(line, finding.severity(), finding.message());
  }

  private Fault fault(BootPlan plan, Script template, String rendered, Finding finding) {
    TemplateLines lines =
        TemplateLines.read(
            planner.rendered(TemplateLines.marked(template), plan, false), rendered, template);
    return new Fault(template.file(), at(lines.lineOf(finding.line()), finding));
  }

  /**
   * A finding in a file of the site.
   *
   * @param file relative to the site's folder
   * @param ofValue whether it is about a value that machines may be given otherwise
   * @param absent whether it is about a value that is not there yet
   */
  record Fault(String file, Finding finding, boolean ofValue, boolean absent) {
    Fault(String file, Finding finding) {
      this(file, finding, false, false);
    }

    BootPlan.Trouble trouble() {
      return DocumentCheck.trouble(
          absent ? Reason.VARIABLE_MISSING : Reason.DOCUMENT_INVALID, toString());
    }

    boolean isError() {
      return finding.severity() == Finding.Severity.ERROR;
    }

    /** As an operator looks for it. */
    @Override
    public String toString() {
      return file + ":" + finding.line() + " " + finding.message();
    }

    Problem problem() {
      Problem.Severity severity =
          switch (finding.severity()) {
            case ERROR -> Problem.Severity.ERROR;
            case WARNING -> Problem.Severity.WARNING;
          };
      return new Problem(severity, file, finding.line(), "", finding.message());
    }
  }
}
