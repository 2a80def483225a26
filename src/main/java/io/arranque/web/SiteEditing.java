package io.arranque.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;

/** Roles and the site's files on page and API. */
final class SiteEditing {
  private final RoleRoutes roles;
  private final FileRoutes files;
  private final FileApi api;

  SiteEditing(
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

  void routes(RoutesConfig routes) {
    roles.routes(routes);
    files.routes(routes);
    api.routes(routes);
  }
}
