package io.arranque.web.machines;

import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Firmware;
import io.arranque.plan.Supposition;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.machines.DiagnosisDesk.Health;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views.EventView;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a machine did not boot, how its boots went, and what happened to it. */
public final class DiagnosisRoutes {
  private static final String API = "/api/v1/machines/{mac}";
  private static final int PAGE = 100;

  /** As many as are kept. */
  private static final int MOST = 500;

  private final Desk desk;
  private final DiagnosisDesk diagnoses;
  private final PreviewRoutes previews;
  private final Renderer renderer;
  private final Answers answers;

  public DiagnosisRoutes(
      Desk desk,
      DiagnosisDesk diagnoses,
      PreviewRoutes previews,
      Renderer renderer,
      Answers answers) {
    this.desk = desk;
    this.diagnoses = diagnoses;
    this.previews = previews;
    this.renderer = renderer;
    this.answers = answers;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/machines/{mac}/status", this::status);
    routes.get("/machines/{mac}/events", this::events);
    routes.get("/machines/{mac}/difference", this::difference);
    routes.get(API + "/diagnosis", this::apiDiagnosis);
    routes.get(API + "/boots", this::apiBoots);
  }

  /** What {@code machine.html} needs beside the machine and its plan. */
  Map<String, Object> scope(Context ctx, MachineView machine) {
    Mac mac = Mac.of(machine.mac());
    Health health = diagnoses.health(mac);
    Map<String, Object> scope = new HashMap<>(events(mac, PAGE, ""));
    scope.put("d", DiagnosisViews.told(machine.mac(), health, renderer.messages(ctx).texts()));
    scope.put("boots", boots(health));
    scope.put("pace", DiagnosisViews.pace(health.pace()));
    scope.put("bars", BootBars.of(health.boots(), health.pace()));
    scope.put("firmwares", Arrays.stream(Firmware.values()).map(Firmware::label).toList());
    return scope;
  }

  private static List<DiagnosisViews.BootView> boots(Health health) {
    return health.boots().stream().map(r -> DiagnosisViews.boot(r, health.pace())).toList();
  }

  private Map<String, Object> events(Mac mac, int limit, String only) {
    List<EventView> all = desk.timeline(mac, limit + 1);
    List<EventView> newest = all.subList(0, Math.min(limit, all.size()));
    return Map.of(
        "events",
        newest.stream().filter(e -> fits(e, only)).toList(),
        "older",
        all.size() > limit && limit < MOST ? Math.min(MOST, limit + PAGE) : 0,
        "only",
        only,
        "limit",
        limit);
  }

  /** {@code only}: empty for all, {@code troubles}, {@code people}, or {@code steps}. */
  private static boolean fits(EventView event, String only) {
    boolean trouble = List.of("FAILURE", "REFUSAL", "SILENCE", "ALARM").contains(event.kind());
    boolean asks = List.of("discover", "offer", "request").contains(event.stage());
    return switch (only) {
      case "troubles" -> trouble;
      case "steps" -> !trouble && !asks;
      default -> true;
    };
  }

  private void status(Context ctx) {
    MachineView machine = found(ctx);
    Map<String, Object> scope = scope(ctx, machine);
    scope.put("m", machine);
    renderer.fragment(ctx, "status", scope);
  }

  private void events(Context ctx) {
    MachineView machine = found(ctx);
    String only = Optional.ofNullable(ctx.queryParam("only")).orElse("");
    String limit = Optional.ofNullable(ctx.queryParam("limit")).orElse("");
    int count = limit.matches("[0-9]{1,3}") ? Math.min(MOST, Integer.parseInt(limit)) : PAGE;
    Map<String, Object> scope =
        new HashMap<>(
            events(
                Mac.of(machine.mac()),
                Math.max(1, count),
                List.of("troubles", "steps").contains(only) ? only : ""));
    scope.put("m", machine);
    renderer.fragment(ctx, "events", scope);
  }

  private void difference(Context ctx) throws StoreFailure {
    Question question = Question.of(Asked.mac(ctx));
    found(ctx);
    renderer.fragment(
        ctx,
        "difference",
        Map.of("difference", previews.difference(question, Supposition.NOTHING)));
  }

  private void apiDiagnosis(Context ctx) {
    Mac mac = Asked.mac(ctx);
    desk.found(mac);
    answers.send(ctx, DiagnosisViews.english(mac.toString(), diagnoses.health(mac)));
  }

  private void apiBoots(Context ctx) {
    Mac mac = Asked.mac(ctx);
    desk.found(mac);
    Health health = diagnoses.health(mac);
    answers.send(ctx, Map.of("boots", boots(health), "median", DiagnosisViews.pace(health.pace())));
  }

  private MachineView found(Context ctx) {
    Mac mac = Asked.mac(ctx);
    return desk.machine(mac)
        .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("machine.unknown", mac)));
  }
}
