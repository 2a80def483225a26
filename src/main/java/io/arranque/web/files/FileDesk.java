package io.arranque.web.files;

import io.arranque.address.Mac;
import io.arranque.editor.FileFailure;
import io.arranque.editor.FileText;
import io.arranque.editor.SitePath;
import io.arranque.inventory.Machine;
import io.arranque.people.Grant;
import io.arranque.plan.Impact;
import io.arranque.site.SiteEdit;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Previews;
import io.arranque.web.files.FileViews.CheckView;
import io.arranque.web.files.FileViews.ShownView;
import io.arranque.web.files.FileViews.TouchView;
import io.arranque.web.views.Desk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What can be looked up about files and edits; page and API ask the same methods. */
public final class FileDesk {
  private final Parts parts;
  private final Desk desk;
  private final FileCheck check;
  private final FilePreview preview;
  private final FileSaves saves;

  FileDesk(Parts parts, Desk desk, FileCheck check, FileSaves saves) {
    this.parts = parts;
    this.desk = desk;
    this.check = check;
    this.preview = new FilePreview(parts);
    this.saves = saves;
  }

  /** Those that somebody may see, by path. */
  List<SitePath> list(Grant grant) {
    return saves.files().list().stream().filter(p -> FileAccess.isListed(grant, p)).toList();
  }

  public static SitePath path(String text) {
    return SitePath.parse(text)
        .orElseThrow(() -> Fault.notFound("There is no file of the site called so."));
  }

  /** What stands in it, for somebody who may see it. */
  FileText open(Grant grant, SitePath path) throws FileFailure {
    FileText file = saves.files().read(path);
    FileAccess.toOpen(grant, path, file, parts.site().get())
        .ifPresent(
            denial -> {
              throw new NotSaved(denial);
            });
    return file;
  }

  /** The outcome of looking at an edit: what is wrong with it, and how a machine would see it. */
  record Looked(CheckView check, Optional<ShownView> shown) {}

  /**
   * @param text empty: as if the file were gone
   * @param machine a MAC or a host name; empty: one that the file concerns
   */
  Looked look(Grant grant, SitePath path, Optional<String> text, String machine)
      throws FileFailure {
    FileCheck.Found found = found(grant, path, text);
    CheckView view = FileViews.check(found, List.of(path.text()), check.known());
    Optional<ShownView> shown =
        found
            .draft()
            .map(draft -> preview.of(path, found.before(), draft, machine(machine)))
            .map(FileViews::shown);
    return new Looked(view, shown);
  }

  /** Which machines an edit touches. */
  TouchView touched(
      Grant grant, SitePath path, Optional<String> text, Duration most, BooleanSupplier wanted)
      throws FileFailure {
    Impact impact = check.impact(found(grant, path, text), most, wanted);
    return FileViews.touched(impact, one -> desk.machine(one.mac()), this::locked);
  }

  /** Why a room is to be left alone now: page and API say so before a save. */
  private Optional<String> locked(String room) {
    return parts
        .book()
        .view()
        .lock(Optional.of(room).filter(name -> !name.isEmpty()), parts.clock().instant())
        .map(lock -> lock.why().isEmpty() ? lock.by() : lock.by() + ": " + lock.why());
  }

  private FileCheck.Found found(Grant grant, SitePath path, Optional<String> text)
      throws FileFailure {
    FileText before = saves.files().read(path);
    FileAccess.toTry(grant, path, before.shown(), text.orElse(""))
        .ifPresent(
            denial -> {
              throw new NotSaved(denial);
            });
    if (text.isPresent()) {
      // The same limits as for saving, before anything is parsed.
      FileText.of(text.get());
    }
    return check.check(SiteEdit.of(Map.of(path.text(), text)), grant.isAdministrator());
  }

  private Optional<Mac> machine(String named) {
    Optional<Mac> mac = Mac.parse(named.strip());
    return mac.isPresent()
        ? mac
        : parts.book().view().machines().stream()
            .filter(m -> m.hostname().equalsIgnoreCase(named.strip()))
            .map(Machine::mac)
            .findFirst();
  }

  record FoundMachine(String mac, String name, String place) {}

  /** By a part of the name, of the MAC, or of room and seat. */
  List<FoundMachine> machines(String text, int most) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return parts.book().view().machines().stream()
        .map(
            m ->
                new FoundMachine(
                    m.mac().toString(),
                    m.hostname(),
                    (m.assignment().room().or(m::segment).orElse("")
                            + " "
                            + m.assignment().seat().orElse(""))
                        .strip()))
        .filter(
            m ->
                (m.mac() + " " + m.name() + " " + m.place())
                    .toLowerCase(Locale.ROOT)
                    .contains(wanted))
        .sorted(java.util.Comparator.comparing(m -> Desk.natural(m.name())))
        .limit(most)
        .toList();
  }

  /**
   * How the disk stands to what is in force.
   *
   * @param reload when the site was last taken over; empty: at the start
   * @param broken whether the files on disk were not taken, so that an older state is in force
   */
  record State(String hash, Optional<Instant> reload, boolean broken) {
    boolean isInForce(Instant saved) {
      return !broken && reload.filter(at -> !at.isBefore(saved)).isPresent();
    }
  }

  State state(SitePath path) throws FileFailure {
    return new State(
        saves.files().read(path).hash(),
        parts.previews().reloads().get().stream().map(Previews.Reload::at).findFirst(),
        isBroken(parts.problems().get()));
  }

  /** What a page that shows the file must be told of when it is different. */
  List<Object> pulse(SitePath path) {
    return List.of(
        saves.files().stamp(path),
        parts.previews().reloads().get().stream().map(Previews.Reload::at).findFirst(),
        isBroken(parts.problems().get()));
  }

  private static boolean isBroken(List<String> problems) {
    return problems.stream()
        .anyMatch(
            line ->
                line.matches("(?s)(arranque|dhcp|ipxe-scripts|cloud-init)[^ ]*:[0-9]+[ :].*")
                    && !line.contains(": warning: "));
  }
}
