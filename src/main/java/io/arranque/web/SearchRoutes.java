package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.web.Search.Hit;
import io.arranque.web.Search.Kind;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Answers;
import io.arranque.web.base.Parts;
import io.arranque.web.page.Messages;
import io.arranque.web.page.Renderer;
import io.arranque.web.page.WebFiles;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Search from anywhere: a page, what is shown while somebody types, and for programs. */
final class SearchRoutes {
  private static final int MACHINES_WHILE_TYPING = 6;
  private static final int OTHERS_WHILE_TYPING = 3;
  private static final int MOST = 50;

  private final Renderer renderer;
  private final Answers answers;
  private final Findable findable;
  private final List<Messages> languages;

  SearchRoutes(Parts parts, Renderer renderer, Answers answers) {
    this.renderer = renderer;
    this.answers = answers;
    this.findable = new Findable(parts);
    WebFiles files = new WebFiles(() -> parts.site().get().folder());
    this.languages = Messages.LANGUAGES.stream().map(l -> Messages.load(l, files)).toList();
  }

  void routes(RoutesConfig routes) {
    routes.get("/search", this::page);
    routes.get(
        "/search/suggest",
        ctx -> {
          String query = query(ctx);
          List<GroupView> groups =
              groups(find(ctx, query), MACHINES_WHILE_TYPING, OTHERS_WHILE_TYPING);
          renderer.fragment(ctx, "search-suggest", scope(query, groups));
        });
    routes.get(
        "/api/v1/search",
        ctx -> {
          String query = query(ctx);
          List<HitView> hits =
              find(ctx, query).stream().limit(MOST).map(SearchRoutes::view).toList();
          answers.send(ctx, Map.of("query", query, "results", hits));
        });
  }

  /**
   * @param more how many further ones there are
   */
  record GroupView(String kind, List<HitView> hits, int more) {}

  record HitView(String kind, String title, String detail, String href, boolean exact) {}

  /** Whoever types all of a MAC, an address or a serial number wants to see that machine. */
  private void page(Context ctx) {
    String query = query(ctx);
    List<Hit> hits = find(ctx, query);
    List<Hit> exact =
        hits.stream().filter(hit -> hit.isExact() && hit.thing().kind() == Kind.MACHINE).toList();
    if (exact.size() == 1) {
      Renderer.goTo(ctx, exact.get(0).thing().href());
      return;
    }
    renderer.page(ctx, "search", scope(query, groups(hits, MOST, MOST)));
  }

  private List<Hit> find(Context ctx, String query) {
    if (query.isEmpty()) {
      return List.of();
    }
    String mine = renderer.messages(ctx).language();
    List<Messages> mineFirst =
        Stream.concat(
                languages.stream().filter(words -> words.language().equals(mine)),
                languages.stream().filter(words -> !words.language().equals(mine)))
            .toList();
    return Search.find(
        findable.things(Guard.caller(ctx).grant(), mineFirst, Search.words(query)), query);
  }

  private static Map<String, Object> scope(String query, List<GroupView> groups) {
    boolean mac = Mac.parse(query).isPresent();
    boolean address = Ipv4.parse(query).isPresent();
    boolean piece = !mac && Search.words(query).stream().anyMatch(word -> word.hex().isPresent());
    String kind = mac ? "mac" : address ? "address" : piece ? "piece" : "words";
    return Map.of("query", query, "groups", groups, "looked", kind);
  }

  private static List<GroupView> groups(List<Hit> hits, int machines, int others) {
    List<GroupView> groups = new ArrayList<>();
    // The kind whose best fits best comes first.
    for (Kind kind : hits.stream().map(hit -> hit.thing().kind()).distinct().toList()) {
      List<HitView> its =
          hits.stream().filter(hit -> hit.thing().kind() == kind).map(SearchRoutes::view).toList();
      int most = kind == Kind.MACHINE ? machines : others;
      groups.add(
          new GroupView(
              kind.label(),
              its.subList(0, Math.min(most, its.size())),
              Math.max(0, its.size() - most)));
    }
    return List.copyOf(groups);
  }

  private static HitView view(Hit hit) {
    return new HitView(
        hit.thing().kind().label(),
        hit.thing().title(),
        hit.thing().about().get(),
        hit.thing().href(),
        hit.isExact());
  }

  private static String query(Context ctx) {
    return Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
  }
}
