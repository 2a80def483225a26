package io.arranque.schedule;

import io.arranque.schedule.Entry.Act;
import io.arranque.schedule.Entry.Result;
import io.arranque.schedule.Entry.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done now. Asked every few seconds, or after days: an appliance that was off, or a
 * clock that was put right, makes nothing happen twice, and not all that was due in between.
 *
 * @param result {@link Result#DONE} or {@link Result#LATE}: do it; {@link Result#MISSED}: only
 *     write down that it was not done
 */
public record Due(Occurrence occurrence, Result result) {
  /** A room is woken so much later at most: who comes then switches his PC on himself. */
  public static final Duration GRACE = Duration.ofMinutes(15);

  private static final Duration IN_TIME = Duration.ofMinutes(1);

  /** What was missed longer ago is no news. */
  private static final Duration LONG_AGO = Duration.ofDays(7);

  /** What is said to have been done later than this was done by a clock that was wrong. */
  private static final Duration CLOCK_ERROR = Duration.ofDays(1);

  public static List<Due> at(Instant now, Timetable timetable) {
    List<Due> due = new ArrayList<>();
    timetable.entries().values().forEach(entry -> of(entry, now, timetable).ifPresent(due::add));
    return List.copyOf(due);
  }

  /** Of several days that went by, the last: nobody wants a room woken for yesterday. */
  private static Optional<Due> of(Entry entry, Instant now, Timetable timetable) {
    if (!entry.active() || now.isBefore(entry.since())) {
      // Before it was made: an appliance without a battery for its clock starts in 1970.
      return Optional.empty();
    }
    Optional<Instant> done =
        entry.run().map(Run::start).filter(start -> start.isBefore(now.plus(CLOCK_ERROR)));
    LocalDate today = now.atZone(timetable.zone()).toLocalDate();
    LocalDate last = now.minus(LONG_AGO).atZone(timetable.zone()).toLocalDate();
    for (LocalDate day = today; !day.isBefore(last); day = day.minusDays(1)) {
      Optional<Occurrence> then = timetable.on(day, entry).filter(o -> !o.start().isAfter(now));
      if (then.isPresent()) {
        Instant start = then.get().start();
        boolean isNew = done.filter(d -> !start.isAfter(d)).isEmpty();
        return isNew ? judge(then.get(), now) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Due> judge(Occurrence then, Instant now) {
    Duration late = Duration.between(then.start(), now);
    boolean meant = then.start().isAfter(then.entry().since());
    boolean open =
        switch (then.entry().act()) {
          // Whoever enters at nine that it is to be done at a quarter to eight means tomorrow.
          case WAKE -> meant && late.compareTo(GRACE) <= 0;
          // Whoever enters an exam that has begun means this one: a lock is a state, not an act.
          case LOCK -> then.end().filter(now::isBefore).isPresent();
        };
    if (open) {
      Result result = late.compareTo(IN_TIME) <= 0 ? Result.DONE : Result.LATE;
      boolean asMeant = then.entry().act() == Act.LOCK && !meant;
      return Optional.of(new Due(then, asMeant ? Result.DONE : result));
    }
    return meant ? Optional.of(new Due(then, Result.MISSED)) : Optional.empty();
  }

  /** What is to be kept of it. */
  public Run run(Instant now, Result result, int count) {
    return new Run(occurrence.start(), now, result, count);
  }
}
