package io.arranque.web.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Parts;
import io.arranque.web.live.Live;
import io.arranque.web.page.Renderer;
import io.arranque.web.views.Desk;
import io.javalin.config.RoutesConfig;

/** Roles and the site's files on page and API. */
public final class SiteEditing {
  private final RoleRoutes roles;
  private final FileRoutes files;
  private final FileApi api;

  public SiteEditing(
      Parts parts,
      Desk desk,
      Live live,
      Guard guard,
      Audit audit,
      Renderer renderer,
      ObjectMapper json) {
    FileCheck check = new FileCheck(parts);
    FileSaves saves = new FileSaves(parts, check, audit);
    FileDesk files = new FileDesk(parts, desk, check, saves);
    RoleDesk roles = new RoleDesk(parts, desk, saves);
    this.roles = new RoleRoutes(parts, roles, files, saves, live, guard, renderer);
    this.files = new FileRoutes(files, saves, live, guard, renderer);
    this.api = new FileApi(files, saves, roles, json);
  }

  public void routes(RoutesConfig routes) {
    roles.routes(routes);
    files.routes(routes);
    api.routes(routes);
  }
}
