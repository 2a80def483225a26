package io.arranque.web.images;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Budget;
import io.arranque.downloads.Download;
import io.arranque.downloads.Ticket;
import io.arranque.downloads.Traffic;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.web.views.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is on its way to machines and who waits, for page and API. */
public final class DownloadViews {
  private DownloadViews() {}

  /**
   * Null: no limit.
   *
   * @param wireBitsPerSecond of the server's cards, where these are the limit
   */
  record BudgetView(
      @Nullable Integer machines, @Nullable Long bitsPerSecond, @Nullable Long wireBitsPerSecond) {}

  /**
   * Machine and name are empty where nobody knows who has that address; null over HTTP, which knows
   * no blocks.
   */
  record DownloadView(
      String address,
      String mac,
      String id,
      String name,
      String protocol,
      String file,
      long done,
      long total,
      int percent,
      long bitsPerSecond,
      String began,
      boolean stalled,
      @Nullable Integer blockSize,
      @Nullable Integer windowSize) {}

  /** A machine that may download; what it has not fetched yet. */
  record AdmittedView(String mac, String id, String name, String since, List<String> files) {}

  /** Null: nobody knows how long it will be. */
  record WaitingView(
      int place,
      String mac,
      String id,
      String name,
      String address,
      String since,
      @Nullable Long estimateSeconds) {}

  /**
   * Null in {@code mayStart}: any number.
   *
   * @param percent of the budget, or of the wire, that is in use; null without either
   * @param full what those who wait wait for: {@code machines}, {@code rate} or {@code wire}; empty
   *     when nobody waits
   */
  public record TrafficView(
      BudgetView budget,
      int machines,
      long bitsPerSecond,
      long bytes,
      @Nullable Integer mayStart,
      List<DownloadView> downloads,
      List<AdmittedView> admitted,
      List<WaitingView> waiting,
      @Nullable Integer percent,
      String full) {}

  public static TrafficView of(Traffic traffic, Inventory inventory) {
    List<WaitingView> waiting = new ArrayList<>();
    for (Traffic.Place each : traffic.waiting()) {
      waiting.add(
          new WaitingView(
              waiting.size() + 1,
              each.mac().toString(),
              each.mac().hyphenated(),
              name(each.mac(), inventory),
              each.address().toString(),
              Views.text(each.since()),
              each.estimate().map(e -> e.toSeconds()).orElse(null)));
    }
    return new TrafficView(
        budget(traffic.budget()),
        traffic.machines(),
        traffic.bitsPerSecond(),
        traffic.bytes(),
        traffic.mayStart() == Integer.MAX_VALUE ? null : traffic.mayStart(),
        traffic.downloads().stream().map(d -> download(d, inventory)).toList(),
        traffic.tickets().stream().map(t -> admitted(t, inventory)).toList(),
        List.copyOf(waiting),
        percent(traffic),
        waiting.isEmpty() ? "" : full(traffic));
  }

  private static @Nullable Integer percent(Traffic traffic) {
    Budget budget = traffic.budget();
    if (budget.machines() != Integer.MAX_VALUE) {
      return percent(traffic.machines(), budget.machines());
    }
    long most = budget.bitsPerSecond() == Long.MAX_VALUE ? budget.wire() : budget.bitsPerSecond();
    return most == 0 ? null : percent(traffic.bitsPerSecond(), most);
  }

  private static int percent(long part, long all) {
    return (int) Math.min(100, 100 * part / Math.max(1, all));
  }

  private static String full(Traffic traffic) {
    Budget budget = traffic.budget();
    if (traffic.machines() >= budget.machines()) {
      return "machines";
    }
    return budget.bitsPerSecond() == Long.MAX_VALUE ? "wire" : "rate";
  }

  private static BudgetView budget(Budget budget) {
    return new BudgetView(
        budget.machines() == Integer.MAX_VALUE ? null : budget.machines(),
        budget.bitsPerSecond() == Long.MAX_VALUE ? null : budget.bitsPerSecond(),
        budget.wire() == 0 ? null : budget.wire());
  }

  private static DownloadView download(Download download, Inventory inventory) {
    Optional<Mac> mac = machineAt(download.address(), inventory);
    return new DownloadView(
        download.address().toString(),
        Views.text(mac),
        mac.map(Mac::hyphenated).orElse(""),
        mac.map(m -> name(m, inventory)).orElse(""),
        download.way().label(),
        download.file(),
        download.done(),
        download.total(),
        download.total() == 0 ? 100 : (int) (100 * download.done() / download.total()),
        download.bitsPerSecond(),
        Views.text(download.began()),
        download.stalled(),
        download.blocks().map(Download.Blocks::size).orElse(null),
        download.blocks().map(Download.Blocks::window).orElse(null));
  }

  private static AdmittedView admitted(Ticket ticket, Inventory inventory) {
    return new AdmittedView(
        ticket.mac().toString(),
        ticket.mac().hyphenated(),
        name(ticket.mac(), inventory),
        Views.text(ticket.admitted()),
        ticket.awaited().stream().sorted().toList());
  }

  private static Optional<Mac> machineAt(Ipv4 address, Inventory inventory) {
    return inventory
        .bootAt(address)
        .map(Boot::mac)
        .or(() -> inventory.machineAt(address).map(Machine::mac));
  }

  private static String name(Mac mac, Inventory inventory) {
    return inventory.machine(mac).orElseGet(() -> Machine.unknown(mac)).hostname();
  }
}
