package io.arranque.web.network;

import io.arranque.web.views.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What page and API show of addresses and segments; the empty text means "not known". */
final class AddressViews {
  private AddressViews() {}

  /** One address of the map. {@code last} is its last octet. */
  record CellView(
      String address,
      String last,
      String state,
      String sign,
      String mac,
      String id,
      String name,
      String until) {}

  /**
   * Sixteen of them, from {@code first} on.
   *
   * @param quiet nothing is to be said of any of them
   */
  record RowView(String first, boolean quiet, List<CellView> cells) {}

  /** A part of a large subnet. */
  record BlockView(
      String cidr, String first, long pool, int leased, int trouble, int percent, boolean shown) {}

  record CountView(String state, String sign, int count) {}

  /**
   * @param block the part that is shown
   * @param counts of that part, without what is outside
   */
  record MapView(
      String subnet,
      String block,
      List<BlockView> blocks,
      List<RowView> rows,
      List<CountView> counts) {}

  /** A part of the bar of a pool, in hundredths of its length. */
  record BarView(String state, double from, double length) {}

  /**
   * @param kept of the last free ones, so many go to known machines only
   * @param fullAt when the pool is full if it fills as in the last hour
   */
  record UseView(
      long size,
      long used,
      long free,
      long leased,
      long offered,
      long setAside,
      long kept,
      String fullAt,
      List<BarView> bar) {}

  /**
   * @param word how it stands: {@code ok}, {@code no-card}, {@code no-link}, {@code foreign},
   *     {@code closed}, {@code relay} or {@code off}
   */
  record CardView(String name, String address, String word) {}

  record SilenceView(String reason, String sentence, String advice, long count) {}

  record OptionView(int code, String name, String value) {}

  /** All of a segment that changes by itself. */
  record SegmentNow(
      Views.SegmentView segment,
      CardView card,
      UseView use,
      List<OptionView> options,
      List<SilenceView> silences,
      long reservations) {}

  /** An address that is set aside, and what is known of why. */
  record SetAsideView(
      String address,
      String segment,
      String until,
      String holder,
      String found,
      String machine,
      String id,
      String name,
      String at) {}

  /**
   * One address and all that is known of it.
   *
   * @param said what its machine calls itself
   * @param renews by when it asks again if it runs
   * @param lease whether there is a live one
   * @param mayChange whether who asks may release it or take it back
   */
  record AddressView(
      String address,
      String segment,
      String state,
      String mac,
      String id,
      String name,
      String said,
      String since,
      String until,
      String renews,
      boolean lease,
      String reservedFor,
      String reservedId,
      String reservedName,
      String reservation,
      List<SetAsideView> setAside,
      boolean mayChange) {}

  /** A page of leases; null where there is no such page. */
  record LeasePage(
      List<Views.LeaseRow> leases,
      int total,
      int from,
      int to,
      @Nullable String previous,
      @Nullable String next) {}

  record HeaderView(String column, String key, String link, String order) {}

  /** An image that comes, or that machines load. Percent -1: nobody knows. */
  record ImageNow(
      String name, String state, String file, int percent, String message, int machines) {}
}
