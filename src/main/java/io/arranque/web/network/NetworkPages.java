package io.arranque.web.network;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder.Answer;
import io.arranque.site.Segment;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.live.LiveParts;
import io.arranque.web.network.AddressViews.AddressView;
import io.arranque.web.network.AddressViews.SegmentNow;
import io.arranque.web.page.Forms;
import io.arranque.web.page.OptionForm;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The network view: all segments, one with the map of its addresses, leases, one address. */
public final class NetworkPages {
  private final Parts parts;
  private final Desk desk;
  private final Addresses leases;
  private final NetworkDesk network;
  private final AddressDesk addresses;
  private final LeaseChanges changes;
  private final LiveParts live;
  private final Renderer renderer;

  public NetworkPages(
      Parts parts, Desk desk, NetworkDesk network, LiveParts live, Renderer renderer) {
    this.parts = parts;
    this.desk = desk;
    this.leases = new Addresses(parts);
    this.network = network;
    this.addresses = new AddressDesk(parts);
    this.changes = new LeaseChanges(parts);
    this.live = live;
    this.renderer = renderer;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/network", this::overview);
    routes.get("/network/{segment}", this::segment);
    routes.get("/network/{segment}/{address}", this::address);
    routes.get("/leases", this::leases);
    routes.post("/leases/{address}/release", this::release);
    routes.post("/set-aside/{address}/use", this::useAgain);
    routes.sse("/live/network", this::stream);
  }

  private void overview(Context ctx) {
    Map<String, Object> values = new HashMap<>();
    overview().values().forEach(values::putAll);
    values.put("rooms", OptionForm.rooms(desk.rooms(), desk.segments()));
    renderer.page(ctx, "network", values);
  }

  private Map<String, Map<String, Object>> overview() {
    Map<String, Map<String, Object>> now = new LinkedHashMap<>();
    now.put("network-segments", Map.of("segments", network.segments()));
    now.put(
        "network-beside",
        Map.of(
            "conflicts", desk.conflicts(),
            "setAside", addresses.setAside(),
            "silences", network.silences(""),
            "relays", network.strangeRelays()));
    now.put("traffic", Map.of("traffic", network.traffic()));
    now.put("network-images", Map.of("images", network.images()));
    return now;
  }

  private void segment(Context ctx) {
    Segment segment = segmentOf(ctx);
    Map<String, Object> values = new HashMap<>();
    now(segment, shown(ctx), search(ctx, segment), path(segment)).values().forEach(values::putAll);
    values.put("search", search(ctx, segment));
    values.put("which", LeaseQueries.label(search(ctx, segment).which()));
    values.put("all", false);
    values.put("query", Optional.ofNullable(ctx.queryString()).orElse(""));
    values.put(
        "reservations",
        leases.reservations().stream()
            .filter(row -> row.segment().equals(segment.name()))
            .toList());
    renderer.page(ctx, "segment", values);
  }

  private Map<String, Map<String, Object>> now(
      Segment segment, Optional<Ipv4> shown, LeaseSearch search, String path) {
    SegmentNow now =
        network
            .segment(segment.name())
            .orElseThrow(() -> Fault.notFound("There is no such segment."));
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    all.put("segment-now", Map.of("now", now));
    all.put("segment-map", Map.of("map", addresses.map(segment, shown), "segment", segment.name()));
    all.put("lease-table", table(search, path, false));
    all.put(
        "segment-beside",
        Map.of(
            "now", now,
            "setAside",
                addresses.setAside().stream()
                    .filter(each -> each.segment().equals(segment.name()))
                    .toList(),
            "conflicts",
                desk.conflicts().stream()
                    .filter(each -> each.segment().equals(segment.name()))
                    .toList()));
    return all;
  }

  private Map<String, Object> table(LeaseSearch search, String path, boolean all) {
    return Map.of(
        "leases",
        LeaseQueries.page(leases.leases(search), search, path, all),
        "headers",
        LeaseQueries.headers(search, path, all),
        "all",
        all,
        "filtered",
        !search.text().isEmpty() || search.which() != LeaseSearch.Which.LIVE);
  }

