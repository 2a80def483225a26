package io.arranque.web.network;

import io.arranque.web.base.Fault;
import io.arranque.web.network.AddressViews.HeaderView;
import io.arranque.web.network.AddressViews.LeasePage;
import io.arranque.web.network.LeaseSearch.Sort;
import io.arranque.web.network.LeaseSearch.Which;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a query says of leases that are looked for, and the links to other pages of them. */
final class LeaseQueries {
  static final int PAGE = 100;
  private static final int MOST = 10_000;
  private static final int LONGEST_TEXT = 100;

  private LeaseQueries() {}

  /** A page for people; what is wrong in the address line counts as not said. */
  static LeaseSearch ofPage(Context ctx, Optional<String> segment) {
    int page = Math.max(1, number(ctx, "page", 1, MOST));
    return new LeaseSearch(
        text(ctx, "q"),
        segment.orElseGet(() -> text(ctx, "segment")),
        word(Which.values(), text(ctx, "which")).orElse(Which.LIVE),
        word(Sort.values(), text(ctx, "sort")).orElse(Sort.ADDRESS),
        text(ctx, "order").equals("down"),
        PAGE,
        (page - 1) * PAGE);
  }

  /** For programs, which are told what is wrong; without a limit all. */
  static LeaseSearch ofApi(Context ctx) {
    return new LeaseSearch(
        text(ctx, "q"),
        text(ctx, "segment"),
        strict(Which.values(), "state", text(ctx, "state"), Which.LIVE),
        strict(Sort.values(), "sort", text(ctx, "sort"), Sort.ADDRESS),
        text(ctx, "order").equals("down"),
        count(ctx, "limit", Integer.MAX_VALUE),
        count(ctx, "offset", 0));
  }

  private static String text(Context ctx, String name) {
    String text = Optional.ofNullable(ctx.queryParam(name)).orElse("");
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static int number(Context ctx, String name, int otherwise, int most) {
    String text = text(ctx, name);
    return text.matches("[0-9]{1,6}") ? Math.min(most, Integer.parseInt(text)) : otherwise;
  }

  private static int count(Context ctx, String name, int otherwise) {
    String text = text(ctx, name);
    if (!text.isEmpty() && !text.matches("[0-9]{1,8}")) {
      throw new Fault(422, name + ": wanted a number");
    }
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  private static <E extends Enum<E>> Optional<E> word(E[] values, String text) {
    for (E value : values) {
      if (label(value).equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static <E extends Enum<E>> E strict(E[] values, String name, String text, E otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    return word(values, text)
        .orElseThrow(
            () ->
                new Fault(
                    422,
                    name
                        + ": wanted one of "
                        + String.join(
                            ", ", List.of(values).stream().map(LeaseQueries::label).toList())));
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** With links to the pages before and behind. */
  static LeasePage page(Addresses.Page found, LeaseSearch search, String path, boolean all) {
    int page = search.offset() / PAGE + 1;
    boolean more = search.offset() + found.leases().size() < found.total();
    return new LeasePage(
        found.leases(),
        found.total(),
        found.leases().isEmpty() ? 0 : search.offset() + 1,
        search.offset() + found.leases().size(),
        page > 1 ? link(path, search, search.sort(), search.down(), page - 1, all) : null,
        more ? link(path, search, search.sort(), search.down(), page + 1, all) : null);
  }

  /** The columns that can be sorted by; a click on the present one turns its order round. */
  static List<HeaderView> headers(LeaseSearch search, String path, boolean all) {
    List<HeaderView> headers = new ArrayList<>();
    for (Sort sort : Sort.values()) {
      boolean present = sort == search.sort();
      headers.add(
          new HeaderView(
              label(sort),
              "leases.by-" + label(sort),
              link(path, search, sort, present && !search.down(), 1, all),
              present ? search.down() ? "descending" : "ascending" : "none"));
    }
    return List.copyOf(headers);
  }

  private static String link(
      String path, LeaseSearch search, Sort sort, boolean down, int page, boolean all) {
    StringBuilder link = new StringBuilder(path).append("?sort=").append(label(sort));
    add(link, "q", search.text());
    if (all) {
      add(link, "segment", search.segment());
    }
    add(link, "which", search.which() == Which.LIVE ? "" : label(search.which()));
    add(link, "order", down ? "down" : "");
    add(link, "page", page == 1 ? "" : Integer.toString(page));
    return link.append("#leases").toString();
  }

  private static void add(StringBuilder link, String name, String value) {
    if (!value.isEmpty()) {
      link.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
