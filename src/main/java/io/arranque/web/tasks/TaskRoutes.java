package io.arranque.web.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.base.Asked;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Refused;
import io.arranque.web.live.Live;
import io.arranque.web.page.Renderer;
import io.arranque.web.tasks.Task.Why;
import io.arranque.web.tasks.TaskOrder.Said;
import io.arranque.web.tasks.TaskViews.TaskView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Tasks for programs, and the way to the pages of {@link TaskPages}. */
public final class TaskRoutes {
  private static final String ROOT = "/api/v1/tasks";
  private static final Set<String> FIELDS =
      Set.of("kind", "macs", "role", "vars", "policy", "minutes");

  /** What is quick is answered when it is done; the rest says how far it is. */
  private static final long PATIENCE_SECONDS = 3;

  private final Tasks tasks;
  private final TaskPages pages;
  private final ObjectMapper json;
  private final Bodies bodies;

  public TaskRoutes(
      Parts parts,
      Tasks tasks,
      Live live,
      Guard guard,
      Sessions sessions,
      Renderer renderer,
      ObjectMapper json) {
    this.tasks = tasks;
    this.pages = new TaskPages(parts, tasks, live, guard, sessions, renderer);
    this.json = json;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.get(ROOT, ctx -> send(ctx, Map.of("tasks", all(tasks, Why::detail))));
    routes.post(ROOT, this::begin);
    routes.get(
        ROOT + "/{id}", ctx -> send(ctx, TaskViews.whole(tasks, task(tasks, ctx), Why::detail)));
    routes.post(
        ROOT + "/{id}/stop",
        ctx -> {
          Task task = task(tasks, ctx);
          stop(tasks, ctx, task);
          send(ctx, TaskViews.whole(tasks, task, Why::detail));
        });
    routes.post(
        ROOT + "/{id}/undo",
        ctx -> {
          Task task = task(tasks, ctx);
          undo(tasks, ctx, task);
          send(ctx, TaskViews.whole(tasks, task, Why::detail));
        });
    routes.post(
        "/api/v1/machines/{mac}/wake",
        ctx -> begin(ctx, TaskOrder.of(TaskKind.WAKE, Said.NOTHING), List.of(Asked.mac(ctx))));
    pages.routes(routes);
  }

  static List<TaskView> all(Tasks tasks, Function<Why, String> detail) {
    return tasks.newestFirst().stream().map(task -> TaskViews.brief(tasks, task, detail)).toList();
  }

  static Task task(Tasks tasks, Context ctx) {
    return tasks
        .task(ctx.pathParam("id"))
        .orElseThrow(() -> Fault.notFound("There is no such task, or not any more."));
  }

  private void begin(Context ctx) throws StoreFailure {
    JsonNode body = bodies.object(ctx, FIELDS, Set.of());
    TaskKind kind =
        TaskKind.named(body.path("kind").asText())
            .orElseThrow(() -> new Fault(422, "kind: wanted one of " + kinds()));
    Said said =
        new Said(
            Bodies.text(body, "role").orElse(""),
            Bodies.vars(body),
            Bodies.text(body, "policy").orElse(""),
            body.path("minutes").asText());
    begin(ctx, TaskOrder.of(kind, said), Bodies.macs(body));
  }

  /** {@code ?dry-run=true}: only says what would be done. */
  private void begin(Context ctx, TaskOrder order, List<Mac> macs) throws StoreFailure {
    if ("true".equals(ctx.queryParam("dry-run"))) {
      Audit.written(ctx);
      Tasks.Review review = tasks.review(order, macs, Guard.caller(ctx).grant(), Guard.by(ctx));
      send(ctx, TaskViews.review(order.kind(), order.subject(), review, Refusal::detail));
      return;
    }
    Task task = begin(tasks, ctx, order, macs);
    ctx.status(task.state() == Task.State.RUNNING ? 202 : 200);
    send(ctx, TaskViews.whole(tasks, task, Why::detail));
  }

  /**
   * Begins, and waits a little for the end.
   *
   * @throws Refused when it would be refused for each of the machines
   */
  static Task begin(Tasks tasks, Context ctx, TaskOrder order, List<Mac> macs) throws StoreFailure {
    Grant grant = Guard.caller(ctx).grant();
    Tasks.Review review = tasks.review(order, macs, grant, Guard.by(ctx));
    if (review.complete() && review.accepted().isEmpty()) {
      throw new Refused(TaskViews.common(review));
    }
    Tasks.Begun begun = tasks.begin(order, macs, grant, Guard.by(ctx));
    Audit.written(ctx);
    await(begun.done());
    return begun.task();
  }

  static void stop(Tasks tasks, Context ctx, Task task) throws StoreFailure {
    tasks.stop(task, Guard.caller(ctx).grant(), Guard.by(ctx));
    Audit.written(ctx);
  }

  static void undo(Tasks tasks, Context ctx, Task task) throws StoreFailure {
    CompletableFuture<Void> done = tasks.undo(task, Guard.caller(ctx).grant(), Guard.by(ctx));
    Audit.written(ctx);
    await(done);
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      Object unused = done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // It goes on, and tells itself how.
    }
  }

  static String kinds() {
    return String.join(", ", Arrays.stream(TaskKind.values()).map(TaskKind::label).toList());
  }

  private void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    try {
      ctx.result(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
