package io.arranque.web;

import io.arranque.web.DownloadViews.TrafficView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The page of the storm: what is on its way, and who waits. */
final class DownloadPages {
  private final Parts parts;
  private final Live live;
  private final Guard guard;
  private final Sessions sessions;
  private final Renderer renderer;

  DownloadPages(Parts parts, Live live, Guard guard, Sessions sessions, Renderer renderer) {
    this.parts = parts;
    this.live = live;
    this.guard = guard;
    this.sessions = sessions;
    this.renderer = renderer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/downloads", ctx -> renderer.page(ctx, "downloads", scope()));
    routes.get("/downloads/now", this::now);
    routes.sse(
        "/downloads/live",
        client -> {
          String session = guard.session(client.ctx()).map(Sessions.Session::id).orElse("");
          live.pulse(client, this::traffic, () -> sessions.isOpen(session));
        });
  }

  private void now(Context ctx) {
    renderer.fragment(ctx, "traffic", scope());
  }

  private Map<String, Object> scope() {
    return Map.of("traffic", traffic());
  }

  private TrafficView traffic() {
    return DownloadViews.of(parts.downloads().get(), parts.book().view());
  }
}
