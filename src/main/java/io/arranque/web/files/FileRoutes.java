package io.arranque.web.files;

import io.arranque.editor.EditHistory;
import io.arranque.editor.FileFailure;
import io.arranque.editor.FileText;
import io.arranque.editor.SitePath;
import io.arranque.editor.ThreeWay;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.web.access.Guard;
import io.arranque.web.files.FileDesk.Looked;
import io.arranque.web.files.FileSaves.Saved;
import io.arranque.web.files.FileSaves.Wish;
import io.arranque.web.live.Live;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.PreviewViews;
import io.arranque.web.views.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The editor of the site's files. */
final class FileRoutes {
  private static final int FOUND_MAX = 20;

  /** While somebody types; the rest is counted and looked at when it is asked for. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofSeconds(20);

  private final FileDesk files;
  private final FileSaves saves;
  private final Live live;
  private final Guard guard;
  private final Renderer renderer;
  private final Turns turns = new Turns();

  FileRoutes(FileDesk files, FileSaves saves, Live live, Guard guard, Renderer renderer) {
    this.files = files;
    this.saves = saves;
    this.live = live;
    this.guard = guard;
    this.renderer = renderer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/files", this::list);
    routes.get("/files/edit", this::edit);
    routes.get("/files/state", this::state);
    routes.get("/files/machines", this::machines);
    routes.post("/files/check", this::check);
    routes.post("/files/affected", this::affected);
    routes.post("/files/save", this::save);
    routes.post("/files/undo", this::undo);
    routes.post("/files/delete", this::delete);
    routes.post("/files/compare", this::compare);
    routes.sse(
        "/files/live",
        client -> {
          SitePath path = path(client.ctx());
          if (!FileAccess.isListed(grant(client.ctx()), path)) {
            throw Guard.forbidden();
          }
          live.pulse(client, () -> files.pulse(path), guard.stillWelcome(client.ctx()));
        });
  }

  private static Grant grant(Context ctx) {
    return Guard.caller(ctx).grant();
  }

  /** {@code ?path=}, or {@code ?in=FOLDER/&name=} from a form that asks for a new one's name. */
  private static SitePath path(Context ctx) {
    String path = Optional.ofNullable(ctx.queryParam("path")).orElse("");
    String in = Optional.ofNullable(ctx.queryParam("in")).orElse("");
    String name = Optional.ofNullable(ctx.queryParam("name")).orElse("").strip();
    return FileDesk.path(path.isEmpty() ? in + name : path);
  }

  private static SitePath posted(Context ctx) {
    return FileDesk.path(Forms.text(ctx, "path"));
  }

  /** As it was typed, but for the line ends that browsers send. */
  private static String text(Context ctx) {
    return Forms.typed(ctx, "text").replace("\r\n", "\n");
  }

  private void list(Context ctx) {
    // A folder before what lies in it, and before others whose names begin like its own.
    Map<String, List<FileViews.FileView>> folders =
        new TreeMap<>(Comparator.comparing(name -> name.replace('/', '\0')));
    for (SitePath path : files.list(grant(ctx))) {
      int end = path.text().lastIndexOf('/');
      folders
          .computeIfAbsent(
              end < 0 ? "" : path.text().substring(0, end), f -> new java.util.ArrayList<>())
          .add(FileViews.file(path));
    }
    List<FileViews.FolderView> shown =
        folders.entrySet().stream()
            .map(folder -> new FileViews.FolderView(folder.getKey(), folder.getValue()))
            .toList();
    renderer.page(ctx, "files", Map.of("folders", shown, "edits", edits(ctx)));
  }

  record EditView(String path, String at, String by) {}

  private List<EditView> edits(Context ctx) {
    return saves.newest(FOUND_MAX).stream()
        .filter(edit -> FileAccess.isListed(grant(ctx), edit.path()))
        .map(edit -> new EditView(edit.path().text(), Views.text(edit.at()), edit.by()))
        .toList();
  }

  private void edit(Context ctx) throws FileFailure {
    SitePath path = path(ctx);
    FileText file = files.open(grant(ctx), path);
    if (file.shown().indexOf('\r') >= 0) {
      throw new FileFailure(FileFailure.Kind.NOT_TEXT, path + " has lines that end in CR alone");
    }
    Map<String, Object> values = new HashMap<>();
    values.put("file", FileViews.file(path));
    values.put("text", file.shown());
    values.put("hash", file.hash());
    values.put("exists", file.exists());
    values.put("undo", saves.undoable(path, file).map(FileRoutes::editView).stream().toList());
    values.put("saved", ctx.queryParam("saved") != null);
    putState(values, files.state(path), Optional.empty());
    renderer.page(ctx, "editor", values);
  }

  private static EditView editView(EditHistory.Edit edit) {
    return new EditView(edit.path().text(), Views.text(edit.at()), edit.by());
  }

