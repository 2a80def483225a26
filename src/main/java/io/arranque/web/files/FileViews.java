package io.arranque.web.files;

import io.arranque.editor.FileFailure;
import io.arranque.editor.LineDifference;
import io.arranque.editor.SitePath;
import io.arranque.plan.Impact;
import io.arranque.site.Problem;
import io.arranque.web.base.FieldError;
import io.arranque.web.page.Messages;
import io.arranque.web.views.Desk;
import io.arranque.web.views.PreviewViews;
import io.arranque.web.views.PreviewViews.LineView;
import io.arranque.web.views.PreviewViews.PartView;
import io.arranque.web.views.PreviewViews.ProblemView;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.MachineView;
import io.arranque.web.views.Views.TextView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The site's files, and what an edit of one means, as page and API show them. */
public final class FileViews {
  /** More names in one room are not read but counted. */
  private static final int NAMED_MAX = 60;

  /** A machine that is in the middle of being told what is about to change. */
  private static final Set<String> BUSY = Set.of("waking", "dhcp", "loading");

  private FileViews() {}

  /**
   * @param kind {@code role}, {@code document}, {@code script}, …
   */
  record FileView(String path, String name, String kind, String role) {}

  record FolderView(String name, List<FileView> files) {}

  static FileView file(SitePath path) {
    return new FileView(path.text(), path.name(), word(path.kind().name()), path.role().orElse(""));
  }

  /**
   * @param good whether the site would be taken with the edit
   * @param here problems of the edited file, by line
   * @param elsewhere those of other files that are not there without it
   * @param exposed variables that would not be secret any more
   */
  record CheckView(
      boolean good, List<ProblemView> here, List<ProblemView> elsewhere, String exposed) {}

  static CheckView check(FileCheck.Found found, Collection<String> paths, Set<String> known) {
    return new CheckView(
        found.loaded().site().isPresent(),
        found.in(paths).stream().map(PreviewViews::problem).toList(),
        found.elsewhere(paths, known).stream().map(PreviewViews::problem).toList(),
        String.join(", ", found.declassified()));
  }

  /**
   * @param mac empty: a made-up machine
   * @param supposed whether it really has another role
   * @param difference to what it gets now
   */
  record ShownView(
      String mac,
      String name,
      String role,
      boolean supposed,
      List<TextView> texts,
      List<PartView> difference) {}

  static ShownView shown(FilePreview.Shown shown) {
    return new ShownView(
        shown.mac().map(Object::toString).orElse(""),
        shown.name(),
        shown.role().equals("-") ? "" : shown.role(),
        shown.supposed(),
        shown.shown().stream().map(Desk::text).toList(),
        shown.difference().parts().stream().map(PreviewViews::part).toList());
  }

  /**
   * @param busy whether it is booting at this moment
   */
  record TouchedView(String mac, String id, String name, boolean busy, String stage) {}

  /**
   * Machines of a room to which the same happens.
   *
   * @param fate {@code changed}, {@code broken} or {@code mended}
   * @param what of theirs; of broken ones, why
   * @param more how many are not named
   */
  record GroupView(String fate, List<String> what, List<TouchedView> machines, int more) {}

  /**
   * @param room empty: machines that stand in none
   * @param locked why its machines are to be left alone now; empty: they are not
   */
  record RoomView(String room, String locked, int count, int busy, List<GroupView> groups) {}

  record TouchView(
      int machines,
      int unchanged,
      int unlooked,
      int changed,
      int broken,
      int mended,
      int busy,
      List<RoomView> rooms) {}

  private record Same(String fate, List<String> what) {}

