package io.arranque.web.rooms;

import io.arranque.inventory.Layouts;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.rooms.RoomViews.RoomDetail;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** Rooms for programs: the same as the page shows and does. */
public final class RoomApi {
  private static final String ROOM = "/api/v1/rooms/{name}";

  private final Parts parts;
  private final RoomDesk desk;
  private final Changes.Maker changes;
  private final Answers answers;
  private final RoomBodies bodies;

  public RoomApi(
      Parts parts, RoomDesk desk, Changes.Maker changes, Answers answers, RoomBodies bodies) {
    this.parts = parts;
    this.desk = desk;
    this.changes = changes;
    this.answers = answers;
    this.bodies = bodies;
  }

  public void routes(RoutesConfig routes) {
    routes.get(ROOM, ctx -> answers.send(ctx, found(ctx)));
    routes.get(ROOM + "/tiles", ctx -> answers.send(ctx, Map.of("tiles", found(ctx).tiles())));
    routes.get(ROOM + "/layout", this::layout);
    routes.put(ROOM + "/layout", this::draw);
  }

  private RoomDetail found(Context ctx) {
    return desk.detail(ctx.pathParam("name"))
        .orElseThrow(() -> Fault.notFound("There is no such room."));
  }

  private void layout(Context ctx) {
    RoomDetail room = found(ctx);
    ctx.header("ETag", '"' + room.version() + '"');
    answers.send(ctx, room.layout());
  }

  /** As {@code If-Match} says, or over whatever is there where it says nothing. */
  private void draw(Context ctx) throws StoreFailure {
    String name = ctx.pathParam("name");
    String match = ctx.header("If-Match");
    Optional<String> version =
        Optional.ofNullable(match).filter(m -> !m.equals("*")).map(m -> m.replace("\"", ""));
    if (version.filter(v -> !v.equals(desk.version(name))).isPresent()) {
      throw new Fault(412, "Somebody else has changed the room meanwhile; read it again.");
    }
    Layouts.Drawing drawing = bodies.drawing(ctx, version);
    changes
        .of(ctx)
        .commit(now -> Layouts.draw(parts.site().get(), now, name, drawing, Guard.by(ctx)));
    ctx.header("ETag", '"' + desk.version(name) + '"');
    answers.send(ctx, desk.layout(name));
  }
}
