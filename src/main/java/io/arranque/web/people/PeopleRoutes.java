package io.arranque.web.people;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sessions;
import io.arranque.web.access.Throttle;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Renderer;
import io.javalin.config.RoutesConfig;

/** All about people: their pages, everybody's own, and the API. */
public final class PeopleRoutes {
  private final Account account;
  private final PeoplePages pages;
  private final PeopleApi api;

  public PeopleRoutes(
      Parts parts,
      PeopleDesk desk,
      Sessions sessions,
      Guard guard,
      Renderer renderer,
      Throttle throttle,
      ObjectMapper json) {
    this.account = new Account(parts, desk, sessions, guard, renderer, throttle);
    this.pages = new PeoplePages(desk, account, guard, renderer);
    this.api = new PeopleApi(desk, account, json);
  }

  public void routes(RoutesConfig routes) {
    account.routes(routes);
    pages.routes(routes);
    api.routes(routes);
  }
}