  /**
   * @param machine how a machine stands
   * @param locked what keeps a room from being touched
   */
  static TouchView touched(
      Impact impact,
      Function<Impact.Affected, Optional<MachineView>> machine,
      Function<String, Optional<String>> locked) {
    Map<String, Map<Same, List<TouchedView>>> byRoom = new TreeMap<>();
    Map<String, List<Impact.Affected>> fates =
        Map.of("broken", impact.broken(), "changed", impact.changed(), "mended", impact.mended());
    for (String fate : List.of("broken", "changed", "mended")) {
      for (Impact.Affected one : fates.getOrDefault(fate, List.of())) {
        Optional<MachineView> view = machine.apply(one);
        byRoom
            .computeIfAbsent(
                view.map(MachineView::plannedRoom).orElse(""), room -> new LinkedHashMap<>())
            .computeIfAbsent(new Same(fate, one.what()), same -> new ArrayList<>())
            .add(touched(one, view));
      }
    }
    List<RoomView> rooms = new ArrayList<>();
    byRoom.forEach((room, groups) -> rooms.add(room(room, groups, locked.apply(room))));
    int touched = impact.changed().size() + impact.broken().size() + impact.mended().size();
    return new TouchView(
        impact.machines(),
        impact.machines() - touched,
        impact.unlooked(),
        impact.changed().size(),
        impact.broken().size(),
        impact.mended().size(),
        rooms.stream().mapToInt(RoomView::busy).sum(),
        List.copyOf(rooms));
  }

  private static RoomView room(
      String room, Map<Same, List<TouchedView>> groups, Optional<String> locked) {
    List<GroupView> views = new ArrayList<>();
    groups.forEach(
        (same, all) -> {
          List<TouchedView> named = List.copyOf(all.subList(0, Math.min(NAMED_MAX, all.size())));
          views.add(new GroupView(same.fate(), same.what(), named, all.size() - named.size()));
        });
    List<TouchedView> everybody = groups.values().stream().flatMap(List::stream).toList();
    return new RoomView(
        room,
        locked.orElse(""),
        everybody.size(),
        (int) everybody.stream().filter(TouchedView::busy).count(),
        List.copyOf(views));
  }

  private static TouchedView touched(Impact.Affected one, Optional<MachineView> view) {
    String stage = view.map(v -> v.stage().state()).orElse("never-seen");
    String word = view.map(v -> v.stage().word()).orElse(stage);
    return new TouchedView(
        one.mac().toString(), one.mac().hyphenated(), one.name(), BUSY.contains(stage), word);
  }

  /**
   * @param change how many lines, never which
   * @param trouble why git has no commit of it, although it was to have one
   */
  record SavedView(
      String path, String hash, String at, String change, String commit, String trouble) {}

  static SavedView saved(SitePath path, FileSaves.Saved saved) {
    return new SavedView(
        path.text(),
        saved.file().hash(),
        Views.text(saved.at()),
        saved.change(),
        saved.commit().orElse(""),
        saved.trouble().orElse(""));
  }

  record DiffView(int added, int removed, List<LineView> lines) {}

  static DiffView difference(String before, String after) {
    LineDifference difference = LineDifference.between(before, after);
    return new DiffView(
        difference.added(),
        difference.removed(),
        difference.lines().stream()
            .map(line -> new LineView(PreviewViews.kind(line), line))
            .toList());
  }

  public static FieldError fieldError(Problem problem) {
    return new FieldError(
        problem.line(), problem.file(), word(problem.severity().name()), problem.message());
  }

  /** What kept an edit from being saved, in words for people. */
  public static List<String> lines(NotSaved no, Messages messages) {
    if (no.denial().isPresent()) {
      return List.of(messages.get(no.denial().get().key(), no.denial().get().what()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(messages.get(no.isBroken() ? "editor.broken" : "editor.warnings"));
    no.problems().forEach(problem -> lines.add(messages.phrases().say(problem.toString())));
    return List.copyOf(lines);
  }

  public static int status(FileFailure.Kind kind) {
    return switch (kind) {
      case MISSING -> 404;
      case CHANGED -> 409;
      case LINK, NOT_TEXT -> 422;
      case TOO_LARGE -> 413;
      case DISK_FULL -> 507;
      case REFUSED -> 500;
    };
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
