package io.arranque.web.tasks;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.plan.Planned;
import io.arranque.site.Role;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.live.Live;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.tasks.Task.Why;
import io.arranque.web.tasks.TaskOrder.Said;
import io.arranque.web.tasks.TaskViews.ReviewView;
import io.arranque.web.tasks.TaskViews.TaskView;
import io.arranque.web.views.Desk;
import io.arranque.web.views.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The form of an action, the strip of tasks that pages show, and their history. */
final class TaskPages {
  private static final String VAR = "var.";
  private static final String CLEAR = "clear.";

  /** On the strip, what is over goes after a while; what did not go well stays longer. */
  private static final Duration SHOWN = Duration.ofMinutes(1);

  private static final Duration FAILED_SHOWN = Duration.ofMinutes(30);
  private static final int MOST_SHOWN = 4;
  private static final int NAMES = 12;

  private final Parts parts;
  private final Tasks tasks;
  private final Live live;
  private final Guard guard;
  private final Sessions sessions;
  private final Renderer renderer;
  private final Desk desk;

  TaskPages(
      Parts parts, Tasks tasks, Live live, Guard guard, Sessions sessions, Renderer renderer) {
    this.parts = parts;
    this.tasks = tasks;
    this.live = live;
    this.guard = guard;
    this.sessions = sessions;
    this.renderer = renderer;
    this.desk = new Desk(parts);
  }

  void routes(RoutesConfig routes) {
    routes.get("/tasks", ctx -> renderer.page(ctx, "tasks", Map.of("tasks", history(ctx))));
    routes.get(
        "/tasks/list", ctx -> renderer.fragment(ctx, "task-list", Map.of("tasks", history(ctx))));
    routes.get(
        "/tasks/strip", ctx -> renderer.fragment(ctx, "task-strip", Map.of("tasks", strip(ctx))));
    routes.sse(
        "/tasks/live",
        client -> {
          String session = guard.session(client.ctx()).map(Sessions.Session::id).orElse("");
          live.pulse(client, tasks::version, () -> sessions.isOpen(session));
        });
    routes.post("/tasks/form", this::form);
    routes.post("/tasks/review", this::review);
    routes.post("/tasks", this::begin);
    routes.get("/tasks/{id}", this::one);
    routes.post(
        "/tasks/{id}/stop",
        ctx -> {
          TaskRoutes.stop(tasks, ctx, TaskRoutes.task(tasks, ctx));
          moved(ctx);
        });
    routes.post(
        "/tasks/{id}/undo",
        ctx -> {
          TaskRoutes.undo(tasks, ctx, TaskRoutes.task(tasks, ctx));
          moved(ctx);
        });
  }

  private List<TaskView> history(Context ctx) {
    return TaskRoutes.all(tasks, detail(ctx));
  }

  /** In the page's words. */
  private Function<Why, String> detail(Context ctx) {
    Messages messages = renderer.messages(ctx);
    return why ->
        why.refusal().map(messages::detail).orElseGet(() -> messages.phrases().say(why.detail()));
  }

  private List<TaskView> strip(Context ctx) {
    Function<Why, String> detail = detail(ctx);
    Instant now = parts.clock().instant();
    return tasks.newestFirst().stream()
        .filter(task -> isShown(task, now))
        .limit(MOST_SHOWN)
        .map(task -> TaskViews.brief(tasks, task, detail))
        .toList();
  }

  private static boolean isShown(Task task, Instant now) {
    Map<Task.Outcome, Integer> counts = task.counts();
    boolean failed =
        counts.containsKey(Task.Outcome.REFUSED)
            || counts.containsKey(Task.Outcome.SILENT)
            || counts.containsKey(Task.Outcome.LEFT);
    Duration shown = failed ? FAILED_SHOWN : SHOWN;
    return task.ended().map(at -> now.isBefore(at.plus(shown))).orElse(true);
  }

  private void one(Context ctx) {
    Task task = TaskRoutes.task(tasks, ctx);
    renderer.page(ctx, "task", Map.of("task", TaskViews.whole(tasks, task, detail(ctx))));
  }

  /** The form of one kind; for values also when another role is chosen in it. */
  private void form(Context ctx) {
    Audit.written(ctx);
    TaskKind kind = kind(ctx);
    List<Mac> macs = macs(ctx);
    List<Views.MachineView> machines =
        macs.stream().limit(NAMES).map(desk::machine).flatMap(Optional::stream).toList();
    String chosen = Forms.text(ctx, "role");
    String role =
        chosen.isEmpty() && kind == TaskKind.VARS && !machines.isEmpty()
            ? machines.get(0).plannedRole()
            : chosen;
    Map<String, Object> scope = new TreeMap<>();
    scope.put("kind", kind.label());
    scope.put("count", macs.size());
    scope.put("macs", String.join(" ", macs.stream().map(Mac::hyphenated).toList()));
    scope.put("names", machines.stream().map(Views.MachineView::name).toList());
    scope.put("more", macs.size() - machines.size());
    scope.put("roles", desk.roles());
    scope.put("role", role);
    scope.put("fields", fields(role));
    scope.put("undoable", kind.isUndoable());
    scope.put("review", reviewOfForm(ctx, kind, macs));
    renderer.fragment(ctx, "task-form", scope);
  }

