package io.arranque.web.network;

import io.arranque.web.live.LiveParts;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;
import java.util.Map;

/** The page of the storm: what is on its way, and who waits. */
public final class DownloadPages {
  private final NetworkDesk network;
  private final LiveParts live;
  private final Renderer renderer;

  public DownloadPages(NetworkDesk network, LiveParts live, Renderer renderer) {
    this.network = network;
    this.live = live;
    this.renderer = renderer;
  }

  public void routes(RoutesConfig routes) {
    routes.get("/downloads", ctx -> renderer.page(ctx, "downloads", scope()));
    routes.sse("/downloads/live", client -> live.open(client, () -> Map.of("traffic", scope())));
  }

  private Map<String, Object> scope() {
    return Map.of("traffic", network.traffic());
  }
}
