package io.arranque.web.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.images.ImageFailure;
import io.arranque.images.ImageJobs;
import io.arranque.images.ImageStore.FileCheck;
import io.arranque.site.Catalogue;
import io.arranque.web.base.Bodies;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Forms;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Images: the page and its part of the API. */
public final class ImageRoutes {
  private static final String API = "/api/v1/images";

  private final Parts parts;
  private final ImageJobs jobs;
  private final Renderer renderer;
  private final ObjectMapper json;
  private final Bodies bodies;

  private record CheckView(String file, String state, String detail) {}

  public ImageRoutes(Parts parts, Renderer renderer, ObjectMapper json) {
    this.parts = parts;
    this.jobs = parts.images();
    this.renderer = renderer;
    this.json = json;
    this.bodies = new Bodies(json);
  }

  public void routes(RoutesConfig routes) {
    routes.get("/images", this::page);
    routes.get("/images/list", ctx -> renderer.fragment(ctx, "image-list", list()));
    routes.post("/images", this::add);
    routes.post("/images/{name}/rollback", this::rollBack);
    routes.post("/images/{name}/cancel", this::cancel);
    routes.get(API, ctx -> send(ctx, list()));
    routes.get(API + "/{name}", ctx -> send(ctx, view(name(ctx))));
    routes.post(API + "/{name}", this::apiAdd);
    routes.delete(API + "/{name}", this::apiRemove);
    routes.delete(API + "/{name}/job", this::apiCancel);
    routes.post(API + "/{name}/rollback", this::apiRollback);
    routes.post(API + "/{name}/verify", this::apiVerify);
    routes.get(
        "/api/v1/catalogue",
        ctx -> send(ctx, Map.of("entries", ImageViews.catalogue(Catalogue.load(site())))));
  }

  private Path site() {
    return parts.site().get().folder();
  }

  private Map<String, Object> list() {
    boolean running =
        jobs.all().values().stream().anyMatch(look -> look.state() == ImageJobs.State.RUNNING);
    return Map.of("images", ImageViews.all(jobs), "running", running);
  }

  private void page(Context ctx) {
    Map<String, Object> values = new HashMap<>(list());
    values.put("entries", ImageViews.catalogue(Catalogue.load(site())));
    renderer.page(ctx, "images", values);
  }

  private void add(Context ctx) throws ImageFailure {
    Map<String, String> given = new HashMap<>();
    ImageOrders.FIELDS.forEach(field -> given.put(field, Forms.text(ctx, field)));
    String entry = Forms.text(ctx, "from");
    String named = Forms.text(ctx, "name");
    jobs.start(ImageOrders.read(site(), named.isEmpty() ? entry : named, given));
    Renderer.goTo(ctx, "/images");
  }

  private void rollBack(Context ctx) throws ImageFailure {
    Optional<String> version =
        Optional.of(Forms.text(ctx, "version")).filter(text -> !text.isEmpty());
    String now = jobs.store().rollback(name(ctx), version);
    renderer.notice(
        ctx,
        "success",
        List.of(renderer.messages(ctx).get("images.now-at", name(ctx), now)),
        "/images");
  }

  private void cancel(Context ctx) throws ImageFailure {
    jobs.cancel(name(ctx));
    Renderer.goTo(ctx, "/images");
  }

  private void apiAdd(Context ctx) throws ImageFailure {
    jobs.start(ImageOrders.read(site(), name(ctx), bodies.texts(ctx, ImageOrders.FIELDS)));
    ctx.status(202);
    send(ctx, ImageViews.job(jobs.look(name(ctx)).orElseThrow()));
  }

  private void apiRemove(Context ctx) throws ImageFailure {
    jobs.store().remove(name(ctx), Optional.ofNullable(ctx.queryParam("version")));
    ctx.status(204);
  }

  private void apiCancel(Context ctx) throws ImageFailure {
    jobs.cancel(name(ctx));
    ctx.status(204);
  }

  private void apiRollback(Context ctx) throws ImageFailure {
    Optional<String> version =
        Optional.ofNullable(bodies.texts(ctx, Set.of("version")).get("version"));
    String unused = jobs.store().rollback(name(ctx), version);
    send(ctx, view(name(ctx)));
  }

  private void apiVerify(Context ctx) throws ImageFailure {
    List<FileCheck> checks =
        jobs.store().verify(name(ctx), Optional.ofNullable(ctx.queryParam("version")));
    send(
        ctx,
        Map.of(
            "files",
            checks.stream()
                .map(
                    check ->
                        new CheckView(
                            check.file(),
                            check.state().name().toLowerCase(Locale.ROOT),
                            check.state() == FileCheck.State.BROKEN ? check.detail() : ""))
                .toList()));
  }

  private ImageViews.ImageView view(String name) throws ImageFailure {
    return ImageViews.of(jobs, jobs.store().image(name));
  }

  private static String name(Context ctx) {
    return ctx.pathParam("name");
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
