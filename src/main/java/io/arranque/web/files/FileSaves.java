package io.arranque.web.files;

import io.arranque.editor.EditHistory;
import io.arranque.editor.FileFailure;
import io.arranque.editor.FileText;
import io.arranque.editor.GitWorkTree;
import io.arranque.editor.LineDifference;
import io.arranque.editor.SiteFiles;
import io.arranque.editor.SitePath;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Who;
import io.arranque.site.Problem;
import io.arranque.site.SiteEdit;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes into the site's folder what somebody has edited, and only what the linter takes: judge,
 * keep the former text, write down who, write, commit. One save at a time.
 */
final class FileSaves {
  private final Parts parts;
  private final FileCheck check;
  private final Audit audit;
  private final Optional<EditHistory> history;
  private final Object lock = new Object();

  FileSaves(Parts parts, FileCheck check, Audit audit) {
    this.parts = parts;
    this.check = check;
    this.audit = audit;
    this.history = parts.previews().edits().map(EditHistory::new);
  }

  /** The site's folder as it is now. */
  SiteFiles files() {
    return new SiteFiles(parts.site().get().folder());
  }

  /**
   * What somebody wants to be in a file.
   *
   * @param text empty: the file is to go
   * @param expected the hash of what he has seen there
   */
  record Wish(SitePath path, Optional<String> text, String expected) {}

  /**
   * What was done.
   *
   * @param file as it is now
   * @param commit its id in git; empty when nothing was committed
   * @param trouble why not, although it was to be
   */
  record Saved(
      FileText file,
      Instant at,
      String change,
      Optional<String> commit,
      Optional<String> trouble) {}

  /**
   * @param accepted whether warnings were seen and are taken
   * @throws NotSaved when the site would be broken, or warnings were not seen
   */
  Saved save(Context ctx, Wish wish, boolean accepted) throws FileFailure, StoreFailure {
    synchronized (lock) {
      FileText before = files().read(wish.path());
      if (!before.hash().equals(wish.expected())) {
        throw new FileFailure(
            FileFailure.Kind.CHANGED, wish.path() + " was changed by somebody else");
      }
      FileText after = wish.text().isPresent() ? FileText.of(wish.text().get()) : FileText.NOTHING;
      require(
          ctx, List.of(wish.path()), Map.of(wish.path(), after), before.shown(), accepted, false);
      String change = LineDifference.between(before.shown(), after.shown()).summary();
      Instant now = parts.clock().instant();
      note(ctx, wish.path(), before, after, now, change);
      try {
        if (after.exists()) {
          files().write(wish.path(), after.raw(), wish.expected());
        } else {
          files().delete(wish.path(), wish.expected());
        }
      } catch (FileFailure e) {
        failed(ctx, wish.path().text(), e);
        throw e;
      }
      String verb = !after.exists() ? "Remove " : before.exists() ? "Edit " : "Add ";
      GitWorkTree.Committed git =
          commit(ctx, List.of(wish.path().text()), verb + wish.path() + " on the page");
      return new Saved(after, now, change, git.id(), git.trouble());
    }
  }

  /** Takes the last save of a file back, when nobody has changed it since. */
  Saved undo(Context ctx, SitePath path, boolean accepted) throws FileFailure, StoreFailure {
    EditHistory.Edit last =
        history
            .flatMap(h -> h.last(path))
            .orElseThrow(() -> Fault.notFound("There is no save of " + path + " to take back."));
    FileText was = history.orElseThrow().before(last);
    Optional<String> text = was.exists() ? Optional.of(was.raw()) : Optional.empty();
    return save(ctx, new Wish(path, text, last.after()), accepted);
  }

  /** The last save of a file, if it can be taken back: nobody has changed the file since. */
  Optional<EditHistory.Edit> undoable(SitePath path, FileText now) {
    return history.flatMap(h -> h.last(path)).filter(edit -> edit.after().equals(now.hash()));
  }

  /** A new role of these files, by their path inside its folder. */
  void addRole(Context ctx, String role, SortedMap<String, String> texts, boolean accepted)
      throws FileFailure, StoreFailure {
    synchronized (lock) {
      Map<SitePath, FileText> files = new TreeMap<>(java.util.Comparator.comparing(SitePath::text));
      for (Map.Entry<String, String> text : texts.entrySet()) {
        String path = SitePath.ROLES + "/" + role + "/" + text.getKey();
        files.put(
            SitePath.parse(path)
                .orElseThrow(() -> new Fault(422, path + ": no file that is edited here")),
            FileText.of(text.getValue()));
      }
      require(ctx, files.keySet(), files, "", accepted, false);
      Instant now = parts.clock().instant();
      for (Map.Entry<SitePath, FileText> file : files.entrySet()) {
        keep(ctx, file.getKey(), FileText.NOTHING, file.getValue(), now);
      }
      audit.record(ctx, "role added", role);
      try {
        files().addRole(role, texts);
      } catch (FileFailure e) {
        failed(ctx, role, e);
        throw e;
      }
      List<String> paths = files.keySet().stream().map(SitePath::text).toList();
      commit(ctx, paths, "Add role " + role + " on the page");
    }
  }

