package io.arranque.site;

import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.SiteReader.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the files of a site must be to each other. */
final class SiteRules {
  /**
   * The loaders of the planner's firmware table that Debian packages; a missing one of another
   * architecture is said when such a machine comes.
   */
  private static final List<String> LOADERS = List.of("undionly.kpxe", "snponly.efi");

  /** What the appliance itself hands out: first of all, without a role, and when in trouble. */
  private static final List<String> SCRIPTS = List.of("boot", "discover", "error");

  /** The only image that nobody can download. */
  private static final String LAB_IMAGE = "lab";

  private static final String REMEDY = "'arranque image add' fetches it, see images/README.md";

  private final ProblemCollector problems;

  SiteRules(ProblemCollector problems) {
    this.problems = problems;
  }

  void checkSegments(Collection<Read<Segment>> segments, Collection<String> roleNames) {
    List<Read<Segment>> earlier = new ArrayList<>();
    for (Read<Segment> read : segments) {
      earlier.forEach(other -> checkApart(read, other));
      earlier.add(read);
      if (read.value().unknownMachines() instanceof UnknownMachines.Use use
          && !roleNames.contains(use.role())) {
        List<String> words = new ArrayList<>(List.of("discover", "ignore"));
        words.addAll(roleNames);
        unknown(read.fields(), "unknown-machines", "role", use.role(), words);
      }
    }
  }

  private static void checkApart(Read<Segment> read, Read<Segment> other) {
    Segment segment = read.value();
    Segment neighbour = other.value();
    String place = other.fields().file() + ":";
    if (segment.subnet().overlaps(neighbour.subnet())) {
      read.fields()
          .error(
              "subnet",
              "overlapping subnets, wanted addresses of one segment only, got %s beside %s in %s%d"
                  .formatted(
                      segment.subnet(), neighbour.subnet(), place, other.fields().line("subnet")));
    }
    boolean sameCard =
        segment.interfaceName().isPresent()
            && segment.interfaceName().equals(neighbour.interfaceName());
    boolean bothServe = segment.mode() != Segment.Mode.OFF && neighbour.mode() != Segment.Mode.OFF;
    if (sameCard && bothServe && segment.mode() != neighbour.mode()) {
      // Either another server gives the addresses on that wire or none does.
      read.fields()
          .error(
              "mode",
              "two modes on one wire, wanted that of %s%d, which has the same card, got %s"
                  .formatted(
                      place,
                      other.fields().line("mode"),
                      segment.mode().name().toLowerCase(Locale.ROOT)));
    }
  }

  void checkRoles(Collection<Read<Role>> roles, Collection<String> scriptNames) {
    for (Read<Role> read : roles) {
      String boot = read.value().boot();
      if (!scriptNames.contains(boot)) {
        unknown(read.fields(), "boot", "script", boot, scriptNames);
      }
    }
  }

  /**
   * Images are not kept in git, so a fresh clone has none: a warning, never an error.
   *
   * @param missing names of images, and the first file each of them lacks
   */
  void checkImages(
      Collection<Read<Role>> roles, Set<String> imageNames, Map<String, String> missing) {
    Set<String> absent = absent(roles, imageNames);
    // A site that has a role for each system lacks most images, and wants none of them today.
    boolean many = absent.size() > 1;
    if (many) {
      String names = String.join(", ", absent);
      problems.warning("images", 1, "", "missing images, wanted " + names + ": " + REMEDY);
    }
    Set<String> told = new HashSet<>(many ? absent : Set.of());
    for (Read<Role> read : roles) {
      String image = read.value().image().orElse("");
      if ((absent.contains(image) || missing.containsKey(image)) && told.add(image)) {
        read.fields().warning("image", incomplete(image, missing.getOrDefault(image, "vmlinuz")));
      }
    }
    missing.forEach(
        (image, file) -> {
          if (told.add(image)) {
            problems.warning("images/" + image, 1, "", incomplete(image, file));
          }
        });
  }

  /** Images of roles that have not even a folder. */
  private static Set<String> absent(Collection<Read<Role>> roles, Set<String> imageNames) {
    return roles.stream()
        .flatMap(read -> read.value().image().stream())
        .filter(image -> !imageNames.contains(image))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String incomplete(String image, String file) {
    String remedy = image.equals(LAB_IMAGE) ? "src/lab/build-image images/lab builds it" : REMEDY;
    return "incomplete image, wanted images/" + image + "/" + file + ": " + remedy;
  }

  void checkScripts(Collection<String> scriptNames) {
    for (String name : SCRIPTS) {
      if (!scriptNames.contains(name)) {
        problems.error("ipxe-scripts/" + name + ".ipxe", 1, "", "missing, wanted it in every site");
      }
    }
  }

  void checkLoaders(Set<String> loaders) {
    List<String> missing = LOADERS.stream().filter(name -> !loaders.contains(name)).toList();
    if (!missing.isEmpty()) {
      problems.warning(
          "tftp",
          1,
          "",
          "missing loaders, wanted them to start PCs, got no %s: run sudo ./arranque setup"
              .formatted(String.join(", ", missing)));
    }
  }

  private static void unknown(
      Fields fields, String key, String kind, String got, Collection<String> words) {
    String wanted = words.isEmpty() ? "one" : String.join(" or ", words);
    String message =
        "no such %s, wanted %s, got %s%s"
            .formatted(kind, wanted, ProblemCollector.quoted(got), Spelling.hint(got, words));
    fields.error(key, message);
  }
}
