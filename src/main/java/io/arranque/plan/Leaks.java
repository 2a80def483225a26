package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.site.Role;
import io.arranque.site.Site;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds secrets where they cannot be kept: in a script, which anybody on the wire may ask for, and
 * in kernel arguments, which every process of the machine can read in {@code /proc/cmdline}.
 * Rendered twice with different values the script must be the same, whatever filters it passes them
 * through.
 */
final class Leaks {
  private static final Mac MAC = Mac.of("52:54:00:00:00:01");
  private static final Ipv4 SERVER = Ipv4.of("192.0.2.1");

  private Leaks() {}

  /**
   * The place of the first secret in the role's script or arguments.
   *
   * @param values of the role's variables, so that it renders
   */
  static Optional<Rendered.Broken> of(
      Planner planner, Site site, Role role, Map<String, String> values) {
    if (site.secretNames().isEmpty()) {
      return Optional.empty();
    }
    Rendered one = planner.script(plan(planner, site, role, values, "canary-1-uvwxyz"));
    Rendered other = planner.script(plan(planner, site, role, values, "the-other-canary-2"));
    boolean same = one.equals(other) || one.ifText().isEmpty() || other.ifText().isEmpty();
    return same ? Optional.empty() : Optional.of(place(site, role));
  }

  private static BootPlan plan(
      Planner planner, Site site, Role role, Map<String, String> values, String canary) {
    Map<String, String> vars = new TreeMap<>(values);
    site.secretNames().forEach(name -> vars.put(name, canary));
    Machine machine =
        Machine.unknown(MAC)
            .with(
                new Assignment(
                    Optional.of("pc-01"),
                    Optional.empty(),
                    Optional.of("1"),
                    Optional.of(role.name()),
                    vars));
    Reach reach =
        new Reach(
            site.segments().values().stream().findFirst(),
            SERVER,
            Optional.empty(),
            Optional.of("0".repeat(32)));
    Client client = new Client(MAC, Client.Kind.IPXE, Optional.of(0), Hardware.UNKNOWN);
    return planner.plan(new PlanRequest(site, FixedInventory.of(machine), client, reach));
  }

  private static Rendered.Broken place(Site site, Role role) {
    String yaml = "cloud-init/" + role.name() + "/role.yaml";
    for (String name : site.secretNames()) {
      Pattern word = Pattern.compile("\\b" + Pattern.quote(Variables.templateName(name)) + "\\b");
      if (word.matcher(role.arguments()).find()) {
        return new Rendered.Broken(yaml, 0, message(name, "kernel arguments, which every process"));
      }
      String[] lines = site.script(role.boot()).text().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (word.matcher(lines[i]).find()) {
          return new Rendered.Broken(
              site.script(role.boot()).file(),
              i + 1,
              message(name, "an iPXE script, which everybody on the wire"));
        }
      }
    }
    return new Rendered.Broken(
        yaml, 0, message("of a variable", "the script or kernel arguments, which others"));
  }

  private static String message(String name, String where) {
    return "the secret %s would stand in %s can read, wanted it in a document or the overlay"
        .formatted(name, where);
  }
}
