package io.arranque.web.files;

import io.arranque.plan.Impact;
import io.arranque.plan.Planner;
import io.arranque.plan.Rehearsal;
import io.arranque.site.Loaded;
import io.arranque.site.Problem;
import io.arranque.site.Site;
import io.arranque.site.SiteEdit;
import io.arranque.site.SiteLoader;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an edit that nobody has saved would do: the same linter as {@code check}, on the site on
 * disk with the edit. A few at a time: somebody types while rooms boot.
 */
final class FileCheck {
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 10;

  /** A line moves with every line that is typed above it. */
  private static final Pattern LINE = Pattern.compile("^([^:]*):[0-9]+");

  private final Parts parts;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  FileCheck(Parts parts) {
    this.parts = parts;
  }

  /**
   * What was found.
   *
   * @param before the site in force
   * @param loaded the site with the edit
   * @param declassified variables that would not be secret any more
   * @param isWhole whether the templates were looked at too
   */
  record Found(Site before, Loaded loaded, Collection<String> declassified, boolean isWhole) {
    /** What can be looked into further: not where values of secrets would show. */
    Optional<Site> draft() {
      return loaded
          .draft()
          .filter(d -> declassified.isEmpty())
          .filter(d -> d.scripts().keySet().containsAll(Planner.REQUIRED_SCRIPTS));
    }

    List<Problem> in(Collection<String> paths) {
      return loaded.problems().all().stream().filter(p -> paths.contains(p.file())).toList();
    }

    /** In other files, and not there without the edit. */
    List<Problem> elsewhere(Collection<String> paths, Set<String> known) {
      return loaded.problems().all().stream()
          .filter(p -> !paths.contains(p.file()))
          .filter(p -> !known.contains(key(p.toString())))
          .toList();
    }
  }

  /**
   * @param trusted whether who asks may see secrets anyway: with those about to be shown, nothing
   *     else is rendered
   */
  Found check(SiteEdit edit, boolean trusted) {
    return inTurn(
        () -> {
          Site before = parts.site().get();
          Loaded read = SiteLoader.load(before.folder(), edit);
          Collection<String> declassified = FileAccess.declassified(before, read.draft());
          boolean whole = trusted || declassified.isEmpty();
          return new Found(
              before, whole ? Rehearsal.vet(parts.planner(), read) : read, declassified, whole);
        });
  }

  /** Which machines would be given something else. */
  Impact impact(Found found, Duration most, BooleanSupplier stillWanted) {
    Instant end = parts.clock().instant().plus(most);
    return inTurn(
        () ->
            found
                .draft()
                .map(
                    draft ->
                        Impact.of(
                            parts.planner(),
                            new Impact.Change(found.before(), draft),
                            parts.book().view(),
                            parts.serverAddress(),
                            () ->
                                parts.clock().instant().isBefore(end)
                                    && stillWanted.getAsBoolean()))
                .orElse(Impact.NOTHING));
  }

  /** Problems of the last attempt to load the site, without their lines. */
  Set<String> known() {
    return parts.problems().get().stream().map(FileCheck::key).collect(Collectors.toSet());
  }

  /** What keeps an edit from being saved; nothing when it may be. */
  List<Problem> forbidding(Found found, Collection<String> paths) {
    List<Problem> errors = found.loaded().problems().errors();
    if (errors.isEmpty()) {
      return List.of();
    }
    // Somebody else has broken the site on disk already: mending one of its files is allowed.
    Set<String> onDisk =
        check(SiteEdit.NONE, true).loaded().problems().errors().stream()
            .map(p -> key(p.toString()))
            .collect(Collectors.toSet());
    List<Problem> forbidding = new ArrayList<>();
    for (Problem error : errors) {
      if (paths.contains(error.file()) || !onDisk.contains(key(error.toString()))) {
        forbidding.add(error);
      }
    }
    return List.copyOf(forbidding);
  }

  /** What somebody must have seen before he saves. */
  List<Problem> warnings(Found found) {
    Set<String> known = known();
    return found.loaded().problems().warnings().stream()
        .filter(p -> !known.contains(key(p.toString())))
        .toList();
  }

  private static String key(String problem) {
    return LINE.matcher(problem).replaceFirst("$1");
  }

  private interface Work<T> {
    T done();
  }

  private <T> T inTurn(Work<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Fault(503, "Others are checking their edits; try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(503, "The appliance is going down.");
    }
    try {
      return work.done();
    } finally {
      turns.release();
    }
  }
}
