package io.arranque.cli;

import io.arranque.images.CatalogueOrder;
import io.arranque.images.ImageFailure;
import io.arranque.images.Order;
import io.arranque.images.Source;
import io.arranque.site.Catalogue;
import io.arranque.site.StoredImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque image add}. */
@Command(
    name = "add",
    description = {
      "Fetches kernel and initrd, verifies them and makes them the active version of an image.",
      "What broke off goes on when the same command is given again."
    })
final class ImageAddCommand implements Callable<Integer> {
  @Mixin private final ImageOptions options = new ImageOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "The image's name; roles say image: NAME.")
  private String name = "";

  @Option(
      names = "--kernel",
      paramLabel = "URL|FILE",
      description = "The kernel; it becomes images/NAME/vmlinuz.")
  private @Nullable String kernel;

  @Option(
      names = "--initrd",
      paramLabel = "URL|FILE",
      description = "The initrd; may be given several times, in loading order.")
  private List<String> initrds = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "NAME=URL|FILE",
      description = "A further file, such as a root file system.")
  private Map<String, String> files = new LinkedHashMap<>();

  @Option(
      names = "--iso",
      paramLabel = "URL|FILE",
      description = "A CD; kernel and initrd are found inside.")
  private @Nullable String iso;

  @Option(
      names = "--from",
      paramLabel = "ENTRY",
      description = "A system of the catalogue; 'arranque image catalogue' lists them.")
  private @Nullable String entry;

  @Option(
      names = "--sha256",
      paramLabel = "[FILE=]HEX",
      description = {
        "What a file must be: vmlinuz=…, initrd=…; for an ISO or a kernel alone the digits alone.",
        "Without it and --checksums, what comes first is trusted and written down."
      })
  private List<String> sha256 = new ArrayList<>();

  @Option(
      names = "--checksums",
      paramLabel = "URL",
      description = "The makers' list of checksums, such as SHA256SUMS.")
  private @Nullable String checksums;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "A name for this version; default: the catalogue's, else today's date.")
  private @Nullable String release;

  @Option(
      names = "--arguments",
      paramLabel = "TEXT",
      description = "Kernel arguments that every role with this image needs; a template.")
  private @Nullable String arguments;

  @Option(names = "--architecture", paramLabel = "A", description = "For people, e.g. x86-64.")
  private @Nullable String architecture;

  @Option(
      names = "--cache",
      description = "Fetch nothing now, but each file when the first machine asks for it.")
  private boolean cache;

  @Option(
      names = "--no-activate",
      description =
          "Only put it there; 'arranque image rollback NAME --version V' makes it the active one.")
  private boolean inactive;

  @Override
  public Integer call() {
    Order order = ImageOptions.run(this::order);
    PrintWriter err = spec.commandLine().getErr();
    TransferLines lines = new TransferLines(err, isTerminal(), System::nanoTime);
    String version = ImageOptions.run(() -> options.store().add(order, lines));
    spec.commandLine().getOut().println("images/" + name + " has version " + version);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The JDK's answer differs between its releases; the kernel's does not. */
  private static boolean isTerminal() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/2"))
          .toString()
          .matches("/dev/(pts/[0-9]+|tty.*|console)");
    } catch (IOException e) {
      return false;
    }
  }

  private Order order() throws ImageFailure {
    int ways = (kernel == null ? 0 : 1) + (iso == null ? 0 : 1) + (entry == null ? 0 : 1);
    if (ways != 1) {
      throw wrong("one of --kernel, --iso and --from is needed");
    }
    Order order = entry == null ? given() : fromCatalogue(entry);
    return new Order(
        name,
        order.version(),
        Optional.ofNullable(architecture).or(order::architecture),
        arguments == null ? order.arguments() : arguments,
        order.kernel(),
        order.initrds(),
        order.files(),
        order.iso(),
        cache,
        !inactive);
  }

  private Order fromCatalogue(String wanted) throws ImageFailure {
    if (!sha256.isEmpty() || !initrds.isEmpty() || !files.isEmpty() || checksums != null) {
      throw wrong("with --from the catalogue says what is fetched and what it must be");
    }
    Catalogue catalogue = Catalogue.load(options.site());
    return CatalogueOrder.of(
        CatalogueOrder.entry(catalogue, wanted), name, Optional.ofNullable(release), cache);
  }

  private Order given() {
    if (iso != null && cache) {
      throw wrong("what is inside an ISO cannot be fetched when a machine asks for it");
    }
    Map<String, String> places = new LinkedHashMap<>();
    if (kernel != null) {
      places.put("vmlinuz", kernel);
    }
    List<String> names = new ArrayList<>();
    for (String initrd : initrds) {
      names.add(names.isEmpty() ? "initrd" : "initrd" + (names.size() + 1));
      places.put(names.get(names.size() - 1), initrd);
    }
    places.putAll(files);
    Map<String, String> hashes = hashes(places);
    List<Source> sources = new ArrayList<>();
    places.forEach((file, place) -> sources.add(source(file, place, hashes.get(file))));
    return new Order(
        name,
        Optional.ofNullable(release),
        Optional.empty(),
        "",
        kernel == null ? "" : "vmlinuz",
        names,
        sources,
        Optional.ofNullable(iso).map(place -> source("image.iso", place, hashes.get("image.iso"))),
        cache,
        true);
  }

  private Map<String, String> hashes(Map<String, String> places) {
    String only = iso != null ? "image.iso" : "vmlinuz";
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String given : sha256) {
      int equals = given.indexOf('=');
      String file = equals < 0 ? only : given.substring(0, equals);
      String hex = given.substring(equals + 1).toLowerCase(Locale.ROOT);
      if (!hex.matches("[0-9a-f]{64}")) {
        throw wrong("--sha256 wants 64 hex digits, got " + given);
      }
      if (!places.containsKey(file) && !(iso != null && file.equals("image.iso"))) {
        throw wrong("--sha256 is of " + file + ", which is not fetched");
      }
      if (hashes.put(file, hex) != null) {
        throw wrong("two times --sha256 for " + file + "; write --sha256 FILE=HEX");
      }
    }
    return hashes;
  }

  private Source source(String file, String place, @Nullable String hash) {
    if (!StoredImage.isName(file)) {
      throw wrong("no name for a file: " + file);
    }
    return new Source(
        file, url(place), Optional.ofNullable(hash), Optional.ofNullable(checksums).map(this::url));
  }

  private URI url(String place) {
    if (!place.matches("[a-z]+://.*")) {
      return Path.of(place).toAbsolutePath().normalize().toUri();
    }
    try {
      URI url = URI.create(place);
      if (!String.valueOf(url.getScheme()).matches("https?|file")) {
        throw wrong("only http, https and file URLs are fetched: " + place);
      }
      return url;
    } catch (IllegalArgumentException e) {
      throw wrong("no URL: " + place);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
