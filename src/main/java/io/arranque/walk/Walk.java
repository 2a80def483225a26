package io.arranque.walk;

import io.arranque.address.Mac;
import io.arranque.walk.Note.Kind;
import io.arranque.walk.Question.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A walk through a room: which seat is next, and what becomes of each PC that is heard. Nothing
 * changes in it; each event gives the walk as it is afterwards.
 *
 * @param began PCs that boot from then on count
 * @param steps what was done, oldest first
 * @param question what it waits to be told; PCs queue behind it
 * @param queue heard since, in order
 */
public record Walk(
    Route route,
    Instant began,
    List<Step> steps,
    Optional<Question> question,
    List<Heard> queue,
    boolean paused) {
  /** Two that begin within this time may stand either way round. */
  public static final Duration AT_ONCE = Duration.ofSeconds(2);

  /** A whole room that is switched on while a question is open. */
  private static final int LONGEST_QUEUE = 200;

  public Walk {
    steps = List.copyOf(steps);
    queue = List.copyOf(queue);
  }

  public static Walk begin(Route route, Instant now) {
    return new Walk(route, now, List.of(), Optional.empty(), List.of(), false);
  }

  /** The seat whose PC is to be switched on; empty when none is left. */
  public Optional<String> next(Seating seating) {
    return next(seating, Set.of());
  }

  private Optional<String> next(Seating seating, Set<String> besides) {
    Set<String> gone = new HashSet<>(seating.taken());
    gone.addAll(skipped());
    gone.addAll(besides);
    return route.firstBut(gone);
  }

  public Set<String> skipped() {
    Set<String> skipped = new HashSet<>();
    for (Step step : steps) {
      if (step.isSkip()) {
        skipped.add(step.seat());
      } else {
        skipped.remove(step.seat());
      }
    }
    return skipped;
  }

  /**
   * A PC of this room begins to boot.
   *
   * @param elsewhere another room that people put it into, with its seat there, as {@code room} or
   *     {@code room seat}; empty: none
   */
  public Outcome heard(Heard pc, Seating seating, Optional<Elsewhere> elsewhere) {
    Optional<String> has = seating.seatOf(pc.mac());
    if (has.isPresent()) {
      return Outcome.of(this, Note.of(Kind.ALREADY, pc.mac(), has.get()));
    }
    if (paused) {
      return Outcome.of(this, Note.of(Kind.WHILE_PAUSED, pc.mac(), ""));
    }
    if (question.isPresent()) {
      return queued(pc);
    }
    Optional<String> seat = next(seating);
    if (seat.isEmpty()) {
      return Outcome.of(this, Note.of(Kind.NO_SEAT, pc.mac(), ""));
    }
    if (elsewhere.isPresent()) {
      Elsewhere its = elsewhere.get();
      Question asked = new Question(pc, seat.get(), Optional.empty(), its.seat(), its.room());
      return Outcome.of(
          asking(asked),
          new Note(Kind.ELSEWHERE, Optional.of(pc.mac()), seat.get(), its.room()));
    }
    Optional<Step> before = justBefore(pc, seating);
    if (before.isPresent()) {
      Step other = before.get();
      Question asked = new Question(pc, seat.get(), other.mac(), other.seat(), "");
      return Outcome.of(
          asking(asked),
          new Note(Kind.TOGETHER, Optional.of(pc.mac()), seat.get(), other.seat()));
    }
    return sits(pc, seat.get());
  }

  /** Where people put a machine that is now heard in this room. */
  public record Elsewhere(String room, String seat) {}

  private Outcome queued(Heard pc) {
    boolean known =
        question.orElseThrow().about().mac().equals(pc.mac())
            || queue.stream().anyMatch(other -> other.mac().equals(pc.mac()));
    if (known || queue.size() >= LONGEST_QUEUE) {
      return Outcome.nothing(this);
    }
    List<Heard> longer = new ArrayList<>(queue);
    longer.add(pc);
    return Outcome.of(
        new Walk(route, began, steps, question, longer, paused),
        Note.of(Kind.QUEUED, pc.mac(), ""));
  }

  /** The PC that got its seat a moment before. */
  private Optional<Step> justBefore(Heard pc, Seating seating) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Step last = steps.get(steps.size() - 1);
    return Optional.of(last)
        .filter(step -> step.mac().isPresent())
        .filter(step -> seating.at(step.seat()).equals(step.mac()))
        .filter(step -> Duration.between(step.at(), pc.at()).abs().compareTo(AT_ONCE) <= 0);
  }

  private Outcome sits(Heard pc, String seat) {
    Step step = new Step(pc.at(), Optional.of(pc.mac()), seat, List.of());
    return new Outcome(
        stepped(step),
        List.of(new Sit(pc.mac(), seat)),
        Optional.empty(),
        Optional.of(Note.of(Kind.SEATED, pc.mac(), seat)));
  }

  /** Somebody answers; {@code mac} is whom the page asked about, so that a late click is none. */
  public Outcome answered(Mac mac, Answer answer, Seating seating) {
    Optional<Question> asked = question.filter(q -> q.about().mac().equals(mac));
    if (asked.isEmpty()) {
      return Outcome.nothing(this);
    }
    Question q = asked.get();
    Walk free = asking(null);
    Optional<String> seat = free.next(seating);
    return switch (answer) {
      case IGNORE -> Outcome.of(free, Note.of(Kind.IGNORED, mac, ""));
      case TAKE ->
          seat.map(free_ -> free.sits(q.about(), free_))
              .orElse(Outcome.of(free, Note.of(Kind.NO_SEAT, mac, "")));
      case SWAP -> {
        if (q.other().isEmpty() || seat.isEmpty()) {
          yield Outcome.of(free, Note.of(Kind.NO_SEAT, mac, ""));
        }
        Step step = new Step(q.about().at(), Optional.of(mac), q.otherSeat(), List.of());
        yield new Outcome(
            free.stepped(step),
            List.of(new Sit(q.other().get(), seat.get()), new Sit(mac, q.otherSeat())),
            Optional.empty(),
            Optional.of(new Note(Kind.SWAPPED, Optional.of(mac), q.otherSeat(), seat.get())));
      }
    };
  }

  /** The next PC that waited for the answer. */
  public Optional<Heard> waiting() {
    return question.isEmpty() && !queue.isEmpty() ? Optional.of(queue.get(0)) : Optional.empty();
  }

  /** Without the first that waited. */
  public Walk withoutFirstWaiting() {
    return new Walk(route, began, steps, question, queue.subList(1, queue.size()), paused);
  }

  /**
   * A machine is put on a seat by hand; who sits there changes places with it.
   *
   * @param seat where; empty: the seat whose turn it is
   */
  public Outcome place(Mac mac, Optional<String> seat, Seating seating, Instant now) {
    Optional<String> to = seat.or(() -> next(seating));
    if (to.isEmpty()) {
      return Outcome.of(this, Note.of(Kind.NO_SEAT, mac, ""));
    }
    Optional<String> from = seating.seatOf(mac);
    if (from.equals(to)) {
      return Outcome.of(this, Note.of(Kind.ALREADY, mac, to.get()));
    }
    List<Sit> sits = new ArrayList<>();
    Optional<Mac> other = seating.at(to.get());
    // Whoever sat there goes where the other comes from, or, from nowhere, has no seat.
    other.ifPresent(sitter -> sits.add(new Sit(sitter, from.orElse(""))));
    sits.add(new Sit(mac, to.get()));
    Walk free = question.filter(q -> q.about().mac().equals(mac)).isPresent() ? asking(null) : this;
    Kind kind = other.isPresent() ? Kind.SWAPPED : Kind.SEATED;
    return new Outcome(
        free.stepped(new Step(now, Optional.of(mac), to.get(), List.of())),
        sits,
        Optional.empty(),
        Optional.of(new Note(kind, Optional.of(mac), to.get(), from.orElse(""))));
  }

  /**
   * There is no PC at this seat, or none to switch on.
   *
   * @param seat which, as the page showed it: of two who press at once one skips
   */
  public Outcome skip(String seat, Seating seating, Instant now) {
    if (!next(seating).equals(Optional.of(seat))) {
      return Outcome.nothing(this);
    }
    Step step = new Step(now, Optional.empty(), seat, List.of());
    return Outcome.of(stepped(step), Note.of(Kind.SKIPPED, seat));
  }

  /**
   * The last step is taken back.
   *
   * @param count how many steps the page showed: of two who press at once one goes back
   */
  public Outcome back(int count) {
    if (count != steps.size()) {
      return Outcome.nothing(this);
    }
    if (steps.isEmpty()) {
      return Outcome.of(this, Note.of(Kind.NOTHING_DONE, ""));
    }
    Step last = steps.get(steps.size() - 1);
    Walk without =
        new Walk(
            route, began, steps.subList(0, steps.size() - 1), Optional.empty(), queue, paused);
    return last.isSkip()
        ? Outcome.of(without, Note.of(Kind.UNSKIPPED, last.seat()))
        : new Outcome(
            without,
            List.of(),
            Optional.of(last),
            Optional.of(Note.of(Kind.TAKEN_BACK, last.mac().orElseThrow(), last.seat())));
  }

  public Outcome pause(boolean pause) {
    Walk changed = new Walk(route, began, steps, question, queue, pause);
    return pause == paused
        ? Outcome.nothing(this)
        : Outcome.of(changed, Note.of(pause ? Kind.PAUSED : Kind.RESUMED, ""));
  }

  /** It goes on at this seat, which must be an empty one. */
  public Outcome goTo(String seat, Route whole, Seating seating) {
    if (seating.at(seat).isPresent()) {
      return Outcome.nothing(this);
    }
    List<Step> kept =
        steps.stream().filter(step -> !(step.isSkip() && step.seat().equals(seat))).toList();
    return Outcome.of(
        new Walk(whole.from(seat), began, kept, question, queue, paused),
        Note.of(Kind.GONE_TO, seat));
  }

  /** With what takes the last step back, as it was committed. */
  public Walk remembering(List<Step.Undo> undo) {
    List<Step> all = new ArrayList<>(steps);
    int last = all.size() - 1;
    all.set(last, all.get(last).with(undo));
    return new Walk(route, began, all, question, queue, paused);
  }

  private Walk stepped(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Walk(route, began, longer, question, queue, paused);
  }

  private Walk asking(@org.jspecify.annotations.Nullable Question asked) {
    return new Walk(route, began, steps, Optional.ofNullable(asked), queue, paused);
  }
}