  private List<Forms.Field> fields(String role) {
    List<Forms.Field> fields = new ArrayList<>();
    Optional<Role> known = desk.role(role);
    known.ifPresent(
        r -> r.vars().forEach((name, var) -> fields.add(Forms.field(Views.var(name, var), ""))));
    return List.copyOf(fields);
  }

  /** Those kinds that need nothing more are looked at when the form opens. */
  private List<ReviewView> reviewOfForm(Context ctx, TaskKind kind, List<Mac> macs) {
    boolean ready = kind != TaskKind.ROLE && kind != TaskKind.VARS && kind != TaskKind.POLICY;
    if (ready) {
      return List.of(review(ctx, TaskOrder.of(kind, Said.NOTHING), macs));
    }
    Tasks.Review locked = tasks.locked(macs, Guard.caller(ctx).grant());
    return List.of(TaskViews.review(kind, "", locked, renderer.messages(ctx)::detail));
  }

  private void review(Context ctx) {
    Audit.written(ctx);
    List<ReviewView> review = List.of();
    try {
      review = List.of(review(ctx, order(ctx), macs(ctx)));
    } catch (Fault e) {
      if (e.status() != 422) {
        throw e;
      }
      // Not all is typed yet: there is nothing to say.
    }
    renderer.fragment(ctx, "task-review", Map.of("review", review));
  }

  private ReviewView review(Context ctx, TaskOrder order, List<Mac> macs) {
    Grant grant = Guard.caller(ctx).grant();
    return TaskViews.review(
        order.kind(),
        order.subject(),
        tasks.review(order, macs, grant, Guard.by(ctx)),
        renderer.messages(ctx)::detail);
  }

  private void begin(Context ctx) throws StoreFailure {
    Task task = TaskRoutes.begin(tasks, ctx, order(ctx), macs(ctx));
    if (Renderer.isHtmx(ctx)) {
      ctx.header("HX-Trigger", "{\"task-begun\":\"" + task.id + "\"}");
      ctx.status(204);
    } else {
      Renderer.goTo(ctx, "/tasks/" + task.id);
    }
  }

  private static void moved(Context ctx) {
    if (Renderer.isHtmx(ctx)) {
      ctx.header("HX-Trigger", "task-moved");
      ctx.status(204);
    } else {
      Renderer.goTo(ctx, "/tasks");
    }
  }

  private TaskOrder order(Context ctx) {
    Messages messages = renderer.messages(ctx);
    TaskKind kind = kind(ctx);
    Map<String, String> vars = vars(ctx);
    if (kind == TaskKind.ROLE && Forms.text(ctx, "role").isEmpty()) {
      throw new Fault(422, messages.get("assign.no-role"));
    }
    if (kind == TaskKind.VARS && vars.isEmpty()) {
      throw new Fault(422, messages.get("task.no-vars"));
    }
    return TaskOrder.of(
        kind,
        new Said(
            Forms.text(ctx, "role"), vars, Forms.text(ctx, "policy"), Forms.text(ctx, "minutes")));
  }

  /** An empty field leaves the value alone; its box takes it away. */
  private static Map<String, String> vars(Context ctx) {
    Map<String, String> vars = new TreeMap<>();
    ctx.formParamMap()
        .forEach(
            (key, values) -> {
              String value = values.get(0).strip();
              if (key.startsWith(VAR) && !value.isEmpty() && !value.equals(Planned.MASK)) {
                vars.put(key.substring(VAR.length()), value);
              } else if (key.startsWith(CLEAR)) {
                vars.put(key.substring(CLEAR.length()), "");
              }
            });
    return vars;
  }

  private static TaskKind kind(Context ctx) {
    return TaskKind.named(Forms.text(ctx, "kind"))
        .orElseThrow(() -> new Fault(422, "kind: wanted one of " + TaskRoutes.kinds()));
  }

  private List<Mac> macs(Context ctx) {
    Set<Mac> macs = new LinkedHashSet<>();
    for (String text : Forms.text(ctx, "macs").split("[\\s,]+", -1)) {
      if (!text.isEmpty()) {
        macs.add(Mac.parse(text).orElseThrow(() -> new Fault(422, "macs: not a MAC")));
      }
    }
    if (macs.isEmpty()) {
      throw new Fault(422, renderer.messages(ctx).get("assign.nobody"));
    }
    return List.copyOf(macs);
  }
}
