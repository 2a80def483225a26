package io.arranque.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;

/** All about people: their pages, everybody's own, and the API. */
final class PeopleRoutes {
  private final Account account;
  private final PeoplePages pages;
  private final PeopleApi api;

  PeopleRoutes(
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

  void routes(RoutesConfig routes) {
    account.routes(routes);
    pages.routes(routes);
    api.routes(routes);
  }
}
