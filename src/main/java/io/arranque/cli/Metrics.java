package io.arranque.cli;

import io.arranque.dhcp.DhcpStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/** What {@code /metrics} shows. */
final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics(DhcpStatistics dhcp) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    dhcp.received()
        .keySet()
        .forEach(
            type ->
                counter("received", "type", type.name(), dhcp, d -> of(d.received().get(type))));
    dhcp.sent()
        .keySet()
        .forEach(type -> counter("sent", "type", type.name(), dhcp, d -> of(d.sent().get(type))));
    dhcp.silences()
        .keySet()
        .forEach(
            reason ->
                counter(
                    "silences", "reason", reason.name(), dhcp, d -> of(d.silences().get(reason))));
  }

  /** Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }

  private void counter(
      String what,
      String tag,
      String value,
      DhcpStatistics dhcp,
      java.util.function.ToDoubleFunction<DhcpStatistics> count) {
    FunctionCounter.builder("arranque.dhcp." + what, dhcp, count)
        .tag(tag, value.toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static double of(@org.jspecify.annotations.Nullable Long count) {
    return count == null ? 0 : count;
  }
}
