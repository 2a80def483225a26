package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Inventory;
import io.arranque.plan.Planner;
import io.arranque.plan.Rendered;
import io.arranque.site.Site;
import io.arranque.tftp.TftpAnswer;
import io.arranque.tftp.TftpFiles;
import io.arranque.tftp.TransferListener;
import io.arranque.tftp.TransferReport;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Timeline;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

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

  private final TftpFiles loaders;
  private final Supplier<Site> site;
  private final Planner planner;
  private final Inventory inventory;
  private final Timeline timeline;
  private final InstantSource clock;

  TftpPlane(
      TftpFiles loaders,
      Supplier<Site> site,
      Planner planner,
      Inventory inventory,
      Timeline timeline,
      InstantSource clock) {
    this.loaders = loaders;
    this.site = site;
    this.planner = planner;
    this.inventory = inventory;
    this.timeline = timeline;
    this.clock = clock;
  }

  @Override
  public TftpAnswer open(Request request) {
    if (!request.name().toString().toLowerCase(Locale.ROOT).equals(AUTOEXEC)) {
      return loaders.open(request);
    }
    Rendered script = planner.firstScript(site.get(), request.server());
    return script
        .ifText()
        .<TftpAnswer>map(TftpAnswer.InMemory::of)
        .orElseGet(
            () ->
                new TftpAnswer.Refused(
                    0, script.toString(), Reason.TEMPLATE_BROKEN));
  }

  @Override
  public void started(Ipv4 client, String file, long size) {
    // The end is what counts; the page of a later day may want progress.
  }

  @Override
  public void finished(TransferReport report) {
    inventory
        .machineAt(report.client())
        .ifPresent(
            machine ->
                timeline.record(
                    new BootEvent(
                        clock.instant(),
                        machine.mac(),
                        Stage.LOADER,
                        report.reason(),
                        Optional.of(report.client()),
                        detail(report),
                        report.bytesSent(),
                        report.took())));
  }

  @Override
  public void ignored(Ipv4 client, Reason reason, String why) {
    // Noise on the port has no machine whose timeline it could stand on.
  }

  private static String detail(TransferReport report) {
    return report.detail().isEmpty() ? report.file() : report.file() + ": " + report.detail();
  }
}
