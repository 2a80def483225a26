package io.arranque.systems;

import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Rendered;
import io.arranque.plan.Templates;
import io.arranque.site.Catalogue;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A role of this repository as one machine gets it.
 *
 * @param values which of its variables were set
 * @param files the script as {@code script.ipxe}, documents by their names, the overlay's files
 *     below {@code overlay/}
 */
record ShippedRole(Role role, Values values, SortedMap<String, String> files) {
  /** The more is set, the more of a template is used, and the less of what stands after "else". */
  enum Values {
    /** What has to be. */
    LEAST,
    /** Everything. */
    MOST
  }

  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final String NONCE = "0123456789abcdef0123456789abcdef";
  private static final Hardware OFFICE_PC =
      new Hardware(
          Optional.of(UUID.fromString("4c4c4544-0042-3510-8052-b4c04f4a3732")),
          Optional.of("B5RJ72"),
          Optional.of("Dell Inc."),
          Optional.of("OptiPlex 7010"),
          Optional.of("uefi-x64"));

  /** What `image add` gives an image from a CD of Ubuntu; the only ISO that a role here needs. */
  private static final String OF_AN_ISO =
      "ip=dhcp boot=casper netboot=url url={{ image.url }}/image.iso";

  /** Samples for names whose values have a form that their type does not say. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "ssh-key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample lab@example",
          "password-hash", "$6$salt$x.Y/z",
          "packages", "htop tmux",
          "node-labels", "gpu=yes, disk=ssd",
          "node-taints", "exam=running:NoSchedule",
          "tls-names", "k3s.lab.example,192.168.33.2",
          "k3s-version", "v1.31.5+k3s1",
          "container-options", "-v /mnt/data/kiosk:/data",
          "extra-arguments", "console=ttyS0");

  /** Each role of the repository, with the least and with all of its values. */
  static List<ShippedRole> all() {
    try {
      Path folder = Files.createTempDirectory("site");
      Site site = withImages(ExampleSite.in(folder));
      return site.roles().values().stream()
          .flatMap(role -> Stream.of(Values.values()).map(v -> render(site, role, v)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With images as the catalogue makes them; their files are never looked at here. */
  private static Site withImages(Site site) {
    Catalogue catalogue = Catalogue.load(Path.of(""));
    SortedMap<String, Image> images = new TreeMap<>(site.images());
    for (Image image : site.images().values()) {
      Catalogue.Entry entry = catalogue.entries().get(image.name());
      if (entry != null) {
        String arguments = entry.iso().isPresent() ? OF_AN_ISO : entry.arguments();
        images.put(
            image.name(),
            new Image(
                image.name(),
                entry.version(),
                "vmlinuz",
                entry.iso().isPresent() ? List.of("initrd") : entry.initrds(),
                arguments.replace(Catalogue.VERSION, entry.version().orElse(""))));
      }
    }
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

  private static ShippedRole render(Site site, Role role, Values values) {
    Machine machine =
        new Machine(
            MAC,
            new Assignment(
                Optional.of("pc-07"),
                Optional.of("sala5"),
                Optional.of("7"),
                Optional.of(role.name()),
                vars(role, values)),
            OFFICE_PC,
            Optional.of("sala5"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Reach reach =
        new Reach(
            Optional.of(site.segments().get("sala5")),
            Ipv4.of("192.168.33.1"),
            Optional.of(Ipv4.of("192.168.33.107")),
            Optional.of(NONCE));
    Client client = new Client(MAC, Client.Kind.IPXE, Optional.of(7), OFFICE_PC);
    Planner planner = new Planner(new Templates());
    BootPlan plan = planner.plan(new PlanRequest(site, FixedInventory.of(machine), client, reach));
    if (!plan.troubles().isEmpty()) {
      throw new AssertionError(role.name() + ": " + plan.troubles());
    }
    SortedMap<String, String> files = new TreeMap<>();
    files.put("script.ipxe", text(planner.script(plan)));
    for (String document : plan.documents()) {
      files.put(document, text(planner.document(plan, document).orElseThrow()));
    }
    planner.overlay(plan).forEach((path, file) -> files.put("overlay/" + path, text(file)));
    return new ShippedRole(role, values, files);
  }

  private static Map<String, String> vars(Role role, Values values) {
    Map<String, String> set = new TreeMap<>();
    role.vars()
        .forEach(
            (name, var) -> {
              boolean unset = var.defaultValue().isEmpty() || var.type() == VarType.BOOLEAN;
              if (var.required() || (values == Values.MOST && unset)) {
                set.put(name, SAMPLES.getOrDefault(name, sample(name, var.type())));
              }
            });
    return set;
  }

  private static String sample(String name, VarType type) {
    return switch (type) {
      case STRING, SECRET -> "the-" + name;
      case INTEGER -> "1";
      case BOOLEAN -> "true";
      case URL -> "https://" + name + ".example";
      case DEVICE -> "/dev/sdb";
    };
  }

  private static String text(Rendered rendered) {
    return rendered.ifText().orElseThrow(() -> new AssertionError(rendered.toString()));
  }

  @Override
  public String toString() {
    return role.name() + " with " + values.name().toLowerCase(Locale.ROOT);
  }
}
