package io.arranque.web.files;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.editor.SitePath;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Difference;
import io.arranque.plan.Given;
import io.arranque.plan.Impact;
import io.arranque.plan.Planned;
import io.arranque.plan.Planner;
import io.arranque.plan.Preview;
import io.arranque.plan.Rendered;
import io.arranque.plan.Supposition;
import io.arranque.plan.WhatIf;
import io.arranque.site.Role;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine would be handed if an edit were saved, beside what it is handed now. Secrets are
 * masked.
 */
final class FilePreview {
  private final Parts parts;

  FilePreview(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param mac of the machine; empty: a made-up one, as there is none with that role
   * @param role that it is shown in; empty when it has none
   * @param supposed whether it has another one really
   * @param shown what the edited file becomes; none for files that become no text
   * @param difference to what the machine gets now
   */
  record Shown(
      Optional<Mac> mac,
      String name,
      String role,
      boolean supposed,
      List<Preview.Part> shown,
      Difference difference) {}

  /**
   * @param wanted the machine that somebody chose; empty: one whose boot the file is part of
   */
  Shown of(SitePath path, Site before, Site draft, Optional<Mac> wanted) {
    Inventory inventory = parts.book().view();
    Optional<String> role = roleOf(path, draft, inventory, wanted);
    Optional<Mac> chosen =
        wanted
            .filter(mac -> inventory.machine(mac).isPresent())
            .or(() -> role.flatMap(name -> somebody(before, inventory, name)))
            .or(() -> role.isEmpty() ? anybody(inventory) : Optional.empty());
    if (chosen.isEmpty() && role.isEmpty()) {
      return new Shown(
          Optional.empty(),
          "",
          "",
          false,
          fixed(path, draft, Optional.empty()),
          new Difference(List.of()));
    }
    Inventory who =
        chosen.isPresent() ? inventory : Impact.standIns(new Impact.Change(before, draft));
    Mac mac = chosen.orElseGet(() -> standIn(who, role.orElseThrow()));
    Optional<String> has = roleName(plan(draft, who, mac, Optional.empty()));
    Optional<String> supposed = role.filter(name -> has.filter(name::equals).isEmpty());
    BootPlan then = plan(draft, who, mac, supposed);
    BootPlan now = plan(before, who, mac, supposed);
    Preview preview = Preview.of(parts.planner(), then);
    return new Shown(
        chosen,
        then.hostname().value(),
        role.or(() -> has).orElse(""),
        chosen.isPresent() && supposed.isPresent(),
        shown(path, draft, preview),
        Difference.between(
            Given.masked(parts.planner(), now),
            Given.masked(parts.planner(), then),
            "in force",
            "as typed"));
  }

  private List<Preview.Part> shown(SitePath path, Site draft, Preview preview) {
    List<Preview.Part> all = new ArrayList<>(List.of(preview.script()));
    all.addAll(preview.documents());
    all.addAll(preview.overlay());
    List<Preview.Part> parts =
        path.kind() == SitePath.Kind.ROLE
            ? all
            : all.stream().filter(part -> part.file().equals(path.text())).toList();
    return parts.isEmpty() ? fixed(path, draft, Optional.of(preview.plan())) : parts;
  }

  /** Scripts that no role names. */
  private List<Preview.Part> fixed(SitePath path, Site draft, Optional<BootPlan> plan) {
    Optional<Rendered> text = Optional.empty();
    if (path.text().equals(script(Planner.FIRST_SCRIPT))) {
      Ipv4 server = parts.serverAddress().apply(draft.segments().values().stream().findFirst());
      text = Optional.of(parts.planner().firstScript(draft, server));
    } else if (path.text().equals(script(Planner.ERROR_SCRIPT)) && plan.isPresent()) {
      BootPlan.Trouble trouble = new BootPlan.Trouble(Reason.INTERNAL_ERROR, "");
      text = Optional.of(parts.planner().errorScript(draft, plan.get(), trouble));
    }
    return text.stream()
        .map(t -> new Preview.Part(path.name(), path.text(), "ipxe", t, List.of()))
        .toList();
  }

  /** The role that is to be shown; {@code -} for none at all. */
  private Optional<String> roleOf(
      SitePath path, Site draft, Inventory inventory, Optional<Mac> wanted) {
    if (path.text().equals(script(Planner.DISCOVER_SCRIPT))) {
      return Optional.of("-");
    }
    List<String> users =
        draft.roles().values().stream().filter(r -> uses(r, path)).map(Role::name).toList();
    Optional<String> own =
        wanted.flatMap(mac -> roleName(plan(draft, inventory, mac, Optional.empty())));
    return own.filter(users::contains)
        .or(() -> users.stream().filter(n -> somebody(draft, inventory, n).isPresent()).findFirst())
        .or(() -> users.stream().findFirst());
  }

  /** Whether a machine of the role is handed what is made of this file. */
  static boolean uses(Role role, SitePath path) {
    return path.text().equals("cloud-init/" + role.name() + "/role.yaml")
        || path.text().equals(script(role.boot()))
        || Stream.concat(role.documents().values().stream(), role.overlay().values().stream())
            .anyMatch(document -> document.file().equals(path.text()));
  }

  private static String script(String name) {
    return "ipxe-scripts/" + name + ".ipxe";
  }

  private Optional<Mac> somebody(Site site, Inventory inventory, String role) {
    return inventory.machines().stream()
        .map(Machine::mac)
        .filter(
            mac -> roleName(plan(site, inventory, mac, Optional.empty())).orElse("-").equals(role))
        .findFirst();
  }

  private static Optional<Mac> anybody(Inventory inventory) {
    return inventory.machines().stream().map(Machine::mac).findFirst();
  }

  private static Mac standIn(Inventory inventory, String role) {
    return inventory.machines().stream()
        .filter(m -> m.assignment().role().filter(role::equals).isPresent())
        .findFirst()
        .or(() -> inventory.machines().stream().findFirst())
        .map(Machine::mac)
        .orElse(Mac.of("02:00:00:00:00:00"));
  }

  /** As if it were armed: what is shown is what the machine gets when it gets anything. */
  private BootPlan plan(Site site, Inventory inventory, Mac mac, Optional<String> role) {
    Inventory supposed =
        new Supposition(role, Optional.empty(), Optional.empty()).about(mac, inventory);
    WhatIf asIpxe =
        new WhatIf(io.arranque.plan.Client.Kind.IPXE, Optional.empty(), Optional.empty());
    return parts.planner().plan(asIpxe.about(mac, site, supposed, parts.serverAddress()));
  }

  private static Optional<String> roleName(BootPlan plan) {
    return plan.role().map(Planned::value).map(Role::name);
  }
}
