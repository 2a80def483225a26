package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.DhcpPorts;
import io.arranque.dhcp.DhcpServer;
import io.arranque.dhcp.Explainer;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.Responder;
import io.arranque.downloads.Budget;
import io.arranque.downloads.DownloadRegister;
import io.arranque.http.BootHttpServer;
import io.arranque.http.BootHttpSettings;
import io.arranque.images.ImageJobs;
import io.arranque.images.ImageStore;
import io.arranque.images.Mirror;
import io.arranque.images.PullCache;
import io.arranque.inventory.Armings;
import io.arranque.inventory.MachineTimeline;
import io.arranque.inventory.Reservations;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Planner;
import io.arranque.plan.Policy;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Templates;
import io.arranque.site.CurrentSite;
import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.site.SiteWatcher;
import io.arranque.store.AuditStore;
import io.arranque.store.ConflictStore;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import io.arranque.store.LastGoodStore;
import io.arranque.store.LeaseStore;
import io.arranque.store.OneTransaction;
import io.arranque.store.PeopleStore;
import io.arranque.store.ScheduleStore;
import io.arranque.store.TimelineStore;
import io.arranque.tftp.TftpFolderServer;
import io.arranque.tftp.TftpServer;
import io.arranque.tftp.TftpServerSettings;
import io.arranque.timeline.Timeline;
import io.arranque.wake.WakeServer;
import io.arranque.web.ControlPlane;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Previews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole appliance: what exists, and what knows what. Parts are started in an order in which
 * nobody is sent to a port that does not answer yet, and ended the other way round.
 */