  private void leases(Context ctx) {
    LeaseSearch search = LeaseQueries.ofPage(ctx, Optional.empty());
    Map<String, Object> values = new HashMap<>(table(search, "/leases", true));
    values.put("search", search);
    values.put("which", LeaseQueries.label(search.which()));
    values.put("segments", parts.site().get().segments().keySet());
    values.put("query", Optional.ofNullable(ctx.queryString()).orElse(""));
    renderer.page(ctx, "leases", values);
  }

  /** Shown in place by a page that has the map; else a page of its own. */
  private void address(Context ctx) {
    Segment segment = segmentOf(ctx);
    Ipv4 address = addressOf(ctx);
    if (!segment.subnet().contains(address)) {
      throw Fault.notFound(address + " is not of " + segment.subnet());
    }
    boolean may = changes.mayChange(Guard.caller(ctx).grant(), address);
    AddressView view = addresses.address(segment, address, may);
    boolean part = Renderer.isHtmx(ctx);
    renderer.page(ctx, part ? "address" : "address-page", Map.of("a", view));
  }

  private void release(Context ctx) {
    Ipv4 address = addressOf(ctx);
    Optional<Mac> mac = Mac.parse(Forms.text(ctx, "mac"));
    tell(ctx, changes.release(ctx, address, mac), "address.released", address);
  }

  private void useAgain(Context ctx) {
    Ipv4 address = addressOf(ctx);
    tell(ctx, changes.useAgain(ctx, address), "address.used-again", address);
  }

  private void tell(Context ctx, Answer answer, String done, Ipv4 address) {
    boolean ok = answer == Answer.DONE;
    ctx.status(ok ? 200 : status(answer));
    String key = ok ? done : "address.answer." + answer.name().toLowerCase(Locale.ROOT);
    String back = parts.site().get().segmentOf(address).map(NetworkPages::path).orElse("/network");
    renderer.notice(
        ctx, ok ? "success" : "danger", List.of(renderer.messages(ctx).get(key, address)), back);
  }

  static int status(Answer answer) {
    return switch (answer) {
      case DONE -> 200;
      case NOT_LEASED, NOT_SET_ASIDE -> 404;
      case ANOTHERS -> 409;
      case NOT_WRITTEN, NOT_ANSWERED -> 503;
    };
  }

  private void stream(SseClient client) {
    Context ctx = client.ctx();
    String name = Optional.ofNullable(ctx.queryParam("of")).orElse("");
    live.open(client, source(ctx, name));
  }

  /** Of the request nothing may be asked any more once the stream runs. */
  private Supplier<Map<String, Map<String, Object>>> source(Context ctx, String name) {
    if (name.isEmpty()) {
      return this::overview;
    }
    if (name.equals("*")) {
      LeaseSearch search = LeaseQueries.ofPage(ctx, Optional.empty());
      return () -> Map.of("lease-table", table(search, "/leases", true));
    }
    Optional<Ipv4> shown = shown(ctx);
    LeaseSearch search = LeaseQueries.ofPage(ctx, Optional.of(name));
    // Asked anew each time: the site may have been reloaded, and the segment be gone.
    return () ->
        Optional.ofNullable(parts.site().get().segments().get(name))
            .map(segment -> now(segment, shown, search, path(segment)))
            .orElse(Map.of());
  }

  private static LeaseSearch search(Context ctx, Segment segment) {
    return LeaseQueries.ofPage(ctx, Optional.of(segment.name()));
  }

  private static Optional<Ipv4> shown(Context ctx) {
    return Optional.ofNullable(ctx.queryParam("block")).flatMap(Ipv4::parse);
  }

  private static String path(Segment segment) {
    return "/network/" + segment.name();
  }

  private Segment segmentOf(Context ctx) {
    String name = ctx.pathParam("segment");
    return Optional.ofNullable(parts.site().get().segments().get(name))
        .orElseThrow(() -> Fault.notFound("There is no such segment."));
  }

  static Ipv4 addressOf(Context ctx) {
    return Ipv4.parse(ctx.pathParam("address"))
        .orElseThrow(() -> new Fault(400, "not an IPv4 address"));
  }
}
