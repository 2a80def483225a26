package io.arranque.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.diagnosis.DiagnosisText;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.PreviewText;
import io.arranque.plan.Supposition;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.images.DownloadViews;
import io.arranque.web.live.Live;
import io.arranque.web.machines.DiagnosisDesk;
import io.arranque.web.machines.Editions;
import io.arranque.web.machines.IfMatch;
import io.arranque.web.machines.PreviewRoutes;
import io.arranque.web.network.Addresses;
import io.arranque.web.page.WebFiles;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The REST API: parses, asks {@link Desk} or {@link Changes}, renders JSON. */
final class Api {
  private static final String ROOT = "/api/v1";
  private static final int DEFAULT_EVENTS = 100;
  private static final int MAX_EVENTS = 1_000;

  private final Parts parts;
  private final Desk desk;
  private final Addresses addresses;
  private final DiagnosisDesk diagnoses;
  private final Changes.Maker changes;
  private final Live live;
  private final Guard guard;
  private final Answers answers;
  private final Bodies bodies;
  private final IfMatch ifMatch;

  Api(
      Parts parts,
      Desk desk,
      Changes.Maker changes,
      Live live,
      Guard guard,
      Editions editions,
      Answers answers,
      ObjectMapper json) {
    this.parts = parts;
    this.desk = desk;
    this.addresses = new Addresses(parts);
    this.diagnoses = new DiagnosisDesk(parts, desk);
    this.changes = changes;
    this.live = live;
    this.guard = guard;
    this.answers = answers;
    this.bodies = new Bodies(json);
    this.ifMatch = new IfMatch(editions);
  }

  void routes(RoutesConfig routes) {
    routes.get(ROOT + "/machines", ctx -> answers.send(ctx, Map.of("machines", desk.machines())));
    routes.post(ROOT + "/machines/assign", this::assign);
    routes.get(ROOT + "/machines/{mac}", ctx -> tell(ctx, Asked.mac(ctx)));
    routes.put(ROOT + "/machines/{mac}", this::replace);
    routes.patch(ROOT + "/machines/{mac}", this::edit);
    routes.delete(ROOT + "/machines/{mac}", this::forget);
    routes.get(ROOT + "/machines/{mac}/timeline", this::timeline);
    routes.get(ROOT + "/machines/{mac}/plan", this::plan);
    routes.get(ROOT + "/machines/{mac}/reply", this::reply);
    routes.get(
        ROOT + "/machines/{mac}/capture.pcap",
        ctx -> capture(ctx, Optional.of(Asked.mac(ctx)), Asked.mac(ctx).hyphenated()));
    routes.get(ROOT + "/capture.pcap", ctx -> capture(ctx, Optional.empty(), "arranque"));
    routes.get(ROOT + "/rooms", ctx -> answers.send(ctx, Map.of("rooms", desk.rooms())));
    routes.put(ROOT + "/rooms/{name}", this::saveRoom);
    routes.delete(ROOT + "/rooms/{name}", this::removeRoom);
    routes.get(ROOT + "/roles", ctx -> answers.send(ctx, Map.of("roles", desk.roles())));
    routes.get(
        ROOT + "/reservations",
        ctx -> answers.send(ctx, Map.of("reservations", addresses.reservations())));
    routes.get(ROOT + "/subnets", ctx -> answers.send(ctx, Map.of("subnets", desk.segments())));
    routes.get(
        ROOT + "/conflicts", ctx -> answers.send(ctx, Map.of("conflicts", desk.conflicts())));
    routes.get(
        ROOT + "/downloads",
        ctx -> answers.send(ctx, DownloadViews.of(parts.downloads().get(), parts.book().view())));
    routes.sse(ROOT + "/events", client -> live.events(client, guard.stillWelcome(client.ctx())));
    routes.get("/healthz", ctx -> answers.send(ctx, Map.of("status", "up")));
    routes.get("/readyz", this::ready);
    routes.get("/metrics", this::metrics);
    routes.get("/openapi.json", this::openApi);
  }

  private void assign(Context ctx) throws StoreFailure {
    Bodies.BulkAssign wanted = bodies.bulkAssign(ctx);
    changes.of(ctx).assignRole(wanted.macs(), wanted.role(), Guard.by(ctx));
    List<MachineView> now =
        wanted.macs().stream().distinct().map(desk::machine).flatMap(Optional::stream).toList();
    answers.send(ctx, Map.of("machines", now));
  }

