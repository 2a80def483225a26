package io.arranque.web.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.editor.FileFailure;
import io.arranque.editor.SiteFiles;
import io.arranque.editor.SitePath;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Difference;
import io.arranque.plan.Firmware;
import io.arranque.plan.Given;
import io.arranque.plan.Impact;
import io.arranque.plan.ImpactText;
import io.arranque.plan.LastGood;
import io.arranque.plan.Planner;
import io.arranque.plan.Preview;
import io.arranque.plan.PreviewText;
import io.arranque.plan.Rehearsal;
import io.arranque.plan.Supposition;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteEdit;
import io.arranque.site.SiteLoader;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.files.FileAccess;
import io.arranque.web.files.FileDesk;
import io.arranque.web.files.NotSaved;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.arranque.web.views.PreviewViews;
import io.arranque.web.views.PreviewViews.ChangeView;
import io.arranque.web.views.PreviewViews.DifferenceView;
import io.arranque.web.views.PreviewViews.ReloadView;
import io.arranque.web.views.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looking ahead: what a machine would get if things were otherwise, what is different from its last
 * good boot, and what a change of a file would mean for all machines. Nothing changes by asking.
 */
public final class PreviewRoutes {
  private static final String API = "/api/v1";

  /** Two thousand machines take a few seconds; whoever asks waits for it. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Parts parts;
  private final Desk desk;
  private final Renderer renderer;
  private final ObjectMapper json;

  public PreviewRoutes(Parts parts, Desk desk, Renderer renderer, ObjectMapper json) {
    this.parts = parts;
    this.desk = desk;
    this.renderer = renderer;
    this.json = json;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/preview", this::find);
    routes.get("/machines/{mac}/preview", this::preview);
    routes.get("/changes", this::changes);
    routes.post("/changes", this::tryOut);
    routes.get(API + "/machines/{mac}/diff", this::apiDifference);
    routes.post(API + "/preview", this::apiTryOut);
    routes.get(API + "/reloads", ctx -> send(ctx, Map.of("reloads", reloads())));
  }

  /** {@code ?role=}, {@code ?room=}, {@code ?hostname=}: as if it were so. */
  public static Supposition supposition(Context ctx) {
    return new Supposition(word(ctx, "role"), word(ctx, "room"), word(ctx, "hostname"));
  }

  private static Optional<String> word(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(w -> !w.isEmpty());
  }

  /** From a form field with a MAC to that machine's page. */
  private void find(Context ctx) {
    String text = Optional.ofNullable(ctx.queryParam("mac")).orElse("");
    Mac mac =
        Mac.parse(text).orElseThrow(() -> new Fault(422, renderer.messages(ctx).get("add.no-mac")));
    Renderer.goTo(ctx, "/machines/" + mac.hyphenated() + "/preview");
  }

  private void preview(Context ctx) throws StoreFailure {
    Question question = Asked.question(ctx);
    Supposition supposition = supposition(ctx);
    Mac mac = question.mac();
    Map<String, Object> values = new HashMap<>();
    values.put("mac", mac.toString());
    values.put("id", mac.hyphenated());
    values.put("known", desk.machine(mac).isPresent());
    values.put("name", desk.machine(mac).map(Views.MachineView::name).orElse(mac.toString()));
    values.put("plan", desk.plan(question, supposition));
    values.put("difference", difference(question, supposition));
    values.put("roles", desk.roles());
    values.put("rooms", desk.rooms());
    values.put("segments", desk.segments());
    for (String field : List.of("role", "room", "hostname", "arch", "segment")) {
      values.put(field, word(ctx, field).orElse(""));
    }
    values.put("firmwares", Arrays.stream(Firmware.values()).map(Firmware::label).toList());
    values.put("ipxe", question.ipxe());
    renderer.page(ctx, "preview", values);
  }

  DifferenceView difference(Question question, Supposition supposition) throws StoreFailure {
    Optional<LastGood> last = parts.previews().lastGoods().of(question.mac());
    return PreviewViews.difference(last, between(last, desk.preview(question, supposition)));
  }

  private Difference between(Optional<LastGood> last, Preview preview) {
    Given now = Given.masked(parts.planner(), preview.plan());
    return Difference.between(last.map(LastGood::given).orElse(now), now);
  }

