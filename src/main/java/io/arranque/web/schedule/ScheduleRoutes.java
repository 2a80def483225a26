package io.arranque.web.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.inventory.RoomMembers;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Who;
import io.arranque.schedule.Entry;
import io.arranque.schedule.Locks;
import io.arranque.schedule.ScheduleChange;
import io.arranque.schedule.ScheduleRules;
import io.arranque.schedule.ScheduleRules.Decision;
import io.arranque.schedule.ScheduleRules.Draft;
import io.arranque.schedule.Timetable;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Caller;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.arranque.web.live.Live;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.arranque.web.page.ShownLocks;
import io.arranque.web.schedule.ScheduleViews.EntryView;
import io.arranque.web.schedule.ScheduleViews.NextView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The schedule: its page, and the API. */
public final class ScheduleRoutes {
  private static final String ROOT = "/api/v1/schedule";
  private static final int NEXT = 12;
  private static final int MOST_NEXT = 200;

  /** What the form has fields for; the API takes the same. */
  private static final Set<String> FIELDS =
      Set.of("room", "action", "days", "date", "from", "until", "at", "end", "why", "active");

  /** What GET adds; ignored, so that an answer can be edited and sent back. */
  private static final Set<String> READ_ONLY = Set.of("id", "by", "next", "last");

  private final Parts parts;
  private final Live live;
  private final Guard guard;
  private final Renderer renderer;
  private final Answers answers;
  private final Bodies bodies;