  private void replace(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    boolean isNew = desk.machine(mac).isEmpty();
    changes
        .of(ctx)
        .expecting(ifMatch.machine(ctx, mac))
        .replace(mac, bodies.edit(ctx), Guard.by(ctx));
    ctx.status(isNew ? 201 : 200);
    tell(ctx, mac);
  }

  private void edit(Context ctx) throws StoreFailure {
    Mac mac = Asked.mac(ctx);
    desk.found(mac);
    changes.of(ctx).expecting(ifMatch.machine(ctx, mac)).edit(mac, bodies.edit(ctx), Guard.by(ctx));
    tell(ctx, mac);
  }

  /** With the tag that {@code If-Match} takes. */
  private void tell(Context ctx, Mac mac) {
    MachineView machine = desk.found(mac);
    ifMatch.tellMachine(ctx, parts.book().view(), mac);
    answers.send(ctx, machine);
  }

  private void forget(Context ctx) throws StoreFailure {
    changes
        .of(ctx)
        .expecting(ifMatch.machine(ctx, Asked.mac(ctx)))
        .forget(Asked.mac(ctx), Guard.by(ctx));
    ctx.status(204);
  }

  private void timeline(Context ctx) {
    String limit = ctx.queryParam("limit");
    if (limit != null && !limit.matches("[0-9]{1,4}")) {
      throw new Fault(422, "limit: wanted a number from 1 to " + MAX_EVENTS);
    }
    int count = limit == null ? DEFAULT_EVENTS : Math.min(MAX_EVENTS, Integer.parseInt(limit));
    answers.send(ctx, Map.of("events", desk.timeline(Asked.mac(ctx), Math.max(1, count))));
  }

  private void saveRoom(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    changes
        .of(ctx)
        .expecting(ifMatch.room(ctx, name))
        .saveRoom(bodies.room(ctx, name), Guard.by(ctx));
    ifMatch.tellRoom(ctx, parts.book().view(), name);
    answers.send(
        ctx, desk.rooms().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow());
  }

  private void removeRoom(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    changes.of(ctx).expecting(ifMatch.room(ctx, name)).removeRoom(name, Guard.by(ctx));
    ctx.status(204);
  }

  private void ready(Context ctx) {
    boolean ready = parts.ready().getAsBoolean();
    ctx.status(ready ? 200 : 503);
    answers.send(ctx, Map.of("status", ready ? "ready" : "not ready"));
  }

  private void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8");
    ctx.result(parts.metrics().get());
  }

  private void openApi(Context ctx) {
    ctx.contentType("application/json");
    ctx.result(WebFiles.packed("io/arranque/web/openapi.json").orElseThrow());
  }

  /** As JSON, or as the text that {@code arranque explain} prints to who asks for plain text. */
  private void plan(Context ctx) {
    if (String.valueOf(ctx.header("Accept")).startsWith("text/plain")) {
      ctx.contentType("text/plain; charset=utf-8");
      ctx.result(String.join("\n", planText(ctx)) + "\n");
    } else {
      answers.send(ctx, desk.plan(Asked.question(ctx), PreviewRoutes.supposition(ctx)));
    }
  }

  /** {@code ?documents=true}: only what the machine is handed. */
  private List<String> planText(Context ctx) {
    Supposition supposition = PreviewRoutes.supposition(ctx);
    if ("true".equals(ctx.queryParam("documents"))) {
      return PreviewText.documents(desk.preview(Asked.question(ctx), supposition));
    }
    List<String> lines = new ArrayList<>(desk.planText(Asked.question(ctx), supposition));
    if (desk.machine(Asked.mac(ctx)).isPresent()) {
      lines.addAll(DiagnosisText.lines(diagnoses.health(Asked.mac(ctx)).diagnosis()));
    }
    return lines;
  }

  /** The browser keeps it under a name that tells machines apart. */
  private void capture(Context ctx, Optional<Mac> mac, String name) {
    ctx.contentType("application/vnd.tcpdump.pcap");
    ctx.header("Content-Disposition", "attachment; filename=\"" + name + ".pcap\"");
    ctx.result(parts.capture().apply(mac));
  }

  private void reply(Context ctx) {
    answers.send(
        ctx,
        desk.reply(Asked.question(ctx))
            .orElseThrow(() -> new Fault(503, "DHCP cannot tell now: it reads its leases.")));
  }
}
