package io.arranque.cli;

import io.arranque.dhcp.DhcpStatistics;
import io.arranque.dhcp.Surroundings;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.downloads.DownloadRegister;
import io.arranque.downloads.Traffic;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What {@code /metrics} shows; docs/metrics.md says what each means. Labels are segments of the
 * site, message types, stages and reasons: never a MAC or an address, so that no flood makes more
 * series.
 */
final class Metrics {
  private static final String SEGMENT = "segment";

  /**
   * A segment's addresses now.
   *
   * @param size addresses in its pool
   * @param used of these, on lease
   * @param quarantined of these, set aside because somebody unknown has them
   * @param leases live leases of the segment, reserved addresses included
   * @param strangers unknown machines that asked within the last minute
   * @param flood whether these are so many that somebody may be making them up
   */
  record Pool(
      String segment,
      long size,
      long used,
      long quarantined,
      long leases,
      long strangers,
      boolean flood) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DhcpStatistics dhcp;
  private final Supplier<List<Pool>> pools;
  private final Set<String> counted = new HashSet<>();
  private final Map<String, MultiGauge> gauges = new TreeMap<>();

  /**
   * @param pools one to each segment of the site
   * @param waiting packets in the queue of the decision lane
   */
  Metrics(DhcpStatistics dhcp, Supplier<List<Pool>> pools, IntSupplier waiting) {
    this.dhcp = dhcp;
    this.pools = pools;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    Gauge.builder("arranque.dhcp.queue", waiting, IntSupplier::getAsInt)
        // By itself the registry would let go of it, and show NaN after the next collection.
        .strongReference(true)
        .register(registry);
    Timer commits =
        Timer.builder("arranque.dhcp.commit")
            .description("Writing a batch of lease changes to the disk")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    DistributionSummary batches =
        DistributionSummary.builder("arranque.dhcp.commit.changes")
            .description("Lease changes in one commit")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1024)
            .register(registry);
    dhcp.onCommit(
        (nanos, changes) -> {
          commits.record(Duration.ofNanos(nanos));
          batches.record(changes);
        });
  }

  /** Adds what is on its way to machines, and who waits. */
  void downloads(DownloadRegister register, InstantSource clock) {
    FunctionCounter.builder("arranque.downloads.bytes", register, DownloadRegister::bytes)
        .register(registry);
    downloads("arranque.downloads", register, clock, traffic -> traffic.downloads().size());
    downloads("arranque.downloads.machines", register, clock, Traffic::machines);
    downloads("arranque.downloads.waiting", register, clock, t -> t.waiting().size());
    downloads("arranque.downloads.rate", register, clock, Traffic::bitsPerSecond);
  }

  /** Adds what looks like theft and was not cleared. */
  void secrets(Inventory inventory) {
    machines("arranque.alarms", inventory, its -> its.alarm().isPresent());
    machines("arranque.quarantined", inventory, Provisioning::isQuarantined);
  }

  private void machines(String name, Inventory inventory, Predicate<Provisioning> which) {
    Gauge.builder(
            name,
            inventory,
            i -> i.machines().stream().map(Machine::provisioning).filter(which).count())
        .strongReference(true)
        .register(registry);
  }

  private void downloads(
      String name, DownloadRegister register, InstantSource clock, ToDoubleFunction<Traffic> of) {
    Gauge.builder(name, register, r -> of.applyAsDouble(r.traffic(clock.instant())))
        .strongReference(true)
        .register(registry);
  }

  /** Also shows what is on the wire beside us. */
  void watch(Supplier<Surroundings> wire) {
    probes("done", wire, Surroundings::probed);
    probes("skipped", wire, Surroundings::unprobed);
    gauge("conflicts", wire, now -> now.conflicts().size());
    gauge("other.servers", wire, now -> now.servers().stream().filter(s -> s.present()).count());
  }

  private void probes(
      String result, Supplier<Surroundings> wire, ToDoubleFunction<Surroundings> count) {
    FunctionCounter.builder("arranque.dhcp.probes", wire, w -> count.applyAsDouble(w.get()))
        .tag("result", result)
        .register(registry);
  }

  private void gauge(
      String what, Supplier<Surroundings> wire, ToDoubleFunction<Surroundings> value) {
    Gauge.builder("arranque.dhcp." + what, wire, w -> value.applyAsDouble(w.get()))
        .strongReference(true)
        .register(registry);
  }

  /** Counts what machines do, by stage; for a subscription to the timeline. */
  void accept(BootEvent event) {
    Tags tags = Tags.of("stage", event.stage().label(), "reason", label(event.reason()));
    Counter.builder("arranque.boot.events").tags(tags).register(registry).increment();
    Counter.builder("arranque.boot.bytes")
        .tag("stage", event.stage().label())
        .register(registry)
        .increment((double) event.bytes());
  }

  /** Prometheus' text format. */
  synchronized String scrape() {
    List<Pool> now = pools.get();
    now.forEach(pool -> count(pool.segment()));
    dhcp.segments().forEach(this::count);
    gauge("pool.size", now, Pool::size);
    gauge("pool.used", now, Pool::used);
    gauge("pool.quarantined", now, Pool::quarantined);
    gauge("pool.free", now, pool -> pool.size() - pool.used() - pool.quarantined());
    gauge("leases", now, Pool::leases);
    gauge("strangers", now, Pool::strangers);
    gauge("flood", now, pool -> pool.flood() ? 1 : 0);
    return registry.scrape();
  }

  /** All series of a segment at once: an alert must see the first rise, from zero to one. */
  private void count(String segment) {
    if (!counted.add(segment)) {
      return;
    }
    for (MessageType type : MessageType.values()) {
      Tags tags = Tags.of(SEGMENT, segment, "type", label(type));
      counter("received", tags, d -> d.received(segment, type));
      counter("sent", tags, d -> d.sent(segment, type));
    }
    for (Reason reason : Reason.values()) {
      Tags tags = Tags.of(SEGMENT, segment, "reason", label(reason));
      counter("silences", tags, d -> d.silences(segment, reason));
    }
  }

  private void counter(String what, Tags tags, ToDoubleFunction<DhcpStatistics> count) {
    FunctionCounter.builder("arranque.dhcp." + what, dhcp, count).tags(tags).register(registry);
  }

  private void gauge(String what, List<Pool> now, ToLongFunction<Pool> value) {
    List<Row<?>> rows = new java.util.ArrayList<>();
    now.forEach(
        pool -> rows.add(Row.of(Tags.of(SEGMENT, pool.segment()), value.applyAsLong(pool))));
    gauges
        .computeIfAbsent(
            what, name -> MultiGauge.builder("arranque.dhcp." + name).register(registry))
        .register(rows, true);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