  private void state(Context ctx) throws FileFailure {
    SitePath path = path(ctx);
    files.open(grant(ctx), path);
    String since = Optional.ofNullable(ctx.queryParam("since")).orElse("");
    Optional<Instant> saved =
        since.matches("[0-9]{1,15}")
            ? Optional.of(Instant.ofEpochMilli(Long.parseLong(since)))
            : Optional.empty();
    Map<String, Object> values = new HashMap<>();
    putState(values, files.state(path), saved);
    renderer.fragment(ctx, "editor-state", values);
  }

  private static void putState(
      Map<String, Object> values, FileDesk.State state, Optional<Instant> saved) {
    String word =
        state.broken()
            ? "broken"
            : saved.filter(at -> !state.isInForce(at)).isPresent()
                ? "waiting"
                : state.reload().isPresent() ? "in-force" : "since-start";
    values.put("state", word);
    values.put("onDisk", state.hash());
    values.put("reload", state.reload().map(Views::text).orElse(""));
  }

  private void machines(Context ctx) {
    String wanted = Optional.ofNullable(ctx.queryParam("q")).orElse("");
    renderer.fragment(
        ctx, "editor-machines", Map.of("machines", files.machines(wanted, FOUND_MAX)));
  }

  private void check(Context ctx) throws FileFailure {
    Looked looked =
        files.look(grant(ctx), posted(ctx), Optional.of(text(ctx)), Forms.text(ctx, "machine"));
    renderer.fragment(
        ctx,
        "editor-check",
        Map.of(
            "check", looked.check(),
            "path", Forms.text(ctx, "path"),
            "shown", looked.shown().stream().toList()));
  }

  /** One that is typed over is given up: it is the same editor's next turn. */
  private void affected(Context ctx) throws FileFailure {
    boolean all = !Forms.text(ctx, "all").isEmpty();
    var turn = turns.take(Forms.text(ctx, "editor"));
    renderer.fragment(
        ctx,
        "editor-affected",
        Map.of(
            "touched",
            files.touched(
                grant(ctx),
                posted(ctx),
                Optional.of(text(ctx)),
                all ? LONG : SHORT,
                turn::isLast)));
  }

  private void save(Context ctx) throws FileFailure, StoreFailure {
    SitePath path = posted(ctx);
    FileText now = saves.files().read(path);
    Wish wish = new Wish(path, Optional.of(now.edited(text(ctx))), Forms.text(ctx, "hash"));
    outcome(ctx, path, () -> saves.save(ctx, wish, accepted(ctx)));
  }

  private void undo(Context ctx) throws FileFailure, StoreFailure {
    SitePath path = posted(ctx);
    outcome(ctx, path, () -> saves.undo(ctx, path, accepted(ctx)));
  }

  private void delete(Context ctx) throws FileFailure, StoreFailure {
    SitePath path = posted(ctx);
    Wish wish = new Wish(path, Optional.empty(), Forms.text(ctx, "hash"));
    outcome(ctx, path, () -> saves.save(ctx, wish, true));
  }

  private static boolean accepted(Context ctx) {
    return !Forms.text(ctx, "accept").isEmpty();
  }

  private interface Save {
    Saved made() throws FileFailure, StoreFailure;
  }

  /** In place of the notice: the script of the page reads from it what is on disk now. */
  private void outcome(Context ctx, SitePath path, Save save) throws StoreFailure {
    Map<String, Object> values = new HashMap<>();
    values.put("file", path.text());
    values.put("kept", List.of());
    values.put("detail", "");
    values.put("saved", List.of());
    try {
      Saved saved = save.made();
      values.put("outcome", saved.file().exists() ? "saved" : "removed");
      values.put("saved", List.of(FileViews.saved(path, saved)));
      values.put("at", saved.at().toEpochMilli());
    } catch (FileFailure e) {
      ctx.status(FileViews.status(e.kind()));
      values.put("outcome", e.kind().name());
      values.put("detail", String.valueOf(e.getMessage()));
    } catch (NotSaved e) {
      ctx.status(e.status());
      values.put(
          "outcome", e.denial().isPresent() ? "denied" : e.isBroken() ? "broken" : "warnings");
      values.put("kept", e.problems().stream().map(PreviewViews::problem).toList());
      values.put("detail", e.denial().map(d -> denial(ctx, d)).orElse(""));
    }
    renderer.fragment(ctx, "editor-outcome", values);
  }

  private String denial(Context ctx, FileAccess.Denial denial) {
    return renderer.messages(ctx).get(denial.key(), denial.what());
  }

  /** What stands on disk against what was typed: for whoever was overtaken. */
  private void compare(Context ctx) throws FileFailure {
    SitePath path = posted(ctx);
    FileText theirs = files.open(grant(ctx), path);
    String base = Forms.typed(ctx, "base").replace("\r\n", "\n");
    String mine = text(ctx);
    Map<String, Object> values = new HashMap<>();
    values.put("theirs", theirs.shown());
    values.put("hash", theirs.hash());
    values.put("exists", theirs.exists());
    values.put("byThem", FileViews.difference(base, theirs.shown()));
    values.put("byMe", FileViews.difference(base, mine));
    values.put("merged", ThreeWay.of(base, mine, theirs.shown()).merged().stream().toList());
    renderer.fragment(ctx, "editor-compare", values);
  }
}
