package io.arranque.web.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.RoomMembers;
import io.arranque.inventory.StoreFailure;
import io.arranque.schedule.Locks;
import io.arranque.schedule.ScheduleRules;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.LockViews;
import io.arranque.web.views.LockViews.LockView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Locking rooms and lifting locks: for the page and for programs. */
public final class LockRoutes {
  private static final String ROOM = "/api/v1/rooms/{name}/lock";
  private static final String ALL = "/api/v1/schedule/lock";

  private final Parts parts;
  private final Changes.Maker changes;
  private final Renderer renderer;
  private final Answers answers;
  private final Bodies bodies;

  public LockRoutes(
      Parts parts, Changes.Maker changes, Renderer renderer, Answers answers, ObjectMapper json) {
    this.parts = parts;
    this.changes = changes;
    this.renderer = renderer;
    this.answers = answers;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.get(ROOM, ctx -> answers.send(ctx, shown(room(ctx))));
    routes.put(ROOM, ctx -> apiLock(ctx, room(ctx)));
    routes.delete(ROOM, ctx -> apiUnlock(ctx, room(ctx)));
    routes.get(ALL, ctx -> answers.send(ctx, shown(Optional.empty())));
    routes.put(ALL, ctx -> apiLock(ctx, Optional.empty()));
    routes.delete(ALL, ctx -> apiUnlock(ctx, Optional.empty()));
    routes.get("/locks", this::marks);
    routes.get("/rooms/{name}/lock", ctx -> card(ctx, ctx.pathParam("name")));
    routes.post(
        "/rooms/{name}/lock",
        ctx -> {
          lock(ctx, room(ctx));
          back(ctx, room(ctx));
        });
    routes.post(
        "/rooms/{name}/unlock",
        ctx -> {
          changes.of(ctx).unlock(room(ctx), Guard.by(ctx));
          back(ctx, room(ctx));
        });
    // From the page of the schedule, where the room is one of the form's fields.
    routes.post(
        "/schedule/lock",
        ctx -> {
          lock(ctx, chosen(ctx));
          Renderer.goTo(ctx, "/schedule");
        });
    routes.post(
        "/schedule/unlock",
        ctx -> {
          changes.of(ctx).unlock(chosen(ctx), Guard.by(ctx));
          Renderer.goTo(ctx, "/schedule");
        });
  }

  /** The room of the path, if there is one of that name. */
  private Optional<String> room(Context ctx) {
    return known(ctx.pathParam("name"));
  }

  private Optional<String> chosen(Context ctx) {
    String room = Forms.text(ctx, "room");
    return room.isEmpty() || room.equals("*") ? Optional.empty() : known(room);
  }

  private Optional<String> known(String room) {
    if (!RoomMembers.rooms(parts.site().get(), parts.book().view()).contains(room)) {
      String brief = room.length() <= 63 ? room : room.substring(0, 63) + "…";
      throw new Refused(List.of(new Refusal(Kind.ROOM_UNKNOWN, "room", brief)));
    }
    return Optional.of(room);
  }

  private void apiLock(Context ctx, Optional<String> room) throws StoreFailure {
    Map<String, String> fields =
        ctx.body().isBlank()
            ? new HashMap<>()
            : bodies.words(ctx, Set.of("minutes", "until", "why"));
    changes.of(ctx).lock(room, until(fields), fields.getOrDefault("why", ""), Guard.by(ctx));
    answers.send(ctx, shown(room));
  }

  private void apiUnlock(Context ctx, Optional<String> room) throws StoreFailure {
    changes.of(ctx).unlock(room, Guard.by(ctx));
    ctx.status(204);
  }

  private void lock(Context ctx, Optional<String> room) throws StoreFailure {
    Map<String, String> fields = new HashMap<>();
    fields.put("until", ctx.formParam("open") == null ? Forms.text(ctx, "until") : "");
    if (ctx.formParam("open") == null && Forms.text(ctx, "until").isEmpty()) {
      throw malformed("");
    }
    changes.of(ctx).lock(room, until(fields), Forms.text(ctx, "why"), Guard.by(ctx));
  }

  /**
   * By minutes; by an instant or a time of day; without either the usual time; an empty {@code
   * until}: until somebody lifts it.
   */
  private Optional<Instant> until(Map<String, String> fields) {
    Instant now = parts.clock().instant();
    String minutes = fields.getOrDefault("minutes", "");
    if (!minutes.isEmpty()) {
      if (!minutes.matches("[0-9]{1,6}") || fields.containsKey("until")) {
        throw malformed(minutes);
      }
      return Optional.of(now.plus(Duration.ofMinutes(Integer.parseInt(minutes))));
    }
    if (!fields.containsKey("until")) {
      return Optional.of(now.plus(Locks.USUAL));
    }
    String until = fields.getOrDefault("until", "");
    if (until.isEmpty()) {
      return Optional.empty();
    }
    ZoneId zone = parts.schedule().view().zone();
    try {
      return ScheduleRules.time(until)
          .map(time -> Locks.next(time, now, zone))
          .or(() -> Optional.of(Instant.parse(until)));
    } catch (DateTimeException e) {
      throw malformed(until);
    }
  }

  private static Refused malformed(String text) {
    String brief = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return new Refused(List.of(new Refusal(Kind.LOCK_END_MALFORMED, "until", brief)));
  }

  /**
   * @param locked whether a lock is in force there, of the room or of all
   */
  record Shown(String room, boolean locked, List<LockView> locks) {}

  private Shown shown(Optional<String> room) {
    Instant now = parts.clock().instant();
    List<LockView> locks =
        Locks.inForce(parts.book().view(), now).stream()
            .filter(lock -> lock.covers(room))
            .map(lock -> LockViews.of(lock, now, parts.schedule().view().zone()))
            .toList();
    return new Shown(room.orElse(""), !locks.isEmpty(), locks);
  }

  /**
   * For the pages that show rooms; of several over one room, the one that ends last is the last.
   */
  private void marks(Context ctx) {
    Messages messages = renderer.messages(ctx);
    Instant now = parts.clock().instant();
    ZoneId zone = parts.schedule().view().zone();
    answers.send(
        ctx,
        Locks.inForce(parts.book().view(), now).stream()
            .sorted(RoomLock.BY_END)
            .map(lock -> mark(LockViews.of(lock, now, zone), messages))
            .toList());
  }

  /**
   * What a page puts beside the room's name.
   *
   * @param text in its language, until when
   */
  record MarkView(String room, String until, String text, String why) {}

  private static MarkView mark(LockView lock, Messages messages) {
    String text =
        lock.end().isEmpty()
            ? messages.get("lock.locked-open")
            : messages.get("lock.locked-until", lock.end());
    return new MarkView(lock.room(), lock.until(), text, lock.why());
  }

  private void back(Context ctx, Optional<String> room) {
    if (Renderer.isHtmx(ctx)) {
      card(ctx, room.orElseThrow());
    } else {
      Renderer.goTo(ctx, "/schedule");
    }
  }

  private void card(Context ctx, String room) {
    known(room);
    renderer.fragment(ctx, "lock-card", Map.of("lockRoom", room));
  }
}