  public ScheduleRoutes(
      Parts parts, Live live, Guard guard, Renderer renderer, Answers answers, ObjectMapper json) {
    this.parts = parts;
    this.live = live;
    this.guard = guard;
    this.renderer = renderer;
    this.answers = answers;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.get("/schedule", ctx -> renderer.page(ctx, "schedule", page(ctx)));
    routes.get("/schedule/now", ctx -> renderer.fragment(ctx, "schedule-now", page(ctx)));
    routes.sse(
        "/schedule/live",
        client -> live.pulse(client, this::state, guard.stillWelcome(client.ctx())));
    routes.post("/schedule", ctx -> byForm(ctx, t -> ScheduleRules.add(t, draft(ctx, form(ctx)))));
    routes.post("/schedule/settings", this::saveSettings);
    routes.post(
        "/schedule/{id}",
        ctx -> byForm(ctx, t -> ScheduleRules.replace(t, id(ctx), draft(ctx, form(ctx)))));
    routes.post("/schedule/{id}/remove", ctx -> byForm(ctx, t -> ScheduleRules.remove(t, id(ctx))));
    routes.post("/schedule/{id}/active", this::activate);
    routes.get(ROOT, ctx -> answers.send(ctx, all()));
    routes.get(ROOT + "/next", this::next);
    routes.put(ROOT, this::apiSettings);
    routes.post(ROOT, this::apiAdd);
    routes.put(ROOT + "/{id}", this::apiReplace);
    routes.delete(
        ROOT + "/{id}",
        ctx -> {
          commit(ctx, t -> ScheduleRules.remove(t, id(ctx)));
          ctx.status(204);
        });
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  /** What the page would be made of anew: it is told when this is another. */
  private Object state() {
    Instant now = now();
    Timetable timetable = timetable();
    return List.of(
        Locks.inForce(parts.book().view(), now),
        timetable,
        now.atZone(timetable.zone()).toLocalDate(),
        timetable.next(now, 1));
  }

  private Map<String, Object> page(Context ctx) {
    Timetable timetable = timetable();
    Locale language = Locale.forLanguageTag(renderer.messages(ctx).language());
    Map<String, Object> scope = new HashMap<>();
    scope.put("entries", entries());
    scope.put("week", ScheduleViews.week(timetable, now(), language));
    scope.put("next", next(NEXT, language));
    scope.put("zone", timetable.zone().getId());
    scope.put(
        "holidays",
        String.join("\n", timetable.holidays().stream().map(Object::toString).toList()));
    scope.put("blank", ScheduleViews.BLANK);
    scope.put("rooms", List.copyOf(rooms()));
    scope.put("zones", ZoneId.getAvailableZoneIds().stream().sorted().toList());
    return scope;
  }

  private List<EntryView> entries() {
    Timetable timetable = timetable();
    return timetable.entries().values().stream()
        .sorted(
            Comparator.comparing((Entry e) -> e.days().onlyDate().isPresent())
                .thenComparing(Entry::at)
                .thenComparing(e -> e.room().orElse("")))
        .map(entry -> ScheduleViews.entry(timetable, entry, now()))
        .toList();
  }

  private List<NextView> next(int most, Locale language) {
    Timetable timetable = timetable();
    return timetable.next(now(), most).stream()
        .map(o -> ScheduleViews.next(o, timetable.zone(), language))
        .toList();
  }

  private Map<String, Object> all() {
    return Map.of(
        "zone", timetable().zone().getId(),
        "holidays", ScheduleViews.holidays(timetable()),
        "entries", entries(),
        "locks", new ShownLocks(parts, Optional.empty()).all());
  }

  private void next(Context ctx) {
    String limit = Optional.ofNullable(ctx.queryParam("limit")).orElse(Integer.toString(NEXT));
    if (!limit.matches("[0-9]{1,4}")) {
      throw new Fault(422, "limit: wanted a number from 1 to " + MOST_NEXT);
    }
    int most = Math.max(1, Math.min(MOST_NEXT, Integer.parseInt(limit)));
    answers.send(ctx, Map.of("next", next(most, Locale.ENGLISH)));
  }

  private void apiAdd(Context ctx) throws StoreFailure {
    Draft draft = draft(ctx, bodies.words(ctx, FIELDS, READ_ONLY));
    Entry added = saved(commit(ctx, t -> ScheduleRules.add(t, draft)));
    ctx.status(201);
    answers.send(ctx, ScheduleViews.entry(timetable(), added, now()));
  }

  private void apiReplace(Context ctx) throws StoreFailure {
    Draft draft = draft(ctx, bodies.words(ctx, FIELDS, READ_ONLY));
    Entry entry = saved(commit(ctx, t -> ScheduleRules.replace(t, id(ctx), draft)));
    answers.send(ctx, ScheduleViews.entry(timetable(), entry, now()));
  }

  private static Entry saved(Decision.Accepted accepted) {
    return ((ScheduleChange.EntrySaved) accepted.changes().get(0)).entry();
  }

  private void apiSettings(Context ctx) throws StoreFailure {
    Map<String, String> fields =
        bodies.words(ctx, Set.of("zone", "holidays"), Set.of("entries", "locks"));
    Timetable before = timetable();
    String holidays =
        Optional.ofNullable(fields.get("holidays"))
            .map(list -> list.replace(',', '\n'))
            .orElseGet(
                () -> String.join("\n", before.holidays().stream().map(Object::toString).toList()));
    String zone = fields.getOrDefault("zone", before.zone().getId());
    commit(ctx, t -> ScheduleRules.settings(t, holidays, zone));
    answers.send(ctx, all());
  }

  private void saveSettings(Context ctx) throws StoreFailure {
    byForm(
        ctx, t -> ScheduleRules.settings(t, Forms.typed(ctx, "holidays"), Forms.text(ctx, "zone")));
  }

  private void activate(Context ctx) throws StoreFailure {
    boolean active = Forms.text(ctx, "active").equals("true");
    byForm(ctx, t -> ScheduleRules.activate(t, id(ctx), active, now()));
  }

  private void byForm(Context ctx, Function<Timetable, Decision> decide) throws StoreFailure {
    commit(ctx, decide);
    Renderer.goTo(ctx, "/schedule");
  }

  /** Days come as one box each. */
  private static Map<String, String> form(Context ctx) {
    Map<String, String> fields = new HashMap<>();
    FIELDS.forEach(field -> fields.put(field, String.join(",", ctx.formParams(field)).strip()));
    boolean once = Forms.text(ctx, "repeat").equals("once");
    if (once) {
      List.of("days", "from", "until").forEach(fields::remove);
    } else {
      fields.remove("date");
    }
    return fields;
  }

  private Draft draft(Context ctx, Map<String, String> fields) {
    return new Draft(fields, rooms(), Guard.caller(ctx).who().name(), now());
  }

  private Set<String> rooms() {
    return RoomMembers.rooms(parts.site().get(), parts.book().view());
  }

  /** Only in rooms of whoever asks: those that an entry had, and those that it is to have. */
  private Decision.Accepted commit(Context ctx, Function<Timetable, Decision> decide)
      throws StoreFailure {
    Caller caller = Guard.caller(ctx);
    Who who = caller.who();
    Decision decision =
        parts
            .schedule()
            .commit(
                who,
                before -> {
                  Decision wanted = decide.apply(before);
                  if (wanted instanceof Decision.Accepted accepted) {
                    requireReach(caller, before, accepted);
                  }
                  return wanted;
                });
    if (decision instanceof Decision.Accepted accepted) {
      Audit.written(ctx);
      return accepted;
    }
    throw new Refused(((Decision.Refused) decision).refusals());
  }

  private static void requireReach(Caller caller, Timetable before, Decision.Accepted accepted) {
    boolean mayAll =
        accepted.changes().stream()
            .allMatch(
                change -> {
                  if (change instanceof ScheduleChange.EntrySaved saved) {
                    Optional<Entry> old = before.entry(saved.entry().id());
                    return caller.grant().operatesIn(saved.entry().room())
                        && (old.isEmpty() || caller.grant().operatesIn(old.get().room()));
                  }
                  if (change instanceof ScheduleChange.EntryRemoved removed) {
                    return caller
                        .grant()
                        .operatesIn(before.entry(removed.id()).flatMap(Entry::room));
                  }
                  return caller.grant().operatesEverywhere();
                });
    if (!mayAll) {
      throw Guard.forbidden();
    }
  }

  private Timetable timetable() {
    return parts.schedule().view();
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
