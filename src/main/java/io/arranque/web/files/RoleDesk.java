package io.arranque.web.files;

import io.arranque.editor.SitePath;
import io.arranque.people.Grant;
import io.arranque.plan.Planned;
import io.arranque.site.Role;
import io.arranque.site.Rule;
import io.arranque.site.Script;
import io.arranque.site.Site;
import io.arranque.web.base.Parts;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.MachineView;
import io.arranque.web.views.Views.VarView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Roles with all that makes them up, those that are broken on disk too. */
final class RoleDesk {
  /** More are counted and not named. */
  private static final int NAMED_MAX = 100;

  private final Parts parts;
  private final Desk desk;
  private final FileSaves saves;

  RoleDesk(Parts parts, Desk desk, FileSaves saves) {
    this.parts = parts;
    this.desk = desk;
    this.saves = saves;
  }

  /**
   * @param inForce whether it is in the site that is in force
   * @param problems of its files, as they are on disk
   * @param warnings how many of them are only warnings
   */
  record RoleRow(
      String name,
      String description,
      String boot,
      String image,
      long machines,
      int documents,
      int values,
      List<String> match,
      boolean inForce,
      List<String> problems,
      int warnings) {}

  /**
   * A file of a role.
   *
   * @param served the name or path by which machines get it; empty: it is none of theirs
   */
  record RoleFile(String path, String name, String kind, String served, List<String> problems) {}

  /**
   * A value that the role sets.
   *
   * @param secret in a word where a secret comes from: {@code file}, {@code text}; empty: it is
   *     none
   */
  record RoleValue(String name, String value, String secret) {}

  record RoleMachine(String id, String name, String room, String state, String origin) {}

  /**
   * @param files those of its folder, its script and the shared documents that it takes
   * @param more how many machines are not named
   */
  record RoleDetail(
      RoleRow row,
      String arguments,
      String policy,
      List<VarView> vars,
      List<RoleValue> values,
      List<RoleFile> files,
      List<RoleMachine> machines,
      long more) {}

  List<RoleRow> rows() {
    Site site = parts.site().get();
    Map<String, Long> machines =
        desk.machines().stream()
            .collect(Collectors.groupingBy(MachineView::plannedRole, Collectors.counting()));
    Set<String> names = new TreeSet<>(site.roles().keySet());
    saves.files().list().stream().flatMap(path -> path.role().stream()).forEach(names::add);
    return names.stream().map(name -> row(site, name, machines.getOrDefault(name, 0L))).toList();
  }

  private RoleRow row(Site site, String name, long machines) {
    Optional<Role> role = Optional.ofNullable(site.roles().get(name));
    List<String> problems = problems(SitePath.ROLES + "/" + name + "/");
    return new RoleRow(
        name,
        role.map(Role::description).orElse(""),
        role.map(Role::boot).orElse(""),
        role.flatMap(Role::image).orElse(""),
        machines,
        role.map(r -> r.documents().size() + r.overlay().size()).orElse(0),
        role.map(r -> r.values().size()).orElse(0),
        role.map(r -> r.match().stream().map(RoleDesk::rule).toList()).orElse(List.of()),
        role.isPresent(),
        problems,
        (int) problems.stream().filter(p -> p.contains(": warning: ")).count());
  }

  private static String rule(Rule rule) {
    return rule.texts().entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private List<String> problems(String prefix) {
    return parts.problems().get().stream().filter(line -> line.startsWith(prefix)).toList();
  }

  Optional<RoleDetail> detail(String name) {
    Site site = parts.site().get();
    Optional<Role> role = Optional.ofNullable(site.roles().get(name));
    List<RoleFile> files = files(role, name);
    if (files.isEmpty() && role.isEmpty()) {
      return Optional.empty();
    }
    List<MachineView> having = having(name);
    return Optional.of(
        new RoleDetail(
            row(site, name, having.size()),
            role.map(Role::arguments).orElse(""),
            role.map(r -> r.policy().boot().label()).orElse(""),
            role.map(r -> r.vars().entrySet().stream().map(RoleDesk::var).toList())
                .orElse(List.of()),
            role.map(r -> values(site, r)).orElse(List.of()),
            files,
            having.stream()
                .limit(NAMED_MAX)
                .map(
                    m ->
                        new RoleMachine(
                            m.id(), m.name(), m.plannedRoom(), m.stage().word(), m.roleOrigin()))
                .toList(),
            Math.max(0, having.size() - NAMED_MAX)));
  }

  private static VarView var(Map.Entry<String, Role.Var> var) {
    return Views.var(var.getKey(), var.getValue());
  }

  /** Machines that have the role by whatever rule. */
  List<MachineView> having(String role) {
    return desk.machines().stream().filter(m -> m.plannedRole().equals(role)).toList();
  }

  private static List<RoleValue> values(Site site, Role role) {
    List<RoleValue> values = new ArrayList<>();
    Set<String> secrets = site.secretNames();
    role.values()
        .forEach(
            (name, value) ->
                values.add(
                    secrets.contains(name)
                        ? new RoleValue(name, Planned.MASK, "set")
                        : new RoleValue(name, String.valueOf(value), "")));
    return List.copyOf(values);
  }

  private List<RoleFile> files(Optional<Role> role, String name) {
    Map<String, String> served = new TreeMap<>();
    role.ifPresent(
        r -> {
          r.documents().values().forEach(d -> served.put(d.file(), d.name()));
          r.overlay().values().forEach(d -> served.put(d.file(), "/" + d.name()));
        });
    List<RoleFile> files = new ArrayList<>();
    for (SitePath path : saves.files().list()) {
      if (path.role().filter(name::equals).isPresent()) {
        files.add(file(path, served.getOrDefault(path.text(), "")));
      }
    }
    role.ifPresent(
        r -> {
          r.documents().values().stream()
              .map(Script::file)
              .flatMap(file -> SitePath.parse(file).stream())
              .filter(path -> path.kind() == SitePath.Kind.SHARED)
              .forEach(path -> files.add(file(path, path.name())));
          SitePath.parse("ipxe-scripts/" + r.boot() + ".ipxe")
              .ifPresent(path -> files.add(file(path, "")));
        });
    return List.copyOf(files);
  }

  private RoleFile file(SitePath path, String served) {
    FileViews.FileView view = FileViews.file(path);
    return new RoleFile(view.path(), view.name(), view.kind(), served, problems(path.text() + ":"));
  }

  /** Whether somebody may open the files that are listed. */
  static boolean mayOpen(Grant grant) {
    return grant.operatesEverywhere();
  }
}
