package io.arranque.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a page costs a browser, as the browser itself counts it. */
final class Gauge {
  private static final String PROBE =
      """
      window.probe = { tasks: [], inputs: [], usable: 0 };
      new PerformanceObserver((l) => l.getEntries().forEach((e) => probe.tasks.push(e.duration)))
        .observe({ type: "longtask", buffered: true });
      new PerformanceObserver((l) => l.getEntries().forEach((e) => probe.inputs.push(e.duration)))
        .observe({ type: "event", durationThreshold: 16, buffered: true });
      addEventListener("load", () => requestAnimationFrame(() =>
        setTimeout(() => { probe.usable = performance.now(); })));
      """;

  private static final String FIGURES =
      """
      () => {
        const page = performance.getEntriesByType("navigation")[0];
        const asked = performance.getEntriesByType("resource").map((r) => new URL(r.name).pathname);
        return { firstByte: page.responseStart - page.requestStart, wire: page.encodedBodySize,
          html: page.decodedBodySize, usable: probe.usable,
          paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1,
          longest: Math.max(0, ...probe.tasks), nodes: document.getElementsByTagName("*").length,
          requests: asked.length, ofMachines: asked.filter((p) => p.startsWith("/machines/")).length };
      }
      """;

  /** Done in the frame that shows it. */
  private static final String WATCH =
      """
      () => { const there = () => (CONDITION);
        window.changed = new Promise((done, failed) => {
          setTimeout(() => failed(new Error("not within 40 s")), 40_000);
          const look = () => there()
          ? setTimeout(() => done(Date.now())) : requestAnimationFrame(look); look(); }); }
      """;

  private static final String WORST =
      """
      () => { const worst = { task: Math.max(0, ...probe.tasks), tasks: probe.tasks.length,
          blocked: probe.tasks.reduce((sum, t) => sum + t - 50, 0),
          input: Math.max(0, ...probe.inputs), memory: performance.memory.usedJSHeapSize / 1e6 };
        probe.tasks.length = probe.inputs.length = 0;
        return worst; }
      """;

  private static final List<String> SPENT =
      List.of("LayoutDuration", "RecalcStyleDuration", "ScriptDuration");

  private final Page page;
  private final CDPSession session;
  private final AtomicLong streamed = new AtomicLong();
  private final Map<String, Double> before = new HashMap<>();

  Gauge(Page page) {
    this.page = page;
    page.addInitScript(PROBE);
    session = page.context().newCDPSession(page);
    session.on("Network.eventSourceMessageReceived", e -> streamed.addAndGet(length(e)));
    session.send("Network.enable");
    session.send("Performance.enable");
  }

  private static long length(JsonObject event) {
    return event.get("data").getAsString().length();
  }

  /** Opens a page and waits until it can be used. */
  Map<?, ?> open(String url) {
    streamed.set(0);
    spent();
    page.navigate(url);
    page.waitForFunction("() => window.probe.usable > 0");
    Map<Object, Object> figures = new LinkedHashMap<>((Map<?, ?>) page.evaluate(FIGURES));
    figures.putAll(spent());
    return figures;
  }

  /** Milliseconds of the page's main thread since the last call. */
  private Map<String, Double> spent() {
    Map<String, Double> since = new LinkedHashMap<>();
    for (JsonElement each : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject metric = each.getAsJsonObject();
      String name = metric.get("name").getAsString();
      if (SPENT.contains(name)) {
        double now = metric.get("value").getAsDouble() * 1_000;
        since.put(name.replace("Duration", ""), now - before.getOrDefault(name, 0.0));
        before.put(name, now);
      }
    }
    return since;
  }

  /** What the page's streams said since it was opened. */
  long streamed() {
    return streamed.get();
  }

  /** Milliseconds from now until the condition is to be seen. */
  long until(String condition, Runnable act) {
    page.evaluate(WATCH.replace("CONDITION", condition));
    long start = System.currentTimeMillis();
    act.run();
    return ((Number) page.evaluate("() => window.changed")).longValue() - start;
  }

  /** The worst since the last call: the longest task, the slowest answer to an input. */
  Map<?, ?> worst() {
    Map<Object, Object> worst = new LinkedHashMap<>((Map<?, ?>) page.evaluate(WORST));
    worst.putAll(spent());
    return worst;
  }

  static String text(Map<?, ?> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) ->
            text.append(name)
                .append(' ')
                .append(String.format(Locale.ROOT, "%.0f", ((Number) value).doubleValue()))
                .append("  "));
    return text.toString();
  }
}
