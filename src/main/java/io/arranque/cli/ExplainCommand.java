package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Client;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.PlanText;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Templates;
import io.arranque.site.Loaded;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import io.arranque.store.TimelineStore;
import io.arranque.timeline.BootEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
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

/** {@code arranque explain MAC}: what a machine gets, and where each value comes from. */
@Command(
    name = "explain",
    description = {
      "The boot plan of a machine, each value with its origin, and what the machine last did.",
      "Asks the running appliance; when none runs, it reads the state folder itself."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final int EVENTS = 20;

  @Mixin private final Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MAC", description = "In any notation.")
  private String mac = "";

  @Option(
      names = "--arch",
      paramLabel = "N",
      description = "As if its firmware named this architecture (DHCP option 93): 0 BIOS, 7 UEFI.")
  private @Nullable Integer architecture;

  @Option(names = "--ipxe", description = "As if iPXE asked, not the ROM.")
  private boolean ipxe;

  @Override
  public Integer call() {
    Mac machine =
        Mac.parse(mac)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "no MAC: \"" + mac + "\", wanted e.g. 52:54:00:12:34:56"));
    Loaded loaded = SiteLoader.load(folders.site());
    // A running appliance answers from its last good site, whatever became of the files since.
    List<String> lines =
        loaded
            .draft()
            .flatMap(draft -> running(draft, machine))
            .orElseGet(() -> fromState(usable(loaded), machine));
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
    return 0;
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

  /** What the running appliance says; empty when there is none. */
  private Optional<List<String>> running(Site site, Mac machine) {
    Optional<String> token = AdminToken.read(folders.state());
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Ipv4 page = site.settings().web().address();
    URI uri =
        URI.create(
            "http://%s:%d/api/v1/machines/%s/plan?ipxe=%s%s"
                .formatted(
                    page.isAny() ? "127.0.0.1" : page,
                    site.settings().web().port(),
                    machine.hyphenated(),
                    ipxe,
                    architecture == null ? "" : "&arch=" + architecture));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .header("Accept", "text/plain")
            .header("Authorization", "Bearer " + token.get())
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      // Another appliance on that port does not know our token.
      return response.statusCode() == 200
          ? Optional.of(response.body().lines().toList())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What would be answered if an appliance ran on this state. */
  private List<String> fromState(Site site, Mac mac) {
    // To ask must not make anything, and opening the database would.
    if (!Files.isDirectory(folders.state())) {
      return lines(site, mac, FixedInventory.of(), List.of());
    }
    try (Database database = Database.open(folders.state(), site.settings().database());
        TimelineStore timeline = new TimelineStore(database, InstantSource.system())) {
      return lines(
          site,
          mac,
          new InventoryStore(database, InstantSource.system()).view(),
          timeline.of(mac, EVENTS));
    } catch (StoreFailure e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> lines(Site site, Mac mac, Inventory inventory, List<BootEvent> events) {
    Optional<Machine> known = inventory.machine(mac);
    Optional<Segment> segment =
        known
            .flatMap(Machine::segment)
            .flatMap(name -> Optional.ofNullable(site.segments().get(name)))
            .or(() -> site.segments().values().stream().findFirst());
    Client client =
        new Client(
            mac,
            ipxe ? Client.Kind.IPXE : Client.Kind.PXE,
            Optional.of(architecture == null ? 0 : architecture),
            Hardware.UNKNOWN);
    Reach reach =
        new Reach(
            segment,
            segment.flatMap(Addresses::in).orElseGet(Addresses::own),
            known.flatMap(Machine::address),
            Optional.empty());
    Planner planner = new Planner(new Templates());
    return new PlanText(planner, ZoneId.systemDefault())
        .lines(planner.plan(new PlanRequest(site, inventory, client, reach)), events);
  }
}
