package io.arranque.web.tasks;

import io.arranque.inventory.Refusal;
import io.arranque.people.Who;
import io.arranque.schedule.Locks;
import io.arranque.timeline.Reason;
import io.arranque.web.tasks.Task.Outcome;
import io.arranque.web.tasks.Task.Target;
import io.arranque.web.views.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Tasks as page and API show them. */
final class TaskViews {
  /** A page with more names than this helps nobody. */
  private static final int MOST_FAILURES = 100;

  private static final int MOST_NAMED = 20;

  private TaskViews() {}

  /**
   * One machine.
   *
   * @param reason the constant's name; empty when there is nothing to explain
   * @param key of the page's words for it
   */
  record TargetView(
      String mac,
      String id,
      String name,
      String outcome,
      String reason,
      String key,
      String sentence,
      String advice,
      String detail) {}

  /**
   * @param counts machines by outcome
   * @param percent of the machines that something became of
   * @param undoable whether it can be undone now
   * @param undoUntil when that ends; empty when it cannot
   * @param machines all, where one task is shown; else those that did not go well
   */
  record TaskView(
      String id,
      String kind,
      String subject,
      String state,
      String by,
      String began,
      String ended,
      int total,
      SortedMap<String, Integer> counts,
      int percent,
      boolean undoable,
      String undoUntil,
      List<TargetView> machines) {}

  /**
   * Without the machines that went well.
   *
   * @param detail in the words of whoever looks
   */
  static TaskView brief(Tasks tasks, Task task, Function<Task.Why, String> detail) {
    List<Target> failed =
        task.targets().stream()
            .filter(
                target ->
                    target.outcome() == Outcome.REFUSED
                        || target.outcome() == Outcome.SILENT
                        || target.outcome() == Outcome.LEFT)
            .limit(MOST_FAILURES)
            .toList();
    return view(tasks, task, failed, detail);
  }

  static TaskView whole(Tasks tasks, Task task, Function<Task.Why, String> detail) {
    return view(tasks, task, task.targets(), detail);
  }

  private static TaskView view(
      Tasks tasks, Task task, Collection<Target> shown, Function<Task.Why, String> detail) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    task.counts().forEach((outcome, count) -> counts.put(outcome.label(), count));
    int total = task.targets().size();
    int waiting = counts.getOrDefault(Outcome.WAITING.label(), 0);
    boolean undoable = tasks.mayUndo(task);
    return new TaskView(
        task.id,
        task.order.kind().label(),
        task.order.subject(),
        task.state().name().toLowerCase(Locale.ROOT),
        Who.parse(task.by).name(),
        Views.text(task.began),
        task.ended().map(Views::text).orElse(""),
        total,
        counts,
        total == 0 ? 100 : (total - waiting) * 100 / total,
        undoable,
        undoable ? task.ended().map(at -> Views.text(at.plus(Tasks.UNDO_FOR))).orElse("") : "",
        shown.stream().map(target -> target(target, detail)).toList());
  }

  private static TargetView target(Target target, Function<Task.Why, String> detail) {
    Task.Why why = target.why();
    String reason = why.key().substring(why.key().lastIndexOf('.') + 1);
    return new TargetView(
        target.mac().toString(),
        target.mac().hyphenated(),
        target.name(),
        target.outcome().label(),
        reason,
        why.key(),
        why.sentence(),
        why.advice().isEmpty() ? "" : advice(reason),
        detail.apply(why));
  }

  private static String advice(String name) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .map(Reason::advice)
        .orElse("");
  }

  record NamedView(String id, String name) {}

  /**
   * Machines that would be refused for the same reason.
   *
   * @param more how many beside those named
   */
  record RefusedView(
      String reason, String key, String detail, List<NamedView> machines, int more) {}

  /**
   * What would happen.
   *
   * @param accepted how many machines it would be done to
   * @param complete whether all were looked at
   */
  record ReviewView(
      String kind,
      String subject,
      int total,
      int accepted,
      boolean complete,
      boolean undoable,
      List<RefusedView> refused) {}

  /**
   * @param detail in the words of whoever looks
   */
  static ReviewView review(
      TaskKind kind, String subject, Tasks.Review review, Function<Refusal, String> detail) {
    Map<Refusal, List<NamedView>> why = new LinkedHashMap<>();
    review
        .refused()
        .forEach(
            (target, refusal) ->
                why.computeIfAbsent(common(target, refusal), key -> new ArrayList<>())
                    .add(new NamedView(target.mac().hyphenated(), target.name())));
    List<RefusedView> refused = new ArrayList<>();
    why.forEach(
        (refusal, machines) ->
            refused.add(
                new RefusedView(
                    refusal.kind().name(),
                    "refusal." + refusal.kind(),
                    detail.apply(refusal),
                    machines.stream().limit(MOST_NAMED).toList(),
                    Math.max(0, machines.size() - MOST_NAMED))));
    return new ReviewView(
        kind.label(),
        subject,
        review.accepted().size() + review.refused().size(),
        review.accepted().size(),
        review.complete(),
        kind.isUndoable(),
        List.copyOf(refused));
  }

  /** Each reason once. */
  static List<Refusal> common(Tasks.Review review) {
    return review.refused().entrySet().stream()
        .map(refused -> common(refused.getKey(), refused.getValue()))
        .distinct()
        .toList();
  }

  /** Without what is the machine itself. */
  private static Refusal common(Target target, Refusal refusal) {
    if (refusal.kind() == Refusal.Kind.ROOM_LOCKED) {
      return Locks.ofMany(refusal);
    }
    boolean itself =
        refusal.detail().equals(target.mac().toString()) || refusal.detail().equals(target.name());
    return itself ? new Refusal(refusal.kind(), refusal.field(), "") : refusal;
  }
}