final class Appliance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
  private static final String PAGE = "page";
  private static final String BOOT = "boot plane over HTTP";
  private static final String SECURE_BOOT = "boot plane over HTTPS";
  private static final String TFTP = "TFTP";

  private final InstantSource clock;
  private final Planner planner = new Planner(new Templates());
  private final Explainer explainer = new Explainer(planner, Addresses::on);
  private final Keeper keeper = new Keeper();
  private final DownloadRegister downloads;
  private final CurrentSite site;
  private final SiteWatcher watcher;
  private final Database database;
  private final LeaseStore leases;
  private final TimelineStore events;
  private final Timeline timeline;
  private final InventoryStore inventory;
  private final PeopleStore people;
  private final AuditStore audit;
  private final LastGoodStore lastGoods;
  private final LastBoots lastBoots;
  private final Reloads reloads;
  private final PullCache imageCache;
  private final ImageJobs imageJobs;
  private final BootHttpServer bootHttp;
  private final Optional<BootHttpServer.Secure> secure;
  private final DhcpServer dhcp;
  private final LiveLeases leased;
  private final ScheduleRunner scheduled;
  private final WakeServer wake;
  private final ControlPlane page;

  private Appliance(Path siteFolder, Path state, InstantSource clock)
      throws StoreFailure, IOException {
    this.clock = clock;
    // Watching begins before the first look, so that no change falls between the two.
    watcher = new SiteWatcher(siteFolder, SiteWatcher.INTERVAL, this::reload);
    site = load(siteFolder);
    WireSpeed wire = new WireSpeed(site::site, clock);
    downloads =
        new DownloadRegister(
            () -> Budget.of(site.site().settings().downloads(), wire.bitsPerSecond()), clock);
    Site.Settings settings = site.site().settings();
    Responder responder = new Responder(planner);
    DhcpServer.warmUp(responder, site::site, clock);

    database = Database.open(state, settings.database());
    leases = LeaseStore.open(database, state);
    events = new TimelineStore(database, clock);
    inventory = new InventoryStore(database, clock);
    timeline = new MachineTimeline(events, inventory.view());
    people = new PeopleStore(database, clock);
    audit = new AuditStore(database, clock, () -> site.site().settings().web().auditKeep());
    lastGoods = new LastGoodStore(database);
    lastBoots =
        new LastBoots(site::site, inventory, planner, Addresses::on, lastGoods).follow(timeline);
    reloads = new Reloads(planner, inventory, Addresses::on, clock);

    imageCache = PullCache.of(site::site, clock);
    imageJobs = new ImageJobs(ImageStore.of(siteFolder, this::mirror, clock));
    dhcp =
        new DhcpServer(
            responder,
            site::site,
            new DhcpPorts(leases, inventory, timeline, new ConflictStore(database)),
            clock);
    leased = new LiveLeases(dhcp, clock);
    bootHttp =
        new BootHttpServer(
            BootHttpSettings.of(Ipv4.ANY, settings.httpPort()),
            planner,
            new BootHttpServer.Wiring(
                site::site,
                inventory,
                timeline,
                clock,
                Nonces::next,
                leased,
                new CachedImages(imageCache),
                downloads));
    secure = Https.of(site::site, state.resolve("tls"));
    wake =
        new WakeServer(
            new WakeServer.Wiring(
                site::site, inventory.view(), timeline, clock, downloads::mayStart, Addresses::in));
    var schedule = ScheduleRunner.book(database, clock);
    var web = settings.web();
    page =
        new ControlPlane(parts(AdminToken.of(state), state, schedule), web.address(), web.port());
    scheduled = new ScheduleRunner(schedule, inventory, site::site, page.waker(), audit, clock);
  }

  /**
   * Starts everything that can be started; the rest is tried again and again, and is in {@link
   * #problems}.
   *
   * @throws Failure when there is nothing to start with: a broken site, a database that cannot be
   *     opened
   */
  static Appliance start(Path siteFolder, Path state) {
    return start(siteFolder, state, InstantSource.system());
  }

  /** The same by another clock. */
  static Appliance start(Path siteFolder, Path state, InstantSource clock) {
    Appliance appliance;
    try {
      appliance = new Appliance(siteFolder, state, clock);
    } catch (StoreFailure | IOException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    appliance.start();
    return appliance;
  }

  private void start() {
    keeper.keep(BOOT, () -> started(bootHttp, bootHttp::start));
    secure.ifPresent(https -> keeper.keep(SECURE_BOOT, () -> bootHttp.startSecure(https)));
    keeper.keep(TFTP, this::startTftp);
    dhcp.start();
    // Last, because it takes longest and no machine is sent to it.
    keeper.keep(PAGE, () -> started(page, page::start));
    watcher.start();
    scheduled.start();
  }

  /** What does not work although it should, a line each: site files, ports, cards. */
  List<String> problems() {
    return Stream.of(
            site.problems().all().stream().map(Object::toString),
            database.problem().stream(),
            leases.problem().stream(),
            keeper.problems().stream(),
            dhcp.problems().stream().map(Object::toString),
            Reservations.conflicts(site.site(), inventory.view()).stream(),
            Policy.alarms(site.site(), inventory.view()).stream(),
            Armings.alarms(inventory.view()).stream())
        .flatMap(lines -> lines)
        .toList();
  }

  /** What it answers on, for the operator at the console. */
  List<String> answering() {
    List<String> lines = new ArrayList<>();
    Site.Settings settings = site.site().settings();
    answers(lines, PAGE, "page    http://" + Addresses.own() + ":" + settings.web().port());
    answers(
        lines,
        BOOT,
        "boot    http://" + Addresses.own() + ":" + settings.httpPort() + "/boot.ipxe");
    settings
        .https()
        .ifPresent(
            https ->
                answers(
                    lines,
                    SECURE_BOOT,
                    "boot    https://" + Addresses.own() + ":" + https.port() + "/"));
    answers(lines, TFTP, "tftp    port " + settings.tftp().port());
    dhcp.answering().forEach(segment -> lines.add("dhcp    " + segment));
    return lines;
  }

  private void answers(List<String> lines, String part, String line) {
    if (keeper.runs(part)) {
      lines.add(line);
    }
  }

  /** Waits until it is known whether other DHCP servers are there, at most so long. */
  void awaitFirstLooks(Duration most) throws InterruptedException {
    dhcp.awaitFirstLooks(most);
  }

  /** A link that logs in once. */
  String loginLink() {
    return page.newLoginLink(Addresses.own().toString());
  }

  private CurrentSite load(Path siteFolder) {
    Loaded loaded = Rehearsal.vet(planner, SiteLoader.load(siteFolder));
    Site first =
        loaded
            .site()
            .orElseThrow(
                () ->
                    new Failure(
                        "the site in "
                            + siteFolder
                            + " cannot be used:\n"
                            + loaded.problems()
                            + "\n'arranque check' shows this list again"));
    loaded.problems().warnings().forEach(warning -> LOG.warn("{}", warning));
    return new CurrentSite(first, loaded.problems());
  }

  private void reload(Loaded read) {
    Loaded loaded = StartSettings.keep(site.site().settings(), Rehearsal.vet(planner, read));
    List<Problem> told = site.problems().all();
    Site before = site.site();
    site.accept(loaded);
    // An error that is still there is told again: somebody has just saved and looks. A warning that
    // was there before, such as an image not wanted yet, would only hide it.
    loaded.problems().errors().forEach(error -> LOG.error("{}", error));
    loaded.problems().warnings().stream()
        .filter(warning -> !told.contains(warning))
        .forEach(warning -> LOG.warn("{}", warning));
    if (loaded.site().isPresent()) {
      LOG.info("the site was loaded anew");
      bootHttp.siteChanged();
      dhcp.reload();
      reloads.tell(before, site.site());
    } else {
      LOG.error("the site on disk is broken; the last good one stays in force");
    }
  }

  private AutoCloseable startTftp() throws IOException {
    Site.Settings settings = site.site().settings();
    TftpPlane plane =
        new TftpPlane(
            new TftpFolderServer(site.site().folder().resolve("tftp")),
            site::site,
            planner,
            inventory.view(),
            leased,
            timeline,
            clock);
    TftpServer tftp =
        new TftpServer(
            TftpServerSettings.of(
                List.of(Ipv4.ANY),
                settings.tftp().port(),
                settings.tftp().blockSizeMax(),
                settings.tftp().windowSizeMax()),
            plane,
            new TftpDownloads(plane, downloads),
            clock);
    return started(tftp, tftp::start);
  }

  private Parts parts(String adminToken, Path state, ScheduleStore schedule) {
    return new Parts(
        site::site,
        this::problems,
        inventory,
        timeline,
        planner,
        clock,
        question -> dhcp.ask(snapshot -> explainer.explain(question, snapshot, clock.instant())),
        dhcp::capture,
        () ->
            liveLeases().stream()
                .map(l -> new LeaseView(l.address(), l.mac(), l.segment(), l.expires()))
                .toList(),
        Addresses::on,
        metrics()::scrape,
        () ->
            dhcp.hasLeases()
                && keeper.problems().isEmpty()
                && database.problem().isEmpty()
                && leases.problem().isEmpty(),
        adminToken,
        dhcp::surroundings,
        () -> downloads.traffic(clock.instant()),
        imageJobs,
        new Previews(lastGoods, reloads::newestFirst, Optional.of(state.resolve("edits"))),
        people,
        audit,
        wake,
        new DhcpNetwork(dhcp, clock),
        schedule,
        new OneTransaction(database, inventory, schedule, people));
  }

  private Mirror mirror() {
    return Mirror.of(site.site().settings().images());
  }

  private Metrics metrics() {
    Metrics metrics =
        new Metrics(
            dhcp.statistics(),
            () -> Pools.of(site.site(), dhcp.surroundings(), liveLeases()),
            dhcp::waiting);
    metrics.downloads(downloads, clock);
    metrics.secrets(inventory.view());
    metrics.watch(dhcp::surroundings);
    // For as long as the timeline lives.
    var unused = timeline.subscribe(metrics::accept);
    return metrics;
  }

  private List<Lease> liveLeases() {
    Instant now = clock.instant();
    return dhcp.leases().stream().filter(lease -> lease.isLive(now)).toList();
  }

  private static AutoCloseable started(AutoCloseable part, StartsWithIo start) throws IOException {
    start.run();
    return part;
  }

  @FunctionalInterface
  private interface StartsWithIo {
    void run() throws IOException;
  }

  @Override
  public void close() {
    watcher.close();
    scheduled.close();
    wake.close();
    dhcp.close();
    keeper.close();
    imageJobs.close();
    imageCache.close();
    lastBoots.close();
    events.close();
    leases.close();
    database.close();
  }
}
