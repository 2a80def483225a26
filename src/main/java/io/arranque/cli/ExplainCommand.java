package io.arranque.cli;

import io.arranque.address.Mac;
import io.arranque.dhcp.Explainer;
import io.arranque.dhcp.LeaseBook.LoadedLeases;
import io.arranque.dhcp.Question;
import io.arranque.dhcp.Snapshot;
import io.arranque.diagnosis.Circumstances;
import io.arranque.diagnosis.Diagnosis;
import io.arranque.diagnosis.DiagnosisText;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Difference;
import io.arranque.plan.Given;
import io.arranque.plan.LastGood;
import io.arranque.plan.PlanText;
import io.arranque.plan.Planner;
import io.arranque.plan.Preview;
import io.arranque.plan.PreviewText;
import io.arranque.plan.Supposition;
import io.arranque.plan.Templates;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import io.arranque.store.LastGoodStore;
import io.arranque.store.LeaseStore;
import io.arranque.store.TimelineStore;
import io.arranque.timeline.BootEvent;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arranque explain MAC}: what a machine gets, and where each value comes from. */
@Command(
    name = "explain",
    description = {
      "The boot plan of a machine, each value with its origin, the packet that DHCP would answer,"
          + " and what the machine last did. Nothing changes by asking.",
      "Asks the running appliance; when none runs, it reads the state folder itself."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final int EVENTS = 20;
  private static final InstantSource CLOCK = InstantSource.system();

  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MAC", description = "In any notation.")
  private String mac = "";

  @Option(
      names = "--arch",
      paramLabel = "N",
      description =
          "As if its firmware named this architecture (DHCP option 93), by number or by word:"
              + " bios, uefi-x64, … From 15 on firmware boots over HTTP.")
  private @Nullable String architecture;

  @Option(names = "--ipxe", description = "As if iPXE asked, not the ROM.")
  private boolean ipxe;

  @Option(
      names = "--vendor-class",
      paramLabel = "TEXT",
      description = "As if it sent this as option 60, e.g. \"MSFT 5.0\" for an operating system.")
  private @Nullable String vendorClass;

  @Option(
      names = "--user-class",
      paramLabel = "TEXT",
      description = "As if it sent this as option 77.")
  private @Nullable String userClass;

  @Option(
      names = "--segment",
      paramLabel = "NAME",
      description = "As if it were on that segment. Default: where it was last seen.")
  private @Nullable String segment;

  @Option(
      names = "--relay",
      paramLabel = "ADDRESS",
      description = "As if that relay (giaddr) passed it on.")
  private @Nullable String relay;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "discover (default), or request: what follows an offer, or, beside another DHCP server,"
              + " the question for the boot file.")
  private @Nullable String type;

  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = "As if it had that role; - stands for none.")
  private @Nullable String role;

  @Option(names = "--room", paramLabel = "NAME", description = "As if it stood in that room.")
  private @Nullable String room;

  @Option(names = "--hostname", paramLabel = "NAME", description = "As if it were called so.")
  private @Nullable String hostname;

  @Option(
      names = "--documents",
      description = "Only what it is handed: script, documents, overlay; with what is wrong.")
  private boolean documents;

  @Option(names = "--diff", description = "What is different from its last good boot.")
  private boolean diff;

  @Override
  public Integer call() {
    Map<String, String> words = words();
    Question question = question(words);
    Loaded loaded = SiteLoader.load(folders.site());
    // A running appliance answers from its last good site, whatever became of the files since.
    List<String> lines =
        loaded
            .draft()
            .flatMap(
                draft ->
                    RunningAppliance.of(folders.state(), draft.settings())
                        .flatMap(
                            running -> running.ask(question.mac(), diff ? "diff" : "plan", words)))
            .orElseGet(() -> fromState(usable(loaded), question));
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
    return 0;
  }

  /** As the API calls them. */
  private Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    put(words, "arch", architecture);
    put(words, "ipxe", ipxe ? "true" : null);
    put(words, "vendor-class", vendorClass);
    put(words, "user-class", userClass);
    put(words, "segment", segment);
    put(words, "relay", relay);
    put(words, "type", type);
    put(words, "role", role);
    put(words, "room", room);
    put(words, "hostname", hostname);
    put(words, "documents", documents ? "true" : null);
    return words;
  }

  private static void put(Map<String, String> words, String name, @Nullable String word) {
    if (word != null) {
      words.put(name, word);
    }
  }

  private Question question(Map<String, String> words) {
    Mac machine =
        Mac.parse(mac)
            .orElseThrow(() -> usage("no MAC: \"" + mac + "\", wanted e.g. 52:54:00:12:34:56"));
    try {
      return Question.parse(machine, name -> Optional.ofNullable(words.get(name)));
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Site usable(Loaded loaded) {
    return loaded
        .site()
        .orElseThrow(
            () ->
                new Failure(
                    "the site in "
                        + folders.site()
                        + " cannot be used; see what is wrong with: arranque check --site "
                        + folders.site()));
  }

  /** What would be answered if an appliance ran on this state. */
  private List<String> fromState(Site site, Question question) {
    // To ask must not make anything, and opening the database would.
    if (!Files.isDirectory(folders.state())) {
      LoadedLeases none = new LoadedLeases(List.of(), Map.of());
      return lines(site, question, FixedInventory.of(), none, List.of(), Optional.empty());
    }
    try (Database database = Database.open(folders.state(), site.settings().database());
        LeaseStore leases = LeaseStore.open(database, folders.state());
        TimelineStore timeline = new TimelineStore(database, CLOCK)) {
      return lines(
          site,
          question,
          new InventoryStore(database, CLOCK).view(),
          leases.load(),
          timeline.of(question.mac(), EVENTS),
          new LastGoodStore(database).of(question.mac()));
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> lines(
      Site site,
      Question question,
      Inventory known,
      LoadedLeases leases,
      List<BootEvent> events,
      Optional<LastGood> lastGood) {
    Inventory inventory =
        new Supposition(word(role), word(room), word(hostname)).about(question.mac(), known);
    Planner planner = new Planner(new Templates());
    Snapshot state = new Snapshot(site, inventory, Explainer.leases(site, leases));
    List<String> reply =
        new Explainer(planner, Addresses::on).explain(question, state, CLOCK.instant()).lines();
    Machine machine =
        inventory.machine(question.mac()).orElseGet(() -> Machine.unknown(question.mac()));
    BootPlan plan =
        planner.plan(
            question
                .whatIf(machine)
                .about(question.mac(), site, inventory, Addresses::on)
                .at(CLOCK.instant()));
    if (diff) {
      Given now = Given.masked(planner, planner.judged(plan));
      return PreviewText.difference(
          lastGood, Difference.between(lastGood.map(LastGood::given).orElse(now), now));
    }
    return documents
        ? PreviewText.documents(Preview.of(planner, plan))
        : withDiagnosis(
            new PlanText(planner, ZoneId.systemDefault()).lines(plan, reply, events), events);
  }

  /** Without an appliance that runs, from the events alone. */
  private static List<String> withDiagnosis(List<String> lines, List<BootEvent> events) {
    List<String> all = new ArrayList<>(lines);
    if (!events.isEmpty()) {
      all.addAll(DiagnosisText.lines(Diagnosis.of(events, Circumstances.at(CLOCK.instant()))));
    }
    return all;
  }

  private static Optional<String> word(@Nullable String word) {
    return Optional.ofNullable(word).filter(given -> !given.isBlank());
  }
}
