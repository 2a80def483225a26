package io.arranque.web.rooms;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.inventory.Assignments;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.RoomRename;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.PeopleRules;
import io.arranque.people.Who;
import io.arranque.schedule.Locks;
import io.arranque.schedule.ScheduleRules;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/**
 * Another name for a room, its machines, its entries in the schedule and the rights of those who
 * operate it, all at once: a half that failed would be left behind, since a room of the new name is
 * there and the renaming is refused. What a lock forbids, it forbids here too.
 */
public final class RoomRenaming {
  private final Parts parts;
  private final Walks walks;
  private final Changes.Maker changes;
  private final Renderer renderer;
  private final Answers answers;
  private final Bodies bodies;

  public RoomRenaming(
      Parts parts,
      Walks walks,
      Changes.Maker changes,
      Renderer renderer,
      Answers answers,
      ObjectMapper json) {
    this.parts = parts;
    this.walks = walks;
    this.changes = changes;
    this.renderer = renderer;
    this.answers = answers;
    this.bodies = new Bodies(json);
  }

  /**
   * @param staying files of the site that still speak of the old name
   */
  record Renamed(String name, List<String> staying) {}

  public void routes(RoutesConfig routes) {
    routes.post(
        "/rooms/{name}/rename",
        ctx -> Renderer.goTo(ctx, page(ctx, rename(ctx, Forms.text(ctx, "name")))));
    routes.post(
        "/api/v1/rooms/{name}/rename",
        ctx -> {
          String to = bodies.words(ctx, Set.of("name")).getOrDefault("name", "");
          answers.send(ctx, rename(ctx, to));
        });
  }

  /**
   * Of the room by its new name, and by the old one too where something has to be done about it.
   */
  private static String page(Context ctx, Renamed renamed) {
    String page = "/rooms/" + renamed.name();
    return renamed.staying().isEmpty() ? page : page + "?was=" + ctx.pathParam("name");
  }

  /** A lock holds for the room itself, also where nothing in it would be changed. */
  private Assignments.Decision decided(Inventory now, String from, String to, String by) {
    return Locks.refusal(now, from, parts.clock().instant(), parts.schedule().view().zone())
        .<Assignments.Decision>map(locked -> new Assignments.Decision.Refused(List.of(locked)))
        .orElseGet(() -> RoomRename.decide(parts.site().get(), now, from, to, by));
  }

  private Renamed rename(Context ctx, String to) throws StoreFailure {
    String from = ctx.pathParam("name");
    String by = Guard.by(ctx);
    if (walks.of(from).isPresent()) {
      // It would go on putting machines in a room of the old name.
      throw new Fault(409, renderer.messages(ctx).get("room.rename-walk"));
    }
    parts.together().make(() -> commit(ctx, from, to, by));
    return new Renamed(to, RoomRename.staying(parts.site().get(), from));
  }

  private void commit(Context ctx, String from, String to, String by) throws StoreFailure {
    changes.of(ctx).commit(now -> decided(now, from, to, by));
    if (parts.schedule().view().entries().values().stream()
        .anyMatch(entry -> entry.room().filter(from::equals).isPresent())) {
      var unused =
          parts.schedule().commit(Who.parse(by), now -> ScheduleRules.renameRoom(now, from, to));
    }
    if (PeopleRules.renameRoom(parts.people().view(), from, to)
            instanceof PeopleRules.Decision.Accepted accepted
        && !accepted.changes().isEmpty()) {
      var unused =
          parts.people().commit(Who.parse(by), now -> PeopleRules.renameRoom(now, from, to));
    }
  }
}