  /** As JSON, or as the text that {@code arranque explain --diff} prints. */
  private void apiDifference(Context ctx) throws StoreFailure {
    Question question = Asked.question(ctx);
    if (String.valueOf(ctx.header("Accept")).startsWith("text/plain")) {
      Optional<LastGood> last = parts.previews().lastGoods().of(question.mac());
      Preview preview = desk.preview(question, supposition(ctx));
      ctx.contentType("text/plain; charset=utf-8");
      ctx.result(String.join("\n", PreviewText.difference(last, between(last, preview))) + "\n");
    } else {
      send(ctx, difference(question, supposition(ctx)));
    }
  }

  private void changes(Context ctx) {
    renderer.page(
        ctx,
        "changes",
        Map.of(
            "reloads", reloads(), "file", Optional.ofNullable(ctx.queryParam("path")).orElse("")));
  }

  private List<ReloadView> reloads() {
    return parts.previews().reloads().get().stream()
        .map(r -> new ReloadView(Views.text(r.at()), PreviewViews.impact(r.impact())))
        .toList();
  }

  private void tryOut(Context ctx) {
    String text = Optional.ofNullable(ctx.formParam("text")).orElse("").replace("\r\n", "\n");
    String path = Forms.text(ctx, "path");
    ChangeView change = view(judged(edit(ctx, Map.of(path, Optional.of(text)))));
    renderer.fragment(ctx, "impact", Map.of("change", change));
  }

  private void apiTryOut(Context ctx) {
    if (!String.valueOf(ctx.header("Accept")).startsWith("text/plain")) {
      send(ctx, view(judged(edit(ctx, files(ctx)))));
      return;
    }
    Impact impact = judged(edit(ctx, files(ctx))).impact();
    List<String> lines = new ArrayList<>(ImpactText.lines(impact));
    lines.add(impact.summary() + " of " + impact.machines());
    ctx.contentType("text/plain; charset=utf-8");
    ctx.result(String.join("\n", lines) + "\n");
  }

  private Map<String, Optional<String>> files(Context ctx) {
    JsonNode body;
    try {
      body = json.readTree(ctx.body());
    } catch (JsonProcessingException e) {
      throw new Fault(400, "wanted JSON: " + e.getOriginalMessage());
    }
    JsonNode files = body.path("files");
    if (!files.isObject() || files.isEmpty()) {
      throw new Fault(422, "files: wanted { \"PATH\": \"new text\" } or null for a deleted file");
    }
    Map<String, Optional<String>> edits = new TreeMap<>();
    files
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual() && !field.getValue().isNull()) {
                throw new Fault(422, "files." + field.getKey() + ": wanted text or null");
              }
              edits.put(field.getKey(), Optional.ofNullable(field.getValue().textValue()));
            });
    return edits;
  }

  private SiteEdit edit(Context ctx, Map<String, Optional<String>> files) {
    try {
      SiteEdit edit = SiteEdit.of(files);
      mayTry(ctx, files);
      return edit;
    } catch (IllegalArgumentException e) {
      throw new Fault(422, String.valueOf(e.getMessage()));
    }
  }

  /** As for the editor: what may not be saved may not be tried out, for that reads files too. */
  private void mayTry(Context ctx, Map<String, Optional<String>> files) {
    for (Map.Entry<String, Optional<String>> file : files.entrySet()) {
      SitePath path = FileDesk.path(file.getKey());
      String before;
      try {
        before = new SiteFiles(parts.site().get().folder()).read(path).shown();
      } catch (FileFailure e) {
        before = "";
      }
      FileAccess.toTry(Guard.caller(ctx).grant(), path, before, file.getValue().orElse(""))
          .ifPresent(
              denial -> {
                throw new NotSaved(denial);
              });
    }
  }

  /** The site on disk with the edit, against the site in force. */
  private Judged judged(SiteEdit edit) {
    Site before = parts.site().get();
    Planner planner = parts.planner();
    Loaded loaded = Rehearsal.vet(planner, SiteLoader.load(before.folder(), edit));
    Instant end = parts.clock().instant().plus(LONGEST);
    Impact impact =
        loaded
            .draft()
            .filter(draft -> draft.scripts().keySet().containsAll(Planner.REQUIRED_SCRIPTS))
            .map(
                draft ->
                    Impact.of(
                        planner,
                        new Impact.Change(before, draft),
                        parts.book().view(),
                        parts.serverAddress(),
                        () -> parts.clock().instant().isBefore(end)))
            .orElse(Impact.NOTHING);
    return new Judged(loaded, impact);
  }

  private record Judged(Loaded loaded, Impact impact) {}

  private static ChangeView view(Judged judged) {
    return new ChangeView(
        judged.loaded().site().isPresent(),
        PreviewViews.problems(judged.loaded().problems()),
        PreviewViews.impact(judged.impact()));
  }

  private void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    try {
      ctx.result(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
