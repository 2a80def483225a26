package io.arranque.cli;

import io.arranque.images.ImageStore;
import io.arranque.images.ImageStore.FileCheck;
import io.arranque.site.Catalogue;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.site.StoredImage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque image …}: kernels and initrds of the site. */
@Command(
    name = "image",
    description = "Adds, checks, rolls back and removes kernels and initrds.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ImageAddCommand.class})
final class ImageCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "what of images? add, list, show, verify, rollback, remove or catalogue");
  }

  @Command(name = "list", description = "All images of the site.")
  void list(@Mixin ImageOptions options) {
    ImageStore store = options.store();
    List<StoredImage> images = store.list();
    if (images.isEmpty()) {
      out().println("There are no images. 'arranque image catalogue' lists what can be added.");
    }
    for (StoredImage stored : images) {
      Image image = stored.image();
      out()
          .printf(
              "%-20s %-16s %10s  %s%n",
              image.name(), image.version().orElse("-"), size(store.bytes(image)), state(stored));
    }
    out().flush();
  }

  @Command(name = "show", description = "One image with its versions and files.")
  void show(
      @Mixin ImageOptions options,
      @Parameters(paramLabel = "NAME", description = "The image's folder in images/.")
          String name) {
    ImageStore store = options.store();
    StoredImage stored = ImageOptions.run(() -> store.image(name));
    Image image = stored.image();
    out().println(name + ": " + state(stored));
    line("version", image.version());
    line("before that", stored.previous());
    line("architecture", image.details().architecture());
    line("arguments", Optional.of(image.arguments()).filter(text -> !text.isEmpty()));
    image
        .details()
        .files()
        .forEach(
            (file, known) ->
                out()
                    .printf(
                        "  %-24s %10s  %s%n    from %s%n",
                        file,
                        known.size().map(ImageCommand::size).orElse("?"),
                        known.sha256().orElse("no checksum"),
                        known.from().orElse("somebody's hand")));
    stored
        .versions()
        .forEach((version, of) -> out().printf("version %s, %s%n", version, size(store.bytes(of))));
    stored.problems().all().forEach(problem -> out().println(problem));
    out().flush();
  }

  @Command(
      name = "verify",
      description = "Reads every file and compares with its checksum; exit 1 when one is wrong.")
  int verify(
      @Mixin ImageOptions options,
      @Parameters(paramLabel = "NAME", arity = "0..*", description = "Default: all images.")
          @Nullable List<String> names,
      @Option(
              names = "--version",
              paramLabel = "V",
              description = "Another version than the active one.")
          @Nullable String version) {
    ImageStore store = options.store();
    List<String> which = names == null ? StoredImage.names(options.site()) : names;
    boolean good = true;
    for (String name : which) {
      List<FileCheck> checks =
          ImageOptions.run(() -> store.verify(name, Optional.ofNullable(version)));
      for (FileCheck check : checks) {
        out()
            .printf(
                "%s/%s: %s%s%n",
                name,
                check.file(),
                word(check.state()),
                check.state() == FileCheck.State.BROKEN ? ", " + check.detail() : "");
        good &= check.state() != FileCheck.State.BROKEN;
        good &= check.state() != FileCheck.State.MISSING;
      }
    }
    out().flush();
    return good ? 0 : 1;
  }

  @Command(
      name = "rollback",
      description = "Makes the version before the present one the active one, or any other.")
  void rollback(
      @Mixin ImageOptions options,
      @Parameters(index = "0", paramLabel = "NAME", description = "The image.") String name,
      @Option(
              names = "--version",
              paramLabel = "V",
              description = "Default: the one that was active before.")
          @Nullable String version) {
    String now =
        ImageOptions.run(() -> options.store().rollback(name, Optional.ofNullable(version)));
    out().println(name + " is now at version " + now);
    out().flush();
  }

  @Command(name = "remove", description = "Removes a version, or an image with all its versions.")
  void remove(
      @Mixin ImageOptions options,
      @Parameters(index = "0", paramLabel = "NAME", description = "The image.") String name,
      @Option(
              names = "--version",
              paramLabel = "V",
              description = "Only this version; not the active one.")
          @Nullable String version,
      @Option(names = "--force", description = "Also an image that a role boots.") boolean force) {
    if (version == null && !force) {
      List<String> roles =
          SiteLoader.load(options.site()).draft().map(Site::roles).stream()
              .flatMap(all -> all.values().stream())
              .filter(role -> role.image().filter(name::equals).isPresent())
              .map(Role::name)
              .toList();
      if (!roles.isEmpty()) {
        throw new Failure(
            "the image %s is what %s boots; --force removes it all the same"
                .formatted(name, String.join(", ", roles)));
      }
    }
    ImageOptions.run(
        () -> {
          options.store().remove(name, Optional.ofNullable(version));
          return name;
        });
    out().println("removed: " + name + (version == null ? "" : " version " + version));
    out().flush();
  }

  @Command(name = "catalogue", description = "The well-known systems of images/catalogue.yaml.")
  int catalogue(@Mixin ImageOptions options) {
    Catalogue catalogue = Catalogue.load(options.site());
    for (Catalogue.Entry entry : catalogue.entries().values()) {
      out()
          .printf(
              "%-24s %-14s %s%n", entry.name(), entry.version().orElse(""), entry.description());
    }
    catalogue.problems().all().forEach(problem -> out().println(problem));
    out().flush();
    return catalogue.problems().isEmpty() ? 0 : 1;
  }

  private static String state(StoredImage stored) {
    Image image = stored.image();
    if (stored.missing().isPresent()) {
      return "incomplete: no " + stored.missing().get();
    }
    String versions =
        stored.versions().size() > 1 ? ", " + stored.versions().size() + " versions" : "";
    return (image.details().cache() ? "fetched when a machine asks" : "complete") + versions;
  }

  private static String word(FileCheck.State state) {
    return switch (state) {
      case GOOD -> "good";
      case BROKEN -> "BROKEN";
      case MISSING -> "MISSING";
      case UNKNOWN -> "there, no checksum is written down";
      case NOT_YET -> "is fetched when a machine asks";
    };
  }

  static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private void line(String what, Optional<String> value) {
    value.ifPresent(text -> out().printf("  %-24s %s%n", what, text));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
