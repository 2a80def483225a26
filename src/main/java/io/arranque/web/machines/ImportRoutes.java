package io.arranque.web.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.exchange.Export;
import io.arranque.exchange.Format;
import io.arranque.exchange.Outcome;
import io.arranque.exchange.Reading;
import io.arranque.exchange.Remark;
import io.arranque.exchange.Report;
import io.arranque.exchange.Rule;
import io.arranque.exchange.Terms;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Import and export of machines and rooms: the page and its part of the API. */
public final class ImportRoutes {
  /** A file of the greatest size and what a form wraps around it. */
  public static final int MAX_FORM_BYTES = Reading.MAX_BYTES + 1_000_000;

  private static final int SHOWN_ROWS = 500;

  private final Parts parts;
  private final Imports imports;
  private final Renderer renderer;
  private final ObjectMapper json;

  public ImportRoutes(Parts parts, Changes.Maker changes, Renderer renderer, ObjectMapper json) {
    this.parts = parts;
    this.imports = new Imports(parts, changes);
    this.renderer = renderer;
    this.json = json;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/import", ctx -> renderer.page(ctx, "import", page(Map.of())));
    routes.post("/import", this::submit);
    routes.post("/api/v1/import", this::apiImport);
    routes.get("/api/v1/export", this::export);
  }

  private void apiImport(Context ctx) throws IOException, StoreFailure {
    Optional<String> seen = Optional.ofNullable(ctx.queryParam("fingerprint"));
    boolean dryRun = isSet(ctx.queryParam("dry-run"));
    Terms terms =
        new Terms(
            given(ctx.queryParam("room")),
            isSet(ctx.queryParam("reserve")),
            isSet(ctx.queryParam("even-if-leased")),
            isSet(ctx.queryParam("skip-bad")),
            Guard.by(ctx));
    Reading reading = Reading.of(body(ctx.bodyInputStream()), format(ctx.queryParam("format")));
    Imports.Result result =
        dryRun ? imports.look(reading, terms) : imports.apply(ctx, reading, terms, seen);
    boolean lines = String.valueOf(ctx.header("Accept")).startsWith("application/yaml");
    int status = status(reading, result, dryRun && !lines);
    if (lines) {
      ctx.status(status);
      ctx.contentType("application/yaml; charset=utf-8");
      ctx.result(asLines(result));
    } else if (status == 200) {
      send(ctx, ImportViews.of(result, Remark::message));
    } else {
      throw new NotImported(status, detail(status), result.outcome().refusals());
    }
  }

  private static int status(Reading reading, Imports.Result result, boolean dryRun) {
    if (reading.remarks().stream().anyMatch(r -> r.rule().equals(Rule.FILE_TOO_LARGE.name()))) {
      return 413;
    }
    if (result.overtaken()) {
      return 409;
    }
    return reading.isRefused() || (!dryRun && result.outcome().isRefused()) ? 422 : 200;
  }

  private static String detail(int status) {
    return switch (status) {
      case 409 -> "By now this would do something else than was looked at; look again.";
      case 413 -> Rule.FILE_TOO_LARGE.sentence();
      default -> "Nothing was imported: see what is wrong with which line.";
    };
  }

  /** What was done as comments, and below them what takes it back: one file to keep. */
  private static String asLines(Imports.Result result) {
    StringBuilder text = new StringBuilder();
    if (result.overtaken()) {
      text.append("# ").append(detail(409)).append('\n');
    }
    Report.lines(result.outcome(), result.applied())
        .forEach(line -> text.append("# ").append(line).append('\n'));
    return text + (result.applied() ? "\n" + result.outcome().undo() : "");
  }

  private static byte[] body(InputStream in) throws IOException {
    return in.readNBytes(Reading.MAX_BYTES + 1);
  }

  private static Optional<Format> format(@Nullable String named) {
    return given(named)
        .map(
            word ->
                Format.named(word)
                    .orElseThrow(() -> new Fault(422, "format: wanted one of " + formats())));
  }

  private static String formats() {
    return String.join(", ", Arrays.stream(Format.values()).map(Format::label).toList());
  }

  private static Optional<String> given(@Nullable String word) {
    return Optional.ofNullable(word).map(String::strip).filter(w -> !w.isEmpty());
  }