  /** Takes a role's folder away. */
  void removeRole(Context ctx, String role) throws FileFailure, StoreFailure {
    synchronized (lock) {
      Map<SitePath, FileText> files = new TreeMap<>(java.util.Comparator.comparing(SitePath::text));
      Map<SitePath, FileText> gone = new TreeMap<>(java.util.Comparator.comparing(SitePath::text));
      Map<SitePath, String> expected =
          new TreeMap<>(java.util.Comparator.comparing(SitePath::text));
      for (SitePath path : files().list()) {
        if (path.role().filter(role::equals).isPresent()) {
          files.put(path, files().read(path));
          gone.put(path, FileText.NOTHING);
          expected.put(path, files.get(path).hash());
        }
      }
      if (files.isEmpty()) {
        throw Fault.notFound("There is no role " + role + ".");
      }
      require(ctx, files.keySet(), gone, "", true, true);
      Instant now = parts.clock().instant();
      for (Map.Entry<SitePath, FileText> file : files.entrySet()) {
        keep(ctx, file.getKey(), file.getValue(), FileText.NOTHING, now);
      }
      audit.record(ctx, "role removed", role);
      try {
        files().removeRole(role, expected);
      } catch (FileFailure e) {
        failed(ctx, role, e);
        throw e;
      }
      List<String> paths = files.keySet().stream().map(SitePath::text).toList();
      commit(ctx, paths, "Remove role " + role + " on the page");
    }
  }

  /**
   * Nothing is written that breaks the site, whoever wants it.
   *
   * @param whole whether these are all files of a role, and it goes with them
   */
  private void require(
      Context ctx,
      Collection<SitePath> paths,
      Map<SitePath, FileText> files,
      String before,
      boolean accepted,
      boolean whole) {
    boolean trusted = Guard.caller(ctx).isAdministrator();
    Map<String, Optional<String>> texts = new TreeMap<>();
    for (Map.Entry<SitePath, FileText> file : files.entrySet()) {
      FileAccess.toTry(Guard.caller(ctx).grant(), file.getKey(), before, file.getValue().shown())
          .ifPresent(
              denial -> {
                throw new NotSaved(denial);
              });
      texts.put(
          file.getKey().text(),
          Optional.of(file.getValue()).filter(FileText::exists).map(FileText::raw));
    }
    FileCheck.Found found = check.check(SiteEdit.of(texts), trusted);
    if (!trusted && !found.declassified().isEmpty() && found.loaded().draft().isPresent()) {
      throw new NotSaved(
          new FileAccess.Denial(
              "editor.denied.declassified", String.join(", ", found.declassified())));
    }
    List<String> names = paths.stream().map(SitePath::text).toList();
    // An emptied folder is a role without its file; one that goes as a whole is none.
    List<Problem> errors =
        check.forbidding(found, names).stream()
            .filter(e -> !whole || !names.contains(e.file()))
            .toList();
    if (!errors.isEmpty()) {
      throw new NotSaved(errors, true);
    }
    List<Problem> warnings = check.warnings(found);
    if (!accepted && !warnings.isEmpty()) {
      throw new NotSaved(warnings, false);
    }
  }

  private void note(
      Context ctx, SitePath path, FileText before, FileText after, Instant now, String change)
      throws FileFailure, StoreFailure {
    keep(ctx, path, before, after, now);
    String what = !after.exists() ? "file removed" : before.exists() ? "file saved" : "file added";
    audit.record(ctx, what, path + " " + change);
  }

  private void keep(Context ctx, SitePath path, FileText before, FileText after, Instant now)
      throws FileFailure {
    if (history.isPresent()) {
      history.get().keep(path, now, who(ctx).name(), before, after.hash());
    }
  }

  private void failed(Context ctx, String what, FileFailure e) {
    audit.tell(who(ctx), "not saved after all", what, String.valueOf(e.kind()));
  }

  private GitWorkTree.Committed commit(Context ctx, List<String> paths, String message) {
    return parts.site().get().settings().web().commit()
        ? new GitWorkTree(parts.site().get().folder()).commit(paths, who(ctx).name(), message)
        : GitWorkTree.NOTHING;
  }

  private static Who who(Context ctx) {
    return Guard.caller(ctx).who();
  }

  /** The last saves, the newest first. */
  List<EditHistory.Edit> newest(int most) {
    return history.map(h -> h.newest(most)).orElseGet(ArrayList::new);
  }
}
