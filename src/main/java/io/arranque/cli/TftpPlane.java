package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.LeasedAddresses;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.LoaderConfig;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Rendered;
import io.arranque.site.Site;
import io.arranque.tftp.Outcome;
import io.arranque.tftp.TftpAnswer;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpFiles;
import io.arranque.tftp.TftpName;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TransferListener;
import io.arranque.tftp.TransferReport;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Timeline;
import io.arranque.timeline.Unfinished;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TFTP serves in this appliance, and what becomes of its reports: the engine itself knows
 * neither plans nor timelines.
 */
final class TftpPlane implements TftpFiles, TransferListener {
  /**
   * iPXE asks for it by itself when it was loaded by TFTP and DHCP names no script; it gets the
   * same first script as everybody.
   */
  private static final String AUTOEXEC = "autoexec.ipxe";

  private static final Logger LOG = LoggerFactory.getLogger(TftpPlane.class);

  private final Map<Reason, LongAdder> silences = new ConcurrentHashMap<>();
  private final TftpFiles loaders;
  private final Supplier<Site> site;
  private final Planner planner;
  private final Inventory inventory;
  private final LeasedAddresses leased;
  private final Timeline timeline;
  private final InstantSource clock;

  TftpPlane(
      TftpFiles loaders,
      Supplier<Site> site,
      Planner planner,
      Inventory inventory,
      LeasedAddresses leased,
      Timeline timeline,
      InstantSource clock) {
    this.loaders = loaders;
    this.site = site;
    this.planner = planner;
    this.inventory = inventory;
    this.leased = leased;
    this.timeline = timeline;
    this.clock = clock;
  }

  @Override
  public TftpAnswer open(Request request) {
    if (request.name().file().toLowerCase(Locale.ROOT).equals(AUTOEXEC)) {
      return script(planner.firstScript(site.get(), request.server()));
    }
    TftpAnswer file = loaders.open(request);
    Optional<LoaderConfig.Asked> asked = LoaderConfig.asked(request.name().toString());
    return file instanceof Refused && asked.isPresent() && !hasOwn(asked.get(), request)
        ? config(asked.get(), request)
        : file;
  }

  private static TftpAnswer script(Rendered script) {
    return script
        .ifText()
        .<TftpAnswer>map(TftpAnswer.InMemory::of)
        .orElseGet(() -> new Refused(0, script.toString(), Reason.TEMPLATE_BROKEN));
  }

  /** Whether the operator keeps files of this kind: then he is answered by his files alone. */
  private boolean hasOwn(LoaderConfig.Asked asked, Request request) {
    TftpName general = TftpName.parse(asked.dialect().general()).orElseThrow();
    Request forAll = new Request(general, request.client(), request.server());
    return !(loaders.open(forAll) instanceof Refused);
  }

  /** Of the machine that the name says, or that has the address which asks. */
  private TftpAnswer config(LoaderConfig.Asked asked, Request request) {
    Site now = site.get();
    Optional<Mac> mac = asked.mac().or(() -> machineAt(request.client()));
    if (mac.isEmpty()) {
      return TftpAnswer.InMemory.of(planner.loaderConfig(now, request.server(), asked.dialect()));
    }
    Reach reach =
        new Reach(
            now.segmentOf(request.client()),
            request.server(),
            Optional.of(request.client()),
            Optional.empty());
    Hardware hardware =
        inventory.machine(mac.get()).map(Machine::hardware).orElse(Hardware.UNKNOWN);
    Client client = new Client(mac.get(), Client.Kind.PXE, Optional.empty(), hardware);
    BootPlan plan =
        planner.plan(new PlanRequest(now, inventory, client, reach).at(clock.instant()));
    return planner
        .loaderConfig(plan, asked.dialect())
        .<TftpAnswer>map(TftpAnswer.InMemory::of)
        .orElseGet(
            () -> new Refused(ErrorPacket.NOT_FOUND, plan.reason().sentence(), plan.reason()));
  }

  @Override
  public void started(Ipv4 client, String file, long size) {
    // The end is what counts; the page of a later day may want progress.
  }

  @Override
  public void finished(TransferReport report) {
    machineAt(report.client())
        .ifPresent(
            mac ->
                timeline.record(
                    new BootEvent(
                        clock.instant(),
                        mac,
                        Stage.LOADER,
                        report.reason(),
                        Optional.of(report.client()),
                        detail(report),
                        report.bytesSent(),
                        report.took())));
  }

  /** By the lease first: firmware asks some milliseconds after it, before the inventory knows. */
  private Optional<Mac> machineAt(Ipv4 address) {
    return leased
        .holder(address)
        .map(inventory::key)
        .or(() -> inventory.machineAt(address).map(Machine::mac));
  }

  @Override
  public void ignored(Ipv4 client, Reason reason, String why) {
    // Not on a timeline: anybody can send such packets in anybody's name, as often as he likes.
    silences.computeIfAbsent(reason, none -> new LongAdder()).increment();
    LOG.debug("TFTP: {} not answered, {}: {}", client, reason, why);
  }

  /** How many packets were not answered, by reason, since the start. */
  Map<Reason, Long> silences() {
    Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    silences.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  private static String detail(TransferReport report) {
    if (report.outcome() != Outcome.COMPLETE && report.blockSize() > 0) {
      long blocks = report.size() / report.blockSize() + 1;
      long done = report.bytesSent() / report.blockSize();
      return new Unfinished(report.file(), done, blocks, report.blockSize(), report.detail())
          .text();
    }
    return report.detail().isEmpty() ? report.file() : report.file() + ": " + report.detail();
  }
}
