package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Standing;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.site.Image;
import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.Role;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Renders every script and document of a site for a made-up machine, so that a broken template is
 * found when it is saved and not when forty PCs boot.
 */
public final class Rehearsal {
  private static final Mac MAC = Mac.of("52:54:00:00:00:01");
  private static final Ipv4 SERVER = Ipv4.of("192.0.2.1");
  private static final Ipv4 ADDRESS = Ipv4.of("192.0.2.2");

  private final Planner planner;
  private final Set<Rendered.Broken> broken = new LinkedHashSet<>();
  private final Set<Problem> judged = new LinkedHashSet<>();

  private Rehearsal(Planner planner) {
    this.planner = planner;
  }

  /**
   * The outcome of loading with the templates' faults added to its problems: a site whose templates
   * do not render is as broken as one whose YAML is.
   */
  public static Loaded vet(Planner planner, Loaded loaded) {
    return loaded.with(
        loaded.draft().map(draft -> played(planner, draft).problems()).orElse(List.of()));
  }

  /** What cannot be rendered, in the order of roles and documents; each fault once. */
  static List<Rendered.Broken> of(Planner planner, Site site) {
    return List.copyOf(played(planner, site).broken);
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    broken.forEach(
        fault ->
            problems.add(
                new Problem(
                    Problem.Severity.ERROR,
                    fault.file(),
                    Math.max(1, fault.line()),
                    "",
                    fault.message())));
    problems.addAll(judged);
    return problems;
  }

  private static Rehearsal played(Planner planner, Site site) {
    if (!site.scripts().keySet().containsAll(Planner.REQUIRED_SCRIPTS)) {
      // The loader has said so; without them there is nothing to rehearse with.
      return new Rehearsal(planner);
    }
    Rehearsal rehearsal = new Rehearsal(planner);
    rehearsal.note(planner.firstScript(site, SERVER));
    rehearsal.play(site, Optional.empty());
    for (Role role : site.roles().values()) {
      rehearsal.play(withStandInImage(site, role), Optional.of(role));
      Leaks.of(planner, withStandInImage(site, role), role, values(role))
          .ifPresent(rehearsal.broken::add);
    }
    return rehearsal;
  }

  private void play(Site site, Optional<Role> role) {
    // With the values that are really set, a forgotten secret would hide every other fault.
    Machine machine =
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.of("pc-01"),
                    Optional.empty(),
                    Optional.of("1"),
                    role.map(Role::name),
                    role.map(Rehearsal::values).orElse(Map.of())));
    Client client = new Client(MAC, Client.Kind.IPXE, Optional.of(0), Hardware.UNKNOWN);
    Reach reach =
        new Reach(
            site.segments().values().stream().findFirst(),
            SERVER,
            Optional.of(ADDRESS),
            Optional.of("0".repeat(32)));
    BootPlan plan = planner.plan(new PlanRequest(site, FixedInventory.of(machine), client, reach));
    note(planner.script(plan));
    Standing third =
        new Standing(3, 12, false, Optional.of(Duration.ofMinutes(2)), Duration.ofSeconds(4));
    note(
        planner.script(
            planner.plan(new PlanRequest(site, FixedInventory.of(machine), client, reach, third))));
    note(planner.errorScript(site, plan, new BootPlan.Trouble(Reason.INTERNAL_ERROR, "")));
    for (String document : plan.documents()) {
      planner.document(plan, document).ifPresent(this::note);
    }
    planner.overlay(plan).values().forEach(this::note);
    planner.documentCheck().of(plan).forEach(document -> judged.addAll(document.problems()));
    // Of our made-up values only what would be lost; a real one may be a better one.
    planner.faults(plan).stream()
        .filter(fault -> (fault.isError() && !fault.absent()) || !fault.ofValue())
        .forEach(fault -> judged.add(fault.problem()));
  }

  private void note(Rendered rendered) {
    if (rendered instanceof Rendered.Broken fault) {
      broken.add(fault);
    }
  }

  /** Images are not committed: their absence is the loader's warning and no template's fault. */
  private static Site withStandInImage(Site site, Role role) {
    if (role.image().isEmpty() || site.images().containsKey(role.image().get())) {
      return site;
    }
    String name = role.image().get();
    TreeMap<String, Image> images = new TreeMap<>(site.images());
    images.put(name, new Image(name, Optional.empty(), "vmlinuz", List.of("initrd"), ""));
    return new Site(
        site.folder(),
        site.settings(),
        site.segments(),
        site.roles(),
        site.scripts(),
        images,
        site.loaders(),
        site.quirks());
  }

  static Map<String, String> values(Role role) {
    Map<String, String> values = new TreeMap<>();
    role.vars()
        .forEach(
            (name, var) -> {
              if (var.defaultValue().isEmpty()) {
                values.put(name, sample(var.type()));
              }
            });
    return values;
  }

  private static String sample(VarType type) {
    return switch (type) {
      case STRING, SECRET -> "sample";
      case INTEGER -> "1";
      case BOOLEAN -> "true";
      case URL -> "https://server.example";
      case DEVICE -> "/dev/sda";
    };
  }
}