  private static boolean isSet(@Nullable String word) {
    return word != null && !word.equals("false");
  }

  private void export(Context ctx) {
    Format format = format(ctx.queryParam("format")).orElse(Format.YAML);
    if (!format.isWritten()) {
      String known = String.join(", ", Format.exports().stream().map(Format::label).toList());
      throw new Fault(422, "format: wanted one of " + known);
    }
    Optional<String> room = given(ctx.queryParam("room"));
    ctx.contentType(format.mediaType() + "; charset=utf-8");
    ctx.header(
        "Content-Disposition",
        "attachment; filename=\"machines-" + format.label() + "." + format.ending() + "\"");
    ctx.result(Export.write(format, parts.site().get(), parts.book().view(), room));
  }

  /** From the page: looks first, and applies what was looked at. */
  private void submit(Context ctx) throws IOException, StoreFailure {
    UploadedFile file = ctx.uploadedFile("file");
    boolean chosen = file != null && file.size() > 0;
    String text = Optional.ofNullable(ctx.formParam("text")).orElse("");
    Optional<Format> format = format(ctx.formParam("format"));
    Reading reading =
        chosen ? Reading.of(body(file.content()), format) : Reading.ofText(text, format);
    Terms terms =
        new Terms(
            given(ctx.formParam("room")),
            isSet(ctx.formParam("reserve")),
            isSet(ctx.formParam("evenIfLeased")),
            isSet(ctx.formParam("skipBad")),
            Guard.by(ctx));
    boolean apply = "apply".equals(ctx.formParam("action"));
    Imports.Result result =
        apply
            ? imports.apply(ctx, reading, terms, given(ctx.formParam("fingerprint")))
            : imports.look(reading, terms);
    Map<String, Object> values = result(ctx, result, chosen ? file.filename() : "", terms);
    values.put("text", text);
    values.put("given", given(ctx));
    values.put("undoing", "true".equals(ctx.formParam("undo")));
    if (Renderer.isHtmx(ctx)) {
      renderer.fragment(ctx, "import-result", values);
    } else {
      renderer.page(ctx, "import", page(values));
    }
  }

  /** What was chosen in the form, so that it stays so. */
  private static Map<String, String> given(Context ctx) {
    Map<String, String> given = new HashMap<>();
    for (String field : List.of("format", "room", "reserve", "evenIfLeased", "skipBad")) {
      given.put(field, Forms.text(ctx, field));
    }
    return given;
  }

  private Map<String, Object> result(Context ctx, Imports.Result result, String file, Terms terms) {
    Messages messages = renderer.messages(ctx);
    ImportViews.ImportView view = ImportViews.of(result, messages::remark);
    Outcome outcome = result.outcome();
    List<ImportViews.RowView> rows = ImportViews.shown(view, SHOWN_ROWS);
    long listed = ImportViews.shown(view, Integer.MAX_VALUE).size();
    Map<String, Object> values = new HashMap<>();
    values.put("result", List.of(view));
    values.put("rows", rows);
    values.put("more", listed - rows.size());
    values.put("fileName", file);
    values.put("overtaken", result.overtaken());
    values.put("effective", !outcome.changes().isEmpty());
    values.put("refused", outcome.isRefused());
    values.put("skippable", !outcome.proposals().isEmpty() && !terms.skipBad());
    return values;
  }

  private Map<String, Object> page(Map<String, Object> values) {
    Map<String, Object> scope = new HashMap<>();
    scope.put("result", List.of());
    scope.put("rows", List.of());
    scope.put("text", "");
    scope.put("undoing", false);
    scope.put(
        "given",
        Map.of("format", "", "room", "", "reserve", "", "evenIfLeased", "", "skipBad", ""));
    scope.put("formats", Arrays.stream(Format.values()).map(Format::label).toList());
    scope.put("exports", Format.exports().stream().map(Format::label).toList());
    scope.put(
        "rooms",
        parts.book().view().machines().stream()
            .map(machine -> machine.assignment().room())
            .flatMap(Optional::stream)
            .distinct()
            .sorted()
            .toList());
    scope.putAll(values);
    return scope;
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
