package io.arranque.web.files;

import io.arranque.editor.FileFailure;
import io.arranque.editor.FileText;
import io.arranque.editor.SitePath;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Role;
import io.arranque.site.RoleValues;
import io.arranque.site.VarType;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.files.RoleDesk.RoleDetail;
import io.arranque.web.live.Live;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.MachineView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of roles: the list, one with all that belongs to it, a new one, one less. */
final class RoleRoutes {
  private static final int NAMED_MAX = 10;

  private final Parts parts;
  private final RoleDesk roles;
  private final FileDesk files;
  private final FileSaves saves;
  private final Live live;
  private final Guard guard;
  private final Renderer renderer;

  RoleRoutes(
      Parts parts,
      RoleDesk roles,
      FileDesk files,
      FileSaves saves,
      Live live,
      Guard guard,
      Renderer renderer) {
    this.parts = parts;
    this.roles = roles;
    this.files = files;
    this.saves = saves;
    this.live = live;
    this.guard = guard;
    this.renderer = renderer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/roles", this::list);
    routes.post("/roles", this::add);
    // Before the role of that name, which there cannot be: its file would be taken for the stream.
    routes.sse(
        "/roles/live",
        client ->
            live.pulse(
                client,
                () -> List.of(System.identityHashCode(parts.site().get()), parts.problems().get()),
                guard.stillWelcome(client.ctx())));
    routes.get("/roles/{name}", this::role);
    routes.post("/roles/{name}/values", this::values);
    routes.post("/roles/{name}/remove", this::remove);
  }

  private static boolean mayEdit(Context ctx) {
    return RoleDesk.mayOpen(Guard.caller(ctx).grant());
  }

  private void list(Context ctx) {
    renderer.page(ctx, "roles", Map.of("roles", roles.rows(), "mayEdit", mayEdit(ctx)));
  }

  private void role(Context ctx) throws FileFailure {
    String name = ctx.pathParam("name");
    RoleDetail detail =
        roles
            .detail(name)
            .orElseThrow(() -> Fault.notFound(renderer.messages(ctx).get("role.unknown", name)));
    Map<String, Object> values = new HashMap<>();
    values.put("r", detail);
    values.put("mayEdit", mayEdit(ctx));
    values.put("fields", fields(name));
    values.put("hash", hash(name));
    values.put("saved", ctx.queryParam("saved") != null);
    renderer.page(ctx, "role", values);
  }

  private String hash(String role) throws FileFailure {
    Optional<SitePath> path = roleFile(role);
    return path.isEmpty() ? FileText.NONE : saves.files().read(path.get()).hash();
  }

  private static Optional<SitePath> roleFile(String role) {
    return SitePath.parse(SitePath.ROLES + "/" + role + "/" + SitePath.ROLE_FILE);
  }

  /** A field for each value that the role takes, but for secrets, which a form would show. */
  private List<Forms.Field> fields(String name) {
    Optional<Role> role = Optional.ofNullable(parts.site().get().roles().get(name));
    List<Forms.Field> fields = new ArrayList<>();
    role.ifPresent(
        r ->
            r.vars()
                .forEach(
                    (var, declared) -> {
                      if (declared.type() != VarType.SECRET) {
                        Object value = r.values().getOrDefault(var, "");
                        fields.add(Forms.field(Views.var(var, declared), String.valueOf(value)));
                      }
                    }));
    return List.copyOf(fields);
  }

  /** Into {@code role.yaml}, comments and order left as they are. */
  private void values(Context ctx) throws FileFailure, StoreFailure {
    String name = ctx.pathParam("name");
    Messages messages = renderer.messages(ctx);
    Role role =
        Optional.ofNullable(parts.site().get().roles().get(name))
            .orElseThrow(() -> Fault.notFound(messages.get("role.unknown", name)));
    SitePath path = roleFile(name).orElseThrow(() -> Fault.notFound(name));
    FileText before = files.open(Guard.caller(ctx).grant(), path);
    Map<String, String> now = RoleValues.of(before.shown());
    Map<String, Optional<Object>> changes = new LinkedHashMap<>();
    for (Map.Entry<String, Role.Var> var : role.vars().entrySet()) {
      String typed = ctx.formParam("var." + var.getKey());
      String old = now.getOrDefault(var.getKey(), "");
      if (typed == null || var.getValue().type() == VarType.SECRET || typed.strip().equals(old)) {
        continue;
      }
      changes.put(var.getKey(), value(messages, var.getKey(), var.getValue(), typed.strip()));
    }
    String edited =
        RoleValues.with(before.shown(), changes)
            .orElseThrow(() -> new Fault(422, messages.get("role.values-by-hand", path)));
    FileSaves.Wish wish =
        new FileSaves.Wish(path, Optional.of(before.edited(edited)), Forms.text(ctx, "hash"));
    saves.save(ctx, wish, !Forms.text(ctx, "accept").isEmpty());
    Renderer.goTo(ctx, "/roles/" + name + "?saved=1");
  }

  private static Optional<Object> value(
      Messages messages, String name, Role.Var var, String typed) {
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        var.type()
            .accept(typed)
            .orElseThrow(
                () ->
                    new Fault(
                        422,
                        messages.get(
                            "role.value-wrong",
                            name,
                            messages.get("type." + var.type().label())))));
  }

  /** A copy of another one, but for the rules by which machines get it: two cannot have them. */
  private void add(Context ctx) throws FileFailure, StoreFailure {
    Messages messages = renderer.messages(ctx);
    String name = Forms.text(ctx, "name");
    String from = Forms.text(ctx, "from");
    if (!SitePath.isName(name) || name.equals("shared") || roleFile(name).isEmpty()) {
      throw new Fault(422, messages.get("role.no-name"));
    }
    if (name.equals("live") || roles.detail(name).isPresent()) {
      throw new Fault(409, messages.get("role.there-already", name));
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (SitePath path : saves.files().list()) {
      if (path.role().filter(from::equals).isPresent() && path.kind() != SitePath.Kind.NOTE) {
        String inside = path.text().substring((SitePath.ROLES + "/" + from + "/").length());
        FileText file = files.open(Guard.caller(ctx).grant(), path);
        texts.put(
            inside,
            path.kind() == SitePath.Kind.ROLE
                ? RoleValues.without(file.shown(), "match")
                    .orElseThrow(() -> new Fault(422, messages.get("role.values-by-hand", path)))
                : file.raw());
      }
    }
    if (texts.isEmpty()) {
      throw Fault.notFound(messages.get("role.unknown", from));
    }
    saves.addRole(ctx, name, texts, true);
    Renderer.goTo(
        ctx, "/files/edit?path=" + SitePath.ROLES + "/" + name + "/" + SitePath.ROLE_FILE);
  }

  private void remove(Context ctx) throws FileFailure, StoreFailure {
    String name = ctx.pathParam("name");
    refuseWhileInUse(name, renderer.messages(ctx).get("role.in-use"));
    saves.removeRole(ctx, name);
    Renderer.goTo(ctx, "/roles");
  }

  /**
   * @param words with places for their number and their names
   */
  private void refuseWhileInUse(String role, String words) {
    List<MachineView> having = roles.having(role);
    if (!having.isEmpty()) {
      String names =
          having.stream().limit(NAMED_MAX).map(MachineView::name).collect(Collectors.joining(", "));
      String more = having.size() > NAMED_MAX ? ", …" : "";
      throw new Fault(409, Messages.fill(words, having.size(), names + more));
    }
  }
}
